/** Policies as they are written, read into statements that can be compared with a request. */
import {
  type Condition,
  list,
  PolicyProblem,
  type PolicyTerms,
  readConditions,
  readTemplate,
  record,
} from './conditions.ts';
import { fits, type RequestValues, type Template, template } from './pattern.ts';

/** Some texts, or all others. */
interface Choice {
  not: boolean;
  templates: readonly Template[];
}

/** Whom a statement of a resource-based policy is about. */
export type PrincipalName =
  | { type: 'anyone' }
  /** Everybody of an account, as far as the account's own policies let them. */
  | { type: 'account'; account: string }
  | { type: 'arn'; arn: string };

/** One statement. */
export interface Statement {
  sid: string | undefined;
  effect: 'Allow' | 'Deny';
  /** Of identity-based policies there is none: they are about whom they are attached to. */
  principals: readonly PrincipalName[] | undefined;
  actions: Choice;
  resources: Choice;
  conditions: readonly Condition[];
}

const VERSIONS: readonly unknown[] = ['2012-10-17', '2008-10-17'];
const MEMBERS = ['Version', 'Id', 'Statement'];
const STATEMENT_MEMBERS = [
  'Sid',
  'Effect',
  'Principal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

/** What a policy is attached to. */
export type Attached = 'identity' | 'resource';

/**
 * Reads a policy. `keys` are condition keys beyond those that every request has. Throws PolicyProblem for what is no
 * policy, and for what this evaluator does not know.
 * Source: IAM User Guide, "IAM JSON policy element reference".
 */
export function readPolicy(
  document: unknown,
  attached: Attached,
  keys: ReadonlySet<string>,
): Statement[] {
  const policy = record(document, 'the policy');
  refuseOthers(policy, MEMBERS, 'a policy');
  const { Version = '2008-10-17', Statement } = policy;
  if (!VERSIONS.includes(Version))
    throw new PolicyProblem(`there is no Version ${String(Version)}`);
  if (Statement === undefined) throw new PolicyProblem('Missing required field Statement');
  const statements = list(Statement);
  if (statements.length === 0) {
    throw new PolicyProblem('Could not parse the policy: Statement is empty!');
  }
  const terms = { variables: Version === '2012-10-17', keys };
  return statements.map((one) => readStatement(record(one, 'a Statement'), attached, terms));
}

function readStatement(
  statement: Record<string, unknown>,
  attached: Attached,
  terms: PolicyTerms,
): Statement {
  refuseOthers(statement, STATEMENT_MEMBERS, 'a statement');
  const { Sid, Effect, Principal, Condition } = statement;
  if (Sid !== undefined && typeof Sid !== 'string') throw new PolicyProblem('Sid is no text');
  if (Effect === undefined) throw new PolicyProblem('Missing required field Effect');
  if (Effect !== 'Allow' && Effect !== 'Deny')
    throw new PolicyProblem(`there is no Effect ${String(Effect)}`);
  if (attached === 'identity' && Principal !== undefined) {
    throw new PolicyProblem(
      'a policy of a user or role has no Principal: it is about whom it is attached to',
    );
  }
  return {
    sid: Sid,
    effect: Effect,
    principals: attached === 'identity' ? undefined : readPrincipals(Principal),
    // Actions have no variables.
    actions: choice(statement, 'Action', (text) => template(text, false)),
    resources: choice(statement, 'Resource', (text) => readTemplate(text, terms)),
    conditions: readConditions(Condition, terms),
  };
}

function refuseOthers(
  value: Record<string, unknown>,
  known: readonly string[],
  what: string,
): void {
  const other = Object.keys(value).find((name) => !known.includes(name));
  if (other !== undefined) {
    throw new PolicyProblem(`${other} is no member of ${what} that this emulator evaluates`);
  }
}

function choice(
  statement: Record<string, unknown>,
  name: 'Action' | 'Resource',
  read: (text: string) => Template,
): Choice {
  const { [name]: these, [`Not${name}`]: others } = statement;
  if (these !== undefined && others !== undefined)
    throw new PolicyProblem(`${name} and Not${name} exclude each other`);
  const given = these ?? others;
  if (given === undefined) throw new PolicyProblem(`Missing required field ${name}`);
  const templates = list(given).map((text) => {
    if (typeof text !== 'string')
      throw new PolicyProblem(`${name} is no text and no list of texts`);
    if (name === 'Action' && text !== '*' && !/^[\w-]+:[\w*?]+$/.test(text)) {
      throw new PolicyProblem(`${text} is no action, as dynamodb:GetItem`);
    }
    if (name === 'Resource' && text !== '*' && !text.startsWith('arn:')) {
      throw new PolicyProblem(`Resource ${text} must be in ARN format or "*".`);
    }
    return read(text);
  });
  return { not: these === undefined, templates };
}

function readPrincipals(value: unknown): PrincipalName[] {
  if (value === undefined) throw new PolicyProblem('Missing required field Principal');
  if (value === '*') return [{ type: 'anyone' }];
  if (typeof value === 'string') throw new PolicyProblem(`Invalid principal in policy: "${value}"`);
  const { AWS, ...others } = record(value, 'Principal');
  const [other] = Object.keys(others);
  if (other !== undefined) {
    throw new PolicyProblem(
      `${other} is no kind of Principal that this emulator evaluates: only AWS is`,
    );
  }
  return list(AWS).map(readPrincipal);
}

function readPrincipal(value: unknown): PrincipalName {
  const text = String(value);
  if (text === '*') return { type: 'anyone' };
  const [, account] = /^(?:arn:aws:iam::)?(\d{12})(?::root)?$/.exec(text) ?? [];
  if (account !== undefined) return { type: 'account', account };
  if (/^arn:aws:(iam::\d{12}:(user|role)\/.+|sts::\d{12}:assumed-role\/.+\/.+)$/.test(text))
    return { type: 'arn', arn: text };
  throw new PolicyProblem(`Invalid principal in policy: "AWS":"${text}"`);
}

/** Whether a statement is about that action on that resource, under the conditions that hold. */
export function matches(
  { actions, resources, conditions }: Statement,
  request: { action: string; resource: string; values: RequestValues },
): boolean {
  const { action, resource, values } = request;
  return (
    chosen(actions, (one) => fits(action, one, values, 'i')) &&
    chosen(resources, (one) => fits(resource, one, values)) &&
    conditions.every((condition) => condition.holds(values))
  );
}

function chosen({ not, templates }: Choice, test: (one: Template) => boolean | undefined): boolean {
  const results = templates.map(test);
  if (results.includes(true)) return !not;
  return not && !results.includes(undefined);
}
