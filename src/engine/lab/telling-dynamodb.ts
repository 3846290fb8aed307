/** Says in one sentence what is most telling about a request to DynamoDB, or nothing. */
import { type LogicalCall, member } from './logical-reads.ts';
import type { DynamoDBCall, TableUnits, Units } from './result.ts';

/** What a rule is given: the request and the sums over its round trips. */
interface Facts {
  call: DynamoDBCall;
  trips: number;
  read: number;
  write: number;
  itemsRead: number;
  /** Items that passed the filter, counted also where only their count was asked for. */
  kept: number;
  itemsWritten: number;
  partitionKeys: number;
  tables: TableUnits[];
  /** Whether the last page has said that there may be more to read. */
  more: boolean;
  /** Whether the request itself began in the middle. */
  began: boolean;
}

/** A rule finds something to say, or nothing. */
type Rule = (facts: Facts) => string | undefined;

/** Operations that read a stretch of keys, and may drop items by a filter. */
const READS_MANY = new Set(['Query', 'Scan', 'ExecuteStatement']);
/** Units of a single item from which on its size is worth a word. */
const LARGE = 10;

/**
 * The sentence about the most telling part of a request, all of its round trips together. The first rule
 * that has something to say wins:
 *
 * 1. a condition did not hold, and it is billed all the same;
 * 2. a filter dropped items that had been read, and billed;
 * 3. a Scan went through the whole table or index;
 * 4. it took several round trips;
 * 5. a local index had to fetch the items themselves from the table;
 * 6. indexes took their share of a write;
 * 7. a transaction counted twice;
 * 8. one large item took many units;
 * 9. a Limit ended the read early;
 * 10. a key led straight to its items, or to none.
 *
 * Nothing is said of a request that no rule fits. All figures come from the recorded metering, request and answer.
 * Source: DynamoDB Developer Guide, "DynamoDB read and write operations", "Querying tables in DynamoDB",
 * "Amazon DynamoDB Transactions: How it works".
 */
export function tellingRequest(logical: LogicalCall): string | undefined {
  const facts = factsOf(logical);
  for (const rule of facts.call.status < 400 ? RULES : [refused]) {
    const sentence = rule(facts);
    if (sentence !== undefined) return sentence;
  }
  return undefined;
}

function factsOf(logical: LogicalCall): Facts {
  const [call] = logical;
  const last = logical.at(-1) ?? call;
  const sum = (of: (call: DynamoDBCall) => number) =>
    logical.reduce((total, one) => total + of(one), 0);
  const tables = logical.flatMap(({ metering }) => metering.tables);
  const units = (kind: keyof Units) => tables.reduce((total, table) => total + table[kind], 0);
  return {
    call: last.status >= 400 ? last : call,
    trips: logical.length,
    read: units('read'),
    write: units('write'),
    itemsRead: sum(({ metering }) => metering.itemsRead),
    kept: sum(keptItems),
    itemsWritten: sum(({ metering }) => metering.itemsWritten),
    partitionKeys: sum(({ metering }) => metering.partitionKeys),
    tables,
    more: leftOff(last),
    began:
      member(call.request, 'ExclusiveStartKey') !== undefined ||
      member(call.request, 'NextToken') !== undefined,
  };
}

/** Items that a request's filter kept; with `Select: COUNT` they are counted and not returned. */
export function keptItems({ response, metering }: DynamoDBCall): number {
  const counted = member(response, 'Count');
  return typeof counted === 'number' ? counted : metering.itemsReturned;
}

function leftOff({ response }: DynamoDBCall): boolean {
  return ['LastEvaluatedKey', 'NextToken'].some((name) => member(response, name) !== undefined);
}

/** What is billed although it failed. Of other failures AWS does not say what they cost. */
const refused: Rule = ({ call, read, write }) => {
  const billed = amount(read, write);
  if (billed === '') return undefined;
  const name = String(member(call.response, '__type') ?? '').replace(/^.*#/, '');
  if (name === 'TransactionCanceledException')
    return `Nothing was written, and the attempt is billed all the same: ${billed}.`;
  return name === 'ConditionalCheckFailedException'
    ? `The condition did not hold, and the attempt is billed all the same: ${billed}.`
    : undefined;
};

const filtered: Rule = ({ call, itemsRead, kept, read, trips }) => {
  if (!READS_MANY.has(call.operation) || itemsRead <= kept) return undefined;
  const over = trips > 1 ? ` in ${figure(trips)} round trips` : '';
  const rest = `the filter runs after the read, and all of it is billed (${amount(read, 0)})`;
  return kept === 0
    ? `Read ${items(itemsRead)}${over} and returned none: ${rest}.`
    : `Read ${items(itemsRead)}${over} to return ${figure(kept)}: ${rest}.`;
};

const scanned: Rule = ({ call, itemsRead, partitionKeys, more, began, trips }) => {
  if (call.operation !== 'Scan' || itemsRead === 0) return undefined;
  const what = member(call.request, 'IndexName') ?? member(call.request, 'TableName');
  const segment = member(call.request, 'TotalSegments');
  if (more || began || segment !== undefined) {
    return `Read ${items(itemsRead)} of ${String(what)} in the order of the hash of their partition keys.`;
  }
  const over = trips > 1 ? `, in ${figure(trips)} round trips` : keys(partitionKeys);
  const all = itemsRead === 1 ? 'the one item' : `all ${items(itemsRead)}`;
  return `Read ${all} of ${String(what)}${over}: a Scan has no key to go by.`;
};

const paged: Rule = ({ call, trips, itemsRead, kept }) => {
  if (trips === 1) return undefined;
  if (!READS_MANY.has(call.operation)) {
    return `Took ${figure(trips)} round trips: the answers before the last left some of the batch undone.`;
  }
  const limit = member(call.request, 'Limit');
  const why =
    typeof limit === 'number' ? `a page ends at ${items(limit)} (Limit)` : 'a page ends at 1 MB';
  return `Took ${figure(trips)} round trips for ${items(Math.max(itemsRead, kept))}: ${why}.`;
};

const fetched: Rule = ({ call, tables, itemsRead }) => {
  const index = member(call.request, 'IndexName');
  const [table] = tables;
  if (typeof index !== 'string' || !table || table.base.read === 0 || itemsRead === 0)
    return undefined;
  return `The index ${index} does not hold all that was asked for: fetching ${items(itemsRead)} from ${table.table} took ${amount(table.base.read, 0)} of ${amount(table.read, 0)}.`;
};

const amplified: Rule = ({ tables, write }) => {
  const shares = tables.flatMap((table) => table.indexes.filter((index) => index.write > 0));
  if (shares.length === 0) return undefined;
  const inIndexes = shares.reduce((total, index) => total + index.write, 0);
  const names = [...new Set(shares.map(({ index }) => index))];
  const which = names.length === 1 ? `the index ${names[0]}` : `${figure(names.length)} indexes`;
  return `Of ${amount(0, write)}, ${figure(inIndexes)} went to keep ${which} up to date.`;
};

const transacted: Rule = ({ call, read, write, itemsWritten, itemsRead }) => {
  if (!/^Transact|^ExecuteTransaction$/.test(call.operation)) return undefined;
  if (write > 0) {
    const actions = member(call.request, 'TransactItems');
    const checked = Array.isArray(actions)
      ? actions.filter((action) => member(action, 'ConditionCheck') !== undefined).length
      : 0;
    const checks = checked > 0 ? ` and ${figure(checked)} checked` : '';
    return `A transaction prepares, then commits, and pays for both: ${items(itemsWritten)} written${checks} for ${amount(0, write)}.`;
  }
  if (call.operation === 'TransactWriteItems' && read > 0) {
    return `The token was known: nothing is written again, and looking it up is billed as a read, ${amount(read, 0)}.`;
  }
  return read > 0
    ? `A transaction reads twice, and pays for both: ${items(itemsRead)} for ${amount(read, 0)}.`
    : undefined;
};

const large: Rule = ({ itemsWritten, itemsRead, read, write }) => {
  if (itemsWritten === 1 && write >= LARGE) {
    return `One large item: a write unit is 1 KB of it, so it takes ${amount(0, write)} each time, whatever changes.`;
  }
  return itemsRead === 1 && read >= LARGE
    ? `One large item: a read unit is 4 KB of it, so it takes ${amount(read, 0)} each time, whatever part is asked for.`
    : undefined;
};

const limited: Rule = ({ call, more, itemsRead }) => {
  const limit = member(call.request, 'Limit');
  return more && itemsRead > 0 && limit === itemsRead
    ? `Read no more than the ${items(itemsRead)} of its Limit; there may be more.`
    : undefined;
};

const keyed: Rule = ({ call, itemsRead, read, partitionKeys }) => {
  const { operation } = call;
  if (operation === 'GetItem') {
    return itemsRead === 1
      ? 'The key led straight to the item.'
      : `There is no such item; looking is billed all the same, ${amount(read, 0)}.`;
  }
  if (operation === 'Query') {
    const index = member(call.request, 'IndexName');
    const way = typeof index === 'string' ? `one partition key of ${index}` : 'one partition key';
    return itemsRead === 0
      ? `Nothing under ${way}; looking is billed all the same, ${amount(read, 0)}.`
      : `${way[0]?.toUpperCase()}${way.slice(1)} led straight to ${items(itemsRead)}.`;
  }
  return operation === 'BatchGetItem' && itemsRead > 1
    ? `One round trip for ${items(itemsRead)}${keys(partitionKeys)}, each billed as if it were read alone.`
    : undefined;
};

/** The rules for requests that went through. */
const RULES: readonly Rule[] = [
  filtered,
  scanned,
  paged,
  fetched,
  amplified,
  transacted,
  large,
  limited,
  keyed,
];

const figure = (value: number) =>
  (Math.round(value * 1000) / 1000).toLocaleString('en', { maximumFractionDigits: 3 });
const items = (value: number) => `${figure(value)} ${value === 1 ? 'item' : 'items'}`;
const keys = (value: number) => (value > 1 ? ` under ${figure(value)} partition keys` : '');

/** `0.5 RCU`, `8 WCU`; empty when nothing was consumed. */
function amount(read: number, write: number): string {
  const parts = [read > 0 ? `${figure(read)} RCU` : '', write > 0 ? `${figure(write)} WCU` : ''];
  return parts.filter(Boolean).join(' and ');
}
