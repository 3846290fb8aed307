/** What the tests of SELECT share: a table of orders, and short forms of requests. */
import { expect } from 'vitest';
import type { Json } from '../../../src/engine/lab/result.ts';
import { type Answer, Bench, L, M, N, S } from './support.ts';

export const orders = () => {
  const bench = new Bench({
    keys: 'customer:S, placed:N',
    global: { byStatus: { keys: 'status:S, placed:N', projected: ['total'] } },
    local: { byTotal: { keys: 'customer:S, total:N', projected: 'KEYS_ONLY' } },
  });
  for (const customer of ['C1', 'C2']) {
    for (let placed = 1; placed <= 3; placed++) {
      bench.put({
        customer: S(customer),
        placed: N(placed),
        status: S(placed === 3 ? 'open' : 'sent'),
        total: N(placed * 10),
        lines: L(M({ sku: S(`P${placed}`), tags: { SS: ['new', 'red'] } })),
      });
    }
  }
  return bench;
};

export const run = (bench: Bench, Statement: string, more: Record<string, Json> = {}): Answer =>
  bench.ok('ExecuteStatement', { Statement, ...more });

export const problem = (
  bench: Bench,
  Statement: string,
  more: Record<string, Json> = {},
): string => {
  const error = bench.refused('ExecuteStatement', { Statement, ...more });
  expect(error.name).toBe('ValidationException');
  return error.message;
};

/** The rows as `C1/1`. */
export const keys = (bench: Bench, Statement: string, more: Record<string, Json> = {}): string[] =>
  run(bench, Statement, more).Items.map((item: Answer) => `${item.customer?.S}/${item.placed?.N}`);
