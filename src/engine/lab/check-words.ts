/** A check in words, as readers see it: what must hold, before anything has run. */
import { type Check, COUNTERS } from './check-schema.ts';

const SIDE = { dynamodb: 'DynamoDB', postgres: 'PostgreSQL' } as const;

/** What a check demands, in a sentence without a full stop; code between backticks. */
export function checkWords(check: Check): string {
  const words = demand(check);
  return 'step' in check && check.step !== undefined ? `in “${check.step}”: ${words}` : words;
}

function demand(check: Check): string {
  if ('sql' in check) return sqlWords(check);
  if ('item' in check) {
    const { table, key, region } = check.item;
    const item = `the item ${code(Object.values(key).join(', '))} of ${table}${region ? ` in ${region}` : ''}`;
    if (check.absent)
      return `afterwards there is no item ${code(Object.values(key).join(', '))} in ${table}`;
    return check.equals
      ? `afterwards ${item} is ${code(json(check.equals))}`
      : `afterwards ${item} has ${code(json(check.includes))}`;
  }
  if ('count' in check) {
    const where = check.index === undefined ? check.count : `${check.count}’s index ${check.index}`;
    return `afterwards ${where} holds ${amount(check)} items`;
  }
  if ('calls' in check) return `${amount(check)} ${check.calls} ${plural(check, 'request')}`;
  if ('units' in check) return `${amount(check)} ${check.units} ${plural(check, 'unit')}`;
  if ('plan' in check) {
    const on = [check.index, check.relation].filter((name) => name !== undefined);
    const node = `${code(check.plan)}${on.length > 0 ? ` on ${on.map(code).join(' of ')}` : ''}`;
    return check.used ? `the plan has a ${node}` : `the plan has no ${node}`;
  }
  if ('cost' in check) return `${amount(check)} ${COUNTERS[check.cost]}`;
  if ('answer' in check) {
    const rows = check.rows ?? check.items ?? [];
    return `${SIDE[check.answer]} answers ${rows.length === 0 ? 'nothing' : code(json(rows))}`;
  }
  return `${SIDE[check.side]} shows ${code(check.shows)}`;
}

function sqlWords({ sql, rows, error, given }: Extract<Check, { sql: string }>): string {
  const after = given.length > 0 ? `after ${given.map(code).join(', ')}, ` : '';
  if (error !== undefined) return `afterwards ${after}${code(sql)} fails with ${code(error)}`;
  const answer = rows?.length ? code(json(rows)) : 'no row';
  return `afterwards ${after}${code(sql)} answers ${answer}`;
}

/** The longest value that is written out. */
const LONGEST = 160;

function json(value: unknown): string {
  const text = JSON.stringify(value) ?? '';
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

const code = (text: string) => `\`${text.replaceAll('`', "'").replace(/\s+/g, ' ')}\``;

type Amount = {
  is?: number | undefined;
  atMost?: number | undefined;
  atLeast?: number | undefined;
};

function amount({ is, atMost, atLeast }: Amount): string {
  return [
    is === undefined ? '' : `exactly ${is}`,
    atLeast === undefined ? '' : `at least ${atLeast}`,
    atMost === undefined ? '' : `at most ${atMost}`,
  ]
    .filter(Boolean)
    .join(' and ');
}

const plural = ({ is }: Amount, noun: string) => (is === 1 ? noun : `${noun}s`);
