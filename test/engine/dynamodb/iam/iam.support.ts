/** A bench with users: who asks, what is allowed, and the message of what is not. */
import { expect } from 'vitest';
import { createDynamoDB, type DynamoDB } from '../../../../.generated/dynamodb/engine.js';
import type { WorldUser } from '../../../../src/engine/dynamodb/world/settings.ts';
import type { Json } from '../../../../src/engine/lab/result.ts';
import { type Answer, tableRequest } from '../support.ts';

export const TABLE = 'arn:aws:dynamodb:us-east-1:123456789012:table/Things';
export const NOW = Date.UTC(2026, 10, 30);

/** One statement, and the version that knows variables. */
export const policy = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });

/** Allows some actions on the table and its indexes. */
export const allow = (actions: string | string[], Condition?: object) => ({
  Effect: 'Allow',
  Action: [actions].flat().map((action) => `dynamodb:${action}`),
  Resource: [TABLE, `${TABLE}/index/*`],
  ...(Condition && { Condition }),
});

/** John of the identity provider, whose items are those under his user id. */
export const john = (...statements: object[]): WorldUser => ({
  role: 'Reader',
  session: 'john',
  values: { 'www.amazon.com:user_id': 'U1' },
  policies: [policy(...statements)],
});

/** What stands for a value of the request in a policy. */
export const variable = (key: string) => `\${${key}}`;

/** The condition that all items addressed are the caller's. */
export const OWN = {
  'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [variable('www.amazon.com:user_id')] },
};

/** An engine with the table Things and some users. */
export class Guarded {
  readonly db: DynamoDB;

  constructor(users: Record<string, WorldUser>) {
    this.db = createDynamoDB({ now: () => NOW, random: () => 0.5, world: { users } });
    this.admin(
      'CreateTable',
      tableRequest('Things', { keys: 'pk:S, sk:S', global: { ByKind: { keys: 'kind:S, sk:S' } } }),
    );
    for (const [pk, sk] of [
      ['U1', 'a'],
      ['U2', 'a'],
    ] as const) {
      const Item = { pk: { S: pk }, sk: { S: sk }, kind: { S: 'note' }, secret: { S: `of ${pk}` } };
      this.admin('PutItem', { TableName: 'Things', Item });
    }
  }

  /** A request of the administrator. */
  admin(operation: string, request: Json): Answer {
    return this.ok(undefined, operation, request);
  }

  /** A request that must go through. */
  ok(caller: string | undefined, operation: string, request: Json): Answer {
    const { status, body } = this.db.handle(operation, request, undefined, caller);
    expect(status, JSON.stringify(body)).toBe(200);
    return body;
  }

  /** The message of a request that must be denied, which must cost nothing. */
  denied(caller: string, operation: string, request: Json): string {
    const { status, body, metering } = this.db.handle(operation, request, undefined, caller);
    expect({ status, type: body['__type'] }).toEqual({
      status: 400,
      type: 'com.amazon.coral.service#AccessDeniedException',
    });
    expect(metering.tables).toEqual([]);
    return String(body['Message']);
  }

  /** Whether a request is denied; anything but that is no. */
  denies(caller: string, operation: string, request: Json): boolean {
    const { body } = this.db.handle(operation, request, undefined, caller);
    return String(body['__type']).endsWith('#AccessDeniedException');
  }
}

/** The key of an item. */
export const key = (pk: string, sk = 'a') => ({ pk: { S: pk }, sk: { S: sk } });
/** A request for one item of the table. */
export const get = (pk: string, more: object = {}): Json =>
  ({ TableName: 'Things', Key: key(pk), ...more }) as Json;
