/** Policies that are attached to tables and streams. */
import { describe, expect, it } from 'vitest';
import type { WorldUser } from '../../../../src/engine/dynamodb/world/settings.ts';
import type { Json } from '../../../../src/engine/lab/result.ts';
import { Bench } from '../support.ts';
import { allow, Guarded, get, policy, TABLE, variable } from './iam.support.ts';

const ACCOUNT = '123456789012';
const MARIA = `arn:aws:iam::${ACCOUNT}:user/maria`;
const statement = (more: object = {}) => ({
  Effect: 'Allow',
  Principal: { AWS: MARIA },
  Action: 'dynamodb:GetItem',
  Resource: TABLE,
  ...more,
});
const put = (document: unknown, more: object = {}): Json => ({
  ResourceArn: TABLE,
  Policy: typeof document === 'string' ? document : JSON.stringify(document),
  ...more,
});

describe('PutResourcePolicy, GetResourcePolicy and DeleteResourcePolicy', () => {
  it('give a policy back in one form, with the time of its change', () => {
    const bench = new Bench({}, { now: () => 1_764_460_800_000 });
    const written = {
      Statement: {
        Resource: [TABLE],
        Condition: { StringEquals: { 'aws:username': ['maria'] } },
        Action: ['dynamodb:GetItem', 'dynamodb:Query'],
        Principal: { AWS: [ACCOUNT, `arn:aws:iam::${ACCOUNT}:root`] },
        Effect: 'Allow',
        Sid: 'one',
      },
      Version: '2012-10-17',
    };
    const { RevisionId } = bench.ok('PutResourcePolicy', put(JSON.stringify(written, null, 2)));
    expect(RevisionId).toBe('1764460800000');
    expect(bench.ok('GetResourcePolicy', { ResourceArn: TABLE })).toEqual({
      RevisionId,
      Policy: `{"Version":"2012-10-17","Statement":[{"Sid":"one","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::${ACCOUNT}:root"},"Action":["dynamodb:GetItem","dynamodb:Query"],"Resource":"${TABLE}","Condition":{"StringEquals":{"aws:username":["maria"]}}}]}`,
    });
  });

  it('change nothing for an equivalent policy, and count up for another', () => {
    const bench = new Bench({}, { now: () => 5 });
    const { RevisionId: first } = bench.ok('PutResourcePolicy', put(policy(statement())));
    const again = policy(statement({ Action: ['dynamodb:GetItem'] }));
    expect(bench.ok('PutResourcePolicy', put(again))).toEqual({ RevisionId: first });
    const other = policy(statement({ Action: 'dynamodb:Query' }));
    const { RevisionId: second } = bench.ok('PutResourcePolicy', put(other));
    expect([first, second]).toEqual(['5', '6']);
    const { Statement } = other;
    expect(bench.ok('PutResourcePolicy', put({ Statement }))).toEqual({ RevisionId: '7' });
  });

  it('tell of a deletion', () => {
    const bench = new Bench({}, { now: () => 5 });
    expect(bench.ok('DeleteResourcePolicy', { ResourceArn: TABLE })).toEqual({});
    bench.ok('PutResourcePolicy', put(policy(statement())));
    expect(bench.ok('DeleteResourcePolicy', { ResourceArn: TABLE })).toEqual({ RevisionId: '5' });
    expect(bench.refused('GetResourcePolicy', { ResourceArn: TABLE })).toEqual({
      name: 'PolicyNotFoundException',
      message: `Resource-based policy not found for the provided ResourceArn: ${TABLE}`,
    });
    expect(bench.ok('DeleteResourcePolicy', { ResourceArn: TABLE })).toEqual({ RevisionId: '6' });
  });

  it('expect a revision', () => {
    const bench = new Bench({}, { now: () => 5 });
    const notFound = 'Resource-based policy not found for the provided ResourceArn: ';
    const refused = (operation: string, request: Json) => bench.refused(operation, request).message;
    const one = policy(statement());
    expect(refused('PutResourcePolicy', put(one, { ExpectedRevisionId: '1' }))).toBe(
      `${notFound}Requested update for policy with revision id 1, but table Things has no associated policy.`,
    );
    bench.ok('PutResourcePolicy', put(one, { ExpectedRevisionId: 'NO_POLICY' }));
    expect(refused('PutResourcePolicy', put(one, { ExpectedRevisionId: 'NO_POLICY' }))).toBe(
      `${notFound}Requested policy update expecting none to be present for table Things, but a policy exists with revision id 5.`,
    );
    const stale = { ResourceArn: TABLE, ExpectedRevisionId: '4' };
    expect(refused('DeleteResourcePolicy', stale)).toBe(
      `${notFound}Requested update for policy with revision id 4, but the policy associated to target table Things has revision id 5.`,
    );
    const next = policy(statement({ Action: 'dynamodb:Query' }));
    bench.ok('PutResourcePolicy', put(next, { ExpectedRevisionId: '5' }));
    bench.ok('DeleteResourcePolicy', { ResourceArn: TABLE, ExpectedRevisionId: '6' });
  });

  const INVALID = 'One or more parameter values were invalid: ';
  it.each([
    ['Things', `${INVALID}ARNs must start with 'arn:': Things`],
    [
      `${TABLE}/index/ByKind`,
      `${INVALID}Invalid resource arn provided, only table or stream is accepted. Provided resource arn: ${TABLE}/index/ByKind`,
    ],
    [
      `${TABLE}/backup/1`,
      `${INVALID}Provided Arn is not a DynamoDB resource arn: ${TABLE}/backup/1`,
    ],
    [
      TABLE.replace(ACCOUNT, '111122223333'),
      'This action is only supported by accounts that match the resource owner’s account.',
    ],
    [
      TABLE.replace('us-east-1', 'eu-west-1'),
      `${INVALID}Invalid resource Arn: ${TABLE.replace('us-east-1', 'eu-west-1')}`,
    ],
    [`${TABLE}2`, 'Requested resource not found: Table: Things2 not found'],
    [
      `${TABLE}/stream/2000`,
      'Requested resource not found: Stream: 2000 not found for Table: Things',
    ],
  ])('refuse the resource %s', (ResourceArn, message) => {
    expect(new Bench().refused('GetResourcePolicy', { ResourceArn }).message).toBe(message);
  });

  const document = `${INVALID}Invalid policy document: `;
  it.each([
    ['{', `${document}This policy contains invalid Json`],
    [' '.repeat(20_481), `${INVALID}Maximum policy size of 20480 bytes exceeded`],
    [policy(), `${document}Could not parse the policy: Statement is empty!`],
    [policy(statement({ Resource: undefined })), `${document}Missing required field Resource`],
    [
      policy(statement({ Action: ['dynamodb:GetRecords', 'dynamodb:GetItems'] })),
      `${document}The following action names are invalid: "dynamodb:GetRecords", "dynamodb:GetItems"`,
    ],
    [
      policy(statement({ Resource: `${TABLE}/stream/1` })),
      `${document}The relative-id "table/Things/stream/1" is invalid for ARN "${TABLE}/stream/1".`,
    ],
    [
      policy(statement({ Sid: 'a' }), statement({ Sid: 'a' })),
      `${document}Statement IDs (SID) in a single policy must be unique: a`,
    ],
    [
      policy(statement({ Principal: ACCOUNT })),
      `${document}Invalid principal in policy: "${ACCOUNT}"`,
    ],
    [
      policy(statement({ Principal: '*' })),
      `${document}The policy grants unbounded access to everyone`,
    ],
    [
      policy(statement({ Condition: { IpAddress: { 'aws:SourceIp': '1.2.3.4' } } })),
      /IpAddress is none of the condition operators that this emulator evaluates/,
    ],
  ])('refuse the policy %j', (one, message) => {
    const { name, message: told } = new Bench().refused('PutResourcePolicy', put(one));
    expect(name).toBe('ValidationException');
    expect(told).toEqual(typeof message === 'string' ? message : expect.stringMatching(message));
  });

  it('do not let their writer lock itself out by mistake', () => {
    const bench = new Bench();
    const locked = policy(statement({ Effect: 'Deny', Principal: '*', Action: 'dynamodb:Put*' }));
    expect(bench.refused('PutResourcePolicy', put(locked))).toEqual({
      name: 'AccessDeniedException',
      Message:
        'The new resource policy will not allow you to update the resource policy in the future.',
    });
    bench.ok('PutResourcePolicy', put(locked, { ConfirmRemoveSelfResourceAccess: true }));
  });

  it('belong to snapshots, end with the table, and are not restored', () => {
    const bench = new Bench({}, { now: () => 5 });
    const before = bench.db.snapshot();
    bench.ok('PutResourcePolicy', put(policy(statement())));
    const { BackupDetails } = bench.ok('CreateBackup', { TableName: 'Things', BackupName: 'one' });
    const { TableDescription } = bench.ok('RestoreTableFromBackup', {
      TargetTableName: 'Again',
      BackupArn: BackupDetails.BackupArn,
    });
    const ResourceArn = TableDescription.TableArn;
    expect(bench.refused('GetResourcePolicy', { ResourceArn }).name).toBe(
      'PolicyNotFoundException',
    );
    bench.ok('DeleteTable', { TableName: 'Things' });
    bench.db.restore(before);
    expect(bench.refused('GetResourcePolicy', { ResourceArn: TABLE }).name).toBe(
      'PolicyNotFoundException',
    );
  });

  it('are separate for a stream', () => {
    const bench = new Bench();
    const { TableDescription } = bench.ok('UpdateTable', {
      TableName: 'Things',
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' },
    });
    const ResourceArn = TableDescription.LatestStreamArn;
    const reading = policy(statement({ Action: 'dynamodb:GetRecords', Resource: ResourceArn }));
    bench.ok('PutResourcePolicy', { ...(put(reading) as object), ResourceArn } as Json);
    expect(JSON.parse(bench.ok('GetResourcePolicy', { ResourceArn }).Policy)).toEqual({
      ...reading,
      Statement: reading.Statement,
    });
    expect(bench.refused('GetResourcePolicy', { ResourceArn: TABLE }).name).toBe(
      'PolicyNotFoundException',
    );
  });
});

describe('A resource-based policy', () => {
  const maria: WorldUser = { user: 'maria', policies: [] };
  const session: WorldUser = { role: 'Reader', session: 's' };
  const all: WorldUser = { user: 'john', policies: [policy(allow('*'))] };
  const users = { maria, session, all };

  it('allows by itself whom it names', () => {
    const bench = new Guarded(users);
    expect(bench.denies('maria', 'GetItem', get('U1'))).toBe(true);
    bench.admin('PutResourcePolicy', put(policy(statement())));
    bench.ok('maria', 'GetItem', get('U1'));
    expect(bench.denies('session', 'GetItem', get('U1'))).toBe(true);
    expect(bench.denies('maria', 'DeleteItem', get('U1'))).toBe(true);
    bench.admin('DeleteResourcePolicy', { ResourceArn: TABLE });
    expect(bench.denies('maria', 'GetItem', get('U1'))).toBe(true);
  });

  it('names a session by its role, or by itself', () => {
    const bench = new Guarded(users);
    for (const AWS of [
      `arn:aws:iam::${ACCOUNT}:role/Reader`,
      `arn:aws:sts::${ACCOUNT}:assumed-role/Reader/s`,
    ]) {
      bench.admin('PutResourcePolicy', put(policy(statement({ Principal: { AWS } }))));
      bench.ok('session', 'GetItem', get('U1'));
      expect(bench.denies('maria', 'GetItem', get('U1'))).toBe(true);
    }
  });

  it('leaves it to an account whom of it to let in, but forbids all of it', () => {
    const bench = new Guarded(users);
    const account = { Principal: { AWS: ACCOUNT } };
    bench.admin('PutResourcePolicy', put(policy(statement(account))));
    expect(bench.denies('maria', 'GetItem', get('U1'))).toBe(true);
    bench.ok('all', 'GetItem', get('U1'));
    const forbidden = policy(statement({ ...account, Effect: 'Deny' }));
    bench.admin('PutResourcePolicy', put(forbidden));
    expect(bench.denied('all', 'GetItem', get('U1'))).toBe(
      `User: arn:aws:iam::${ACCOUNT}:user/john is not authorized to perform: dynamodb:GetItem on resource: ${TABLE} with an explicit deny in a resource-based policy`,
    );
  });

  it('of a table is about its indexes too, if it names them', () => {
    const bench = new Guarded(users);
    const query: Json = {
      TableName: 'Things',
      IndexName: 'ByKind',
      KeyConditionExpression: 'kind = :k',
      ExpressionAttributeValues: { ':k': { S: 'note' } },
    };
    bench.admin('PutResourcePolicy', put(policy(statement({ Action: 'dynamodb:Query' }))));
    expect(bench.denies('maria', 'Query', query)).toBe(true);
    const both = statement({ Action: 'dynamodb:Query', Resource: [TABLE, `${TABLE}/index/*`] });
    bench.admin('PutResourcePolicy', put(policy(both)));
    expect(bench.ok('maria', 'Query', query).Count).toBe(2);
  });

  it('forbids what the keys of an item are not', () => {
    const bench = new Guarded({ all: { ...all, tags: { tenant: 'U1' } } });
    const foreign = statement({
      Effect: 'Deny',
      Principal: '*',
      Action: 'dynamodb:*Item',
      Condition: {
        'ForAnyValue:StringNotEquals': {
          'dynamodb:LeadingKeys': variable('aws:PrincipalTag/tenant'),
        },
      },
    });
    bench.admin('PutResourcePolicy', put(policy(foreign)));
    bench.ok('all', 'GetItem', get('U1'));
    expect(bench.denied('all', 'GetItem', get('U2'))).toContain('a resource-based policy');
  });
});
