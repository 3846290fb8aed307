/**
 * node-postgres as published, on a socket that leads to the lab's PostgreSQL. Clients need no
 * settings. Two things are added: where in the program a statement was sent, and that an error leads
 * back there.
 */
import pg from 'pg';
import { sandbox } from './sandbox.ts';
import { whileAt } from './site.ts';

/** The session that PostgreSQL has here: a pool that may open more would wait for them in vain. */
const ONE: pg.PoolConfig = { max: 1, connectionTimeoutMillis: 5_000 };

type Any = (...given: unknown[]) => unknown;

/** Calls a method that answers a promise, unless it takes a callback; its errors remember the place. */
function remembering(site: Error, method: () => unknown): unknown {
  const answer = whileAt(site, method);
  if (!(answer instanceof Promise)) return answer;
  return answer.catch((error: unknown) => {
    sandbox.traces.remember(error, site);
    throw error;
  });
}

/** A query of node-postgres, which the client sends when its turn comes. */
interface Submitted {
  submit(connection: unknown): unknown;
}

/** Where queries were made that wait for their turn. */
const sites = new WeakMap<Submitted, Error>();
const queries = pg.Query.prototype as unknown as Submitted;
const { submit } = queries;
queries.submit = function (this: Submitted, connection) {
  return whileAt(sites.get(this), () => submit.call(this, connection));
};

class Client extends pg.Client {
  override query = ((...given: unknown[]) =>
    remembering(new Error(), () => {
      const { _queryQueue: waiting } = this as unknown as { _queryQueue: Submitted[] };
      const before = waiting.at(-1);
      const answer = (pg.Client.prototype.query as Any).apply(this, given);
      const last = waiting.at(-1);
      const site = whileAt();
      if (last && last !== before && site) sites.set(last, site);
      return answer;
    })) as pg.Client['query'];
}

/** A pool's query waits for a client first: the place is kept until that is there. */
class Pool extends pg.Pool {
  constructor(config?: pg.PoolConfig) {
    super({ ...ONE, Client, ...config } as pg.PoolConfig);
  }

  override query = ((...given: unknown[]) =>
    remembering(new Error(), () =>
      (pg.Pool.prototype.query as Any).apply(this, given),
    )) as pg.Pool['query'];

  override connect = ((done?: Any) => {
    const connect = pg.Pool.prototype.connect as Any;
    if (!done) return connect.call(this);
    const site = whileAt();
    return connect.call(this, (...given: unknown[]) => whileAt(site, () => done(...given)));
  }) as pg.Pool['connect'];
}

const { Query, Connection, types, DatabaseError, Result, TypeOverrides, defaults } =
  pg as typeof pg & Record<'Connection' | 'DatabaseError' | 'Result', unknown>;
const { escapeIdentifier, escapeLiteral } = pg;
const named = {
  Client,
  Pool,
  Query,
  Connection,
  types,
  DatabaseError,
  Result,
  TypeOverrides,
  defaults,
  escapeIdentifier,
  escapeLiteral,
};

export const modules = { pg: { ...named, default: named } };
