/** Policies of tables and streams: what DynamoDB refuses when one is put, and the form in which it gives it back. */
import { validationError } from '../request/errors.ts';
import { utf8Bytes } from '../values/bytes.ts';
import { list, PolicyProblem, record } from './conditions.ts';
import { readPolicy, type Statement } from './policy.ts';

/** A policy that can be attached. */
export interface AttachablePolicy {
  statements: Statement[];
  /** As it is read back. */
  document: { [member: string]: unknown };
  /** Tells equivalent policies: a policy without a version is not equivalent to one that has the default. */
  identity: string;
}

const INVALID = 'One or more parameter values were invalid: ';
/** Source: DynamoDB Developer Guide, "Quotas", resource-based policies. */
const MAX_BYTES = 20 * 1024;

const STREAM_ACTIONS = ['DescribeStream', 'GetRecords', 'GetShardIterator'];
/** The actions on tables and indexes. Source: DynamoDB Developer Guide, "API operations supported by resource-based policies". */
const TABLE_ACTIONS =
  `BatchGetItem BatchWriteItem ConditionCheckItem CreateBackup CreateTable CreateTableReplica DeleteItem
  DeleteResourcePolicy DeleteTable DeleteTableReplica DescribeContinuousBackups DescribeContributorInsights
  DescribeExport DescribeKinesisStreamingDestination DescribeTable DescribeTableReplicaAutoScaling
  DescribeTimeToLive DisableKinesisStreamingDestination EnableKinesisStreamingDestination ExportTableToPointInTime
  GetItem GetResourcePolicy ListTagsOfResource PartiQLDelete PartiQLInsert PartiQLSelect PartiQLUpdate PutItem
  PutResourcePolicy Query ReadDataForReplication ReplicateSettings RestoreTableFromBackup RestoreTableToPointInTime
  Scan SearchVectors TagResource UntagResource UpdateContinuousBackups UpdateContributorInsights UpdateItem
  UpdateKinesisStreamingDestination UpdateTable UpdateTableReplicaAutoScaling UpdateTimeToLive
  WriteDataForReplication`.split(/\s+/);

/**
 * Reads a policy that is to be attached to a table or a stream. Throws ValidationException.
 * Sources of the texts: measurements of AWS's answers that others published in October 2026; of what this emulator
 * alone refuses, they are its own.
 */
export function readAttachable(
  text: string,
  arn: string,
  keys: ReadonlySet<string>,
): AttachablePolicy {
  if (utf8Bytes(text) > MAX_BYTES) {
    throw validationError(`${INVALID}Maximum policy size of ${MAX_BYTES} bytes exceeded`);
  }
  try {
    const policy = record(parse(text), 'the policy');
    const statements = readPolicy(policy, 'resource', keys);
    checkSids(statements);
    checkActions(policy, arn);
    checkStreams(policy, arn);
    checkPublic(statements);
    const document = canonical(policy);
    return { statements, document, identity: JSON.stringify([policy['Version'], document]) };
  } catch (error) {
    if (error instanceof PolicyProblem) {
      throw validationError(`${INVALID}Invalid policy document: ${error.message}`);
    }
    throw error;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new PolicyProblem('This policy contains invalid Json');
  }
}

function checkSids(statements: readonly Statement[]): void {
  const sids = statements.flatMap(({ sid }) => sid ?? []);
  const twice = sids.find((sid, index) => sids.indexOf(sid) < index);
  if (twice !== undefined) {
    throw new PolicyProblem(`Statement IDs (SID) in a single policy must be unique: ${twice}`);
  }
}

const isStream = (arn: string) => arn.includes('/stream/');

function statementsOf(policy: Record<string, unknown>): Array<Record<string, unknown>> {
  return list(policy['Statement']).map((one) => record(one, 'a Statement'));
}

function checkActions(policy: Record<string, unknown>, arn: string): void {
  const known = isStream(arn) ? STREAM_ACTIONS : TABLE_ACTIONS;
  const wrong = statementsOf(policy)
    .flatMap(({ Action, NotAction }) => list(Action ?? NotAction).map(String))
    .filter((action) => !/[*?]/.test(action))
    .filter(
      (action) => !known.some((one) => `dynamodb:${one}`.toLowerCase() === action.toLowerCase()),
    );
  if (wrong.length === 0) return;
  const names = wrong.map((action) => `"${action}"`).join(', ');
  throw new PolicyProblem(`The following action names are invalid: ${names}`);
}

/** A table's policy names no stream, a stream's nothing else. */
function checkStreams(policy: Record<string, unknown>, arn: string): void {
  for (const { Resource, NotResource } of statementsOf(policy)) {
    for (const resource of list(Resource ?? NotResource).map(String)) {
      if (resource === '*' || isStream(resource) === isStream(arn)) continue;
      const relative = resource.split(':').slice(5).join(':');
      throw new PolicyProblem(`The relative-id "${relative}" is invalid for ARN "${resource}".`);
    }
  }
}

/** Source: DynamoDB Developer Guide, "Blocking public access with resource-based policies in DynamoDB". */
function checkPublic(statements: readonly Statement[]): void {
  const open = statements.some(
    ({ effect, principals = [], conditions }) =>
      effect === 'Allow' &&
      principals.some(({ type }) => type === 'anyone') &&
      !conditions.some(({ key }) => /^aws:(Principal|Source|userid)/.test(key)),
  );
  if (open) throw new PolicyProblem('The policy grants unbounded access to everyone');
}

const ORDER = [
  'Sid',
  'Effect',
  'Principal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

/** Without white space, members in one order, lists of one element as the element, an account as its root. */
function canonical(policy: Record<string, unknown>): { [member: string]: unknown } {
  const { Version = '2008-10-17', Id } = policy;
  return {
    Version,
    ...(Id !== undefined && { Id }),
    Statement: statementsOf(policy).map((statement) =>
      Object.fromEntries(
        ORDER.filter((name) => statement[name] !== undefined).map((name) => [
          name,
          canonicalMember(name, statement[name]),
        ]),
      ),
    ),
  };
}

function canonicalMember(name: string, value: unknown): unknown {
  if (name === 'Sid' || name === 'Effect' || name === 'Condition') return value;
  if (name !== 'Principal') return single(list(value));
  if (value === '*') return value;
  const names = list((value as { AWS: unknown }).AWS).map((one) =>
    /^\d{12}$/.test(String(one)) ? `arn:aws:iam::${one}:root` : one,
  );
  return { AWS: single([...new Set(names)]) };
}

function single(values: unknown[]): unknown {
  return values.length === 1 ? values[0] : values;
}
