/** Decides whether a request may be made, before anything of it is done. */
import type { Context } from '../operations/operation.ts';
import type { StatementInput } from '../partiql/statements.ts';
import { ApiError } from '../request/errors.ts';
import type { WorldUser } from '../world/settings.ts';
import type { RequestValues } from './pattern.ts';
import { matches, readPolicy, type Statement } from './policy.ts';
import { broughtKeys, namesPrincipal, type Principal, readPrincipals } from './principals.ts';
import { type Question, questionsOf } from './questions.ts';
import { statementQuestion } from './statements.ts';

/** Decides on the requests of a world's users. */
export interface Guard {
  /**
   * What looks at the input of a request and throws AccessDeniedException if its caller must not make it. Undefined for
   * the account's administrator: every caller whom the world does not name.
   */
  of(
    accessKeyId: string | undefined,
    operation: string,
    context: Context,
  ): ((input: unknown) => void) | undefined;
  /** Whether a policy of a resource would forbid its writer to replace it. */
  locksOut(
    accessKeyId: string | undefined,
    policy: readonly Statement[],
    resource: string,
    context: Context,
  ): boolean;
  /** The condition keys that the world's users bring. */
  readonly keys: ReadonlySet<string>;
}

/** The condition keys by which items and attributes are told apart. */
const FINE_GRAINED: ReadonlySet<string> = new Set([
  'dynamodb:LeadingKeys',
  'dynamodb:Attributes',
  'dynamodb:Select',
]);

/** Makes the guard of these users. Throws WorldError for one that does not fit. */
export function openGuard(users: Readonly<Record<string, WorldUser>>): Guard {
  const principals = readPrincipals(users);
  const keys = broughtKeys(users);
  return {
    keys,
    of(accessKeyId = '', operation, context) {
      const principal = principals.get(accessKeyId);
      if (principal === undefined) return undefined;
      return (input) => {
        for (const question of asked(operation, input, context)) {
          decide(principal, question, keys, context);
        }
      };
    },
    locksOut(accessKeyId = '', policy, resource, context) {
      const principal = principals.get(accessKeyId) ?? ADMINISTRATOR;
      const question = { action: 'PutResourcePolicy', resource, values: {} };
      return verdict(
        about(policy, principal),
        question,
        requestValues(principal, question, context),
      ).denied;
    },
  };
}

/** Who is not named. Everything may be asked of it but whether a policy forbids it. */
const ADMINISTRATOR: Principal = { arn: '', names: [], values: new Map(), statements: [] };

/** A batch of statements is asked about statement by statement, when each is run: its operation calls. */
function asked(operation: string, input: unknown, context: Context): Question[] {
  const { Statements, TransactStatements, Statement } = input as Partial<StatementInput> & {
    Statements?: unknown;
    TransactStatements?: StatementInput[];
  };
  if (Statements !== undefined) return [];
  if (TransactStatements !== undefined) {
    return TransactStatements.map((one) => statementQuestion(one, operation, context));
  }
  if (Statement !== undefined)
    return [statementQuestion(input as StatementInput, undefined, context)];
  return questionsOf(operation, input, context);
}

function decide(
  principal: Principal,
  question: Question,
  keys: ReadonlySet<string>,
  context: Context,
): void {
  const values = requestValues(principal, question, context);
  const own = verdict(principal.statements, question, values);
  if (own.denied) refuse(principal, question, 'with an explicit deny in an identity-based policy');
  const attached = about(attachedTo(question.resource, keys, context), principal);
  const other = verdict(attached, question, values);
  if (other.denied) refuse(principal, question, 'with an explicit deny in a resource-based policy');
  if (own.allowed || other.allowed) return;
  refuse(
    principal,
    question,
    `because no identity-based policy allows the dynamodb:${question.action} action`,
  );
}

/** Source: IAM User Guide, "Troubleshoot access denied error messages". */
function refuse({ arn }: Principal, { action, resource }: Question, reason: string): never {
  throw new ApiError(
    'com.amazon.coral.service#AccessDeniedException',
    `User: ${arn} is not authorized to perform: dynamodb:${action} on resource: ${resource} ${reason}`,
  );
}

function verdict(
  statements: readonly Statement[],
  { action, resource }: Question,
  values: RequestValues,
): { allowed: boolean; denied: boolean } {
  const request = { action: `dynamodb:${action}`, resource, values };
  const fitting = statements.filter(
    (statement) =>
      !(action === 'SearchVectors' && isFineGrained(statement)) && matches(statement, request),
  );
  return {
    allowed: fitting.some(({ effect }) => effect === 'Allow'),
    denied: fitting.some(({ effect }) => effect === 'Deny'),
  };
}

/** A statement that names one of these keys never fits a search. Source: DynamoDB Developer Guide, vector search, "Security and access control". */
function isFineGrained({ conditions }: Statement): boolean {
  return conditions.some(({ key }) => FINE_GRAINED.has(key));
}

function about(statements: readonly Statement[], principal: Principal): Statement[] {
  return statements.filter(({ principals = [], effect }) =>
    namesPrincipal(principals, principal, effect),
  );
}

/** The resource-based policy that is about a table, its indexes, or a stream. */
function attachedTo(
  resource: string,
  keys: ReadonlySet<string>,
  { store }: Context,
): readonly Statement[] {
  const table = /^(arn:[^/]+\/[^/*]+)(?:\/index\/.+)?$/.exec(resource)?.[1];
  const policy = (table === undefined ? store.streams.get(resource) : store.find(table))?.policy;
  return policy?.document === undefined ? [] : readPolicy(policy.document, 'resource', keys);
}

function requestValues(
  principal: Pick<Principal, 'values'>,
  { values }: Question,
  { region, now }: Context,
): RequestValues {
  const at = now();
  const known: Array<[string, readonly string[]]> = [
    ['aws:CurrentTime', [new Date(at).toISOString()]],
    ['aws:EpochTime', [String(Math.floor(at / 1000))]],
    ['aws:RequestedRegion', [region]],
    ['aws:SecureTransport', ['true']],
    ...principal.values,
  ];
  for (const [key, given] of Object.entries(values)) if (given) known.push([key, given]);
  return new Map(known);
}
