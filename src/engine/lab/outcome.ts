/** Says in a sentence how the outcomes of the two sides of a step differ, from what a run did. */
import {
  type DynamoDBStep,
  type Json,
  type LabRun,
  type PostgresStep,
  withMore,
} from './result.ts';

/** The steps that are compared, by name. */
export interface OutcomePair {
  dynamodb: string;
  postgres: string;
}

/**
 * `The same 3 rows; DynamoDB needed 4 requests and read 60 items, PostgreSQL one statement, which
 * read 300 rows in 3 buffers.` Undefined where one of the steps did not come to the end that the
 * lab means for it: then there is nothing to compare.
 */
export function outcomeSentence(pair: OutcomePair, run: LabRun): string | undefined {
  const left = run.dynamodb?.steps.find(({ name }) => name === pair.dynamodb);
  const right = run.postgres?.steps.find(({ name }) => name === pair.postgres);
  if (!left || !right) return undefined;
  if (![left, right].every(({ status }) => status === 'ok' || status === 'expected-failure')) {
    return undefined;
  }
  const refused = refusals(left, right);
  // What a statement that failed has cost is not known.
  if (refused !== undefined) return `${refused}.`;
  const what = answers(left, right);
  const cost = `DynamoDB needed ${dynamoDbEffort(left)}, PostgreSQL ${postgresEffort(right)}.`;
  return what === undefined ? cost : `${what}; ${cost}`;
}

// -------------------------------------------------------------- what came of it

function refusals(left: DynamoDBStep, right: PostgresStep): string | undefined {
  const exception = left.error?.name;
  const state = statements(right).find(({ error }) => error)?.error?.code;
  if (exception && state) return `Both refuse it (${exception}, ${state})`;
  if (exception) return `DynamoDB refuses it (${exception}), PostgreSQL does not`;
  return state && `PostgreSQL refuses it (${state}), DynamoDB does not`;
}

/** The items of all answers beside the rows of the last query; undefined where neither side asked. */
function answers(left: DynamoDBStep, right: PostgresStep): string | undefined {
  const items = left.calls.flatMap(({ response }) => itemsOf(response));
  const query = statements(right).findLast(({ columns }) => columns !== undefined);
  const asked = left.calls.some(({ operation }) => READS.test(operation));
  if (!query || !asked) return undefined;
  const rows = query.rowCount ?? 0;
  if (items.length !== rows) return `${count(items.length, 'item')} against ${count(rows, 'row')}`;
  if (rows === 0) return 'Neither finds anything';
  const names = (query.columns ?? []).map(({ name }) => name);
  return query.rows?.length === rows && sameFacts(items, names, query.rows)
    ? `The same ${rows === 1 ? 'row' : `${rows} rows`}`
    : `${count(items.length, 'item')}, ${count(rows, 'row')}`;
}

const READS = /Get|Query|Scan|ExecuteStatement/;

type Item = Map<string, string | null | undefined>;

/**
 * Whether items and rows say the same: each column has an attribute of the same name (`order_id` is
 * `OrderID`) or each attribute a column, and the values in these agree, whatever the order.
 */
function sameFacts(items: Item[], columns: string[], rows: Array<Array<string | null>>): boolean {
  const names = columns.map(plainName);
  const attributes = [...new Set(items.flatMap((item) => [...item.keys()]))];
  const shared = names.filter((name) => attributes.includes(name));
  if (shared.length < Math.min(names.length, attributes.length)) return false;
  const left = items.map((item) => shared.map((name) => item.get(name)));
  const right = rows.map((row) => shared.map((name) => row[names.indexOf(name)] ?? null));
  if (left.flat().includes(undefined)) return false;
  const facts = (of: Array<Array<string | null | undefined>>) =>
    of.map((values) => JSON.stringify(values.map(plainValue))).sort();
  const other = facts(right);
  return facts(left).every((fact, index) => fact === other[index]);
}

const plainName = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** `99.50` and `99.5` are the same number. */
const plainValue = (value: string | null | undefined) =>
  value && /^-?\d{1,15}(\.\d+)?$/.test(value) && !/^-?0\d/.test(value) ? Number(value) : value;

/** The items of an answer, whatever the operation; of a value that is no scalar, undefined. */
function itemsOf(response: Json): Item[] {
  const { Item, Items, Responses } = response as { [name: string]: Json };
  const listed = Array.isArray(Responses)
    ? Responses.map((one) => (one as { Item?: Json } | null)?.Item)
    : Object.values((Responses ?? {}) as { [table: string]: Json }).flat();
  return [Item, ...((Items as Json[] | undefined) ?? []), ...listed].flatMap((item) =>
    item && typeof item === 'object'
      ? [new Map(Object.entries(item).map(([name, value]) => [plainName(name), scalar(value)]))]
      : [],
  );
}

function scalar(value: Json): string | null | undefined {
  const { S, N, BOOL, NULL } = value as { [type: string]: Json };
  if (NULL === true) return null;
  if (typeof BOOL === 'boolean') return BOOL ? 't' : 'f';
  const text = S ?? N;
  return typeof text === 'string' ? text : undefined;
}

// ------------------------------------------------------------------ what it took

function dynamoDbEffort({ calls }: DynamoDBStep): string {
  const total = (name: 'itemsRead' | 'itemsWritten') =>
    calls.reduce((sum, { metering }) => sum + metering[name], 0);
  const parts = [amount(calls.length, 'request')];
  if (total('itemsRead') > 0) parts.push(`read ${count(total('itemsRead'), 'item')}`);
  if (total('itemsWritten') > 0) parts.push(`wrote ${count(total('itemsWritten'), 'item')}`);
  const last = parts.length > 1 ? parts.pop() : undefined;
  return [parts.join(', '), last].filter(Boolean).join(' and ');
}

function postgresEffort(step: PostgresStep): string {
  const all = statements(step);
  const costs = all.flatMap(({ cost }) => cost ?? []);
  const buffers = costs.reduce((sum, cost) => sum + cost.buffersHit + cost.buffersRead, 0);
  const scanned = costs.reduce((sum, cost) => sum + cost.rowsScanned, 0);
  const effort = amount(all.length, 'statement');
  return scanned === 0
    ? `${effort} and ${count(buffers, 'buffer')}`
    : `${effort}, which read ${count(scanned, 'row')} in ${count(buffers, 'buffer')}`;
}

const statements = (step: PostgresStep) => step.statements.flatMap(withMore);

const count = (number: number, one: string) =>
  `${number.toLocaleString('en')} ${one}${number === 1 ? '' : 's'}`;

const amount = (number: number, one: string) => (number === 1 ? `one ${one}` : count(number, one));
