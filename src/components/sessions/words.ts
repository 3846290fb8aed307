/** What the explorer says in words: waits, transactions, places among the orders. */
import type { RowVersion, TransactionState, Wait } from '../../engine/sessions/play.ts';
import type { NamedScenario } from '../../engine/sessions/scenario.ts';
import { count } from '../lab/names.ts';
import type { Overview } from './outcomes.ts';

/** On what a lock stands, as pg_locks.locktype names it. Source: PostgreSQL, "pg_locks". */
const LOCKED: Record<string, (relation: string | undefined, whose: string) => string> = {
  transactionid: (_, whose) => `on ${whose} transaction`,
  virtualxid: (_, whose) => `on ${whose} transaction`,
  tuple: (relation) => `on a row of ${relation ?? 'a table'}`,
  relation: (relation) => `on table ${relation ?? ''}`.trim(),
  extend: (relation) => `to extend ${relation ?? 'a table'}`,
  page: (relation) => `on a page of ${relation ?? 'a table'}`,
  advisory: () => 'on an advisory lock',
  spectoken: (_, whose) => `on ${whose} speculative insertion`,
};

const listed = (names: readonly string[]) =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

/** `waits for A: ShareLock on A’s transaction`. */
export function waitWords({ lock, mode, relation, blockedBy }: Wait): string {
  const whose = blockedBy.map((name) => `${name}’s`).join(' and ') || 'another';
  const on = LOCKED[lock]?.(relation, whose) ?? `on ${[lock, relation].filter(Boolean).join(' ')}`;
  return `waits for ${listed(blockedBy) || 'a lock'}: ${mode} ${on}`;
}

/** A transaction as `madeBy` names it: `A`, `A, 2nd`, `set-up`. */
export function transactionName(name: string): string {
  const [session = name, number] = name.split('#');
  return number === undefined ? session : `${session}, ${ordinal(Number(number))}`;
}

function ordinal(number: number): string {
  const ending = ['th', 'st', 'nd', 'rd'][
    number % 10 > 3 || (number > 10 && number < 14) ? 0 : number % 10
  ];
  return `${number}${ending}`;
}

/** Whether a version is seen by no new statement: never made, or replaced or deleted for good. */
export function isDead({ made, ended, endedBy }: RowVersion): boolean {
  return (
    made === 'aborted' ||
    (ended === 'committed' && endedBy !== undefined && endedBy.how !== 'locked')
  );
}

/** `committed` goes without saying for what the set-up has made. */
export function stateWords(by: string, state: TransactionState): string {
  return by === 'set-up' && state === 'committed' ? '' : state;
}

/** How a version's end stands. That it was replaced is plain from the one that came after it. */
export function endWords(
  how: 'deleted' | 'updated' | 'locked',
  state: TransactionState | undefined,
): string {
  return [how === 'updated' ? undefined : how, state].filter(Boolean).join(', ');
}

/** `Order 17 of 70. 20 of them wait, 12 end in 40001.` */
export function placeAmong(
  { orders, waiting, codes }: Overview,
  order: string,
  { orders: named }: Pick<NamedScenario, 'orders'>,
): string {
  const facts = [
    waiting > 0 ? `${waiting} of them ${waiting === 1 ? 'waits' : 'wait'}` : 'None of them waits',
    ...codes.map(([code, some]) => `${some} ${some === 1 ? 'ends' : 'end'} in ${code}`),
    ...(codes.length === 0 ? ['none fails'] : []),
  ];
  const all = named ? `the ${orders.length} recorded` : orders.length;
  return `Order ${orders.indexOf(order) + 1} of ${all}. ${facts.join(', ')}.`;
}

/** `3 orders`. */
export const ordersWords = (amount: number): string => count(amount, 'order');
