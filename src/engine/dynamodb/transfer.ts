/** Tables as DynamoDB JSON: one item a line, in the form of DynamoDB's exports to and imports from Amazon S3. */
import type { Json } from '../lab/result.ts';
import { loadItem, type TableRequest } from './load.ts';
import { createTable } from './operations/create-table.ts';
import type { Context } from './operations/operation.ts';

/**
 * The items of a table, each as the text of a line: `{"Item":{"pk":{"S":"a"}}}`. They are those of the moment of the
 * call, whatever is written while they are read. Throws an Error when there is no such table.
 * Source: DynamoDB Developer Guide, "DynamoDB table export output format".
 */
export function exportTable(name: string, { store }: Context): Iterable<string> {
  if (!store.has(name)) throw new Error(`cannot export table ${name}: there is none`);
  const items = store.table(name).items.clone();
  return {
    *[Symbol.iterator]() {
      for (const { text } of items.values()) yield `{"Item":${text}}`;
    },
  };
}

/**
 * Makes a table and fills it with the items of such lines, each checked as PutItem checks it. Of items with one key
 * the last remains; empty lines are passed over. Throws an Error that names the line, and then there is no table.
 * Source: DynamoDB Developer Guide, "Amazon S3 import formats for DynamoDB".
 */
export function importTable(
  request: TableRequest,
  lines: string | Iterable<string>,
  context: Context,
): void {
  const { TableName: name } = request;
  const before = context.store.snapshot();
  let place = '';
  try {
    createTable(request as unknown as Json, { ...context, world: undefined });
    let number = 0;
    for (const line of typeof lines === 'string' ? linesOf(lines) : lines) {
      number++;
      place = `, line ${number}`;
      if (line.trim() !== '') loadItem(name, itemOf(line), context);
    }
  } catch (error) {
    context.store.restore(before);
    throw new Error(`cannot import table ${name}${place}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

function* linesOf(text: string): Generator<string> {
  let begin = 0;
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', begin)) {
    yield text.slice(begin, end);
    begin = end + 1;
  }
  if (begin < text.length) yield text.slice(begin);
}

function itemOf(line: string): { [attribute: string]: Json } {
  const { Item: item } = (JSON.parse(line) ?? {}) as { Item?: Json };
  if (typeof item !== 'object' || item === null || Array.isArray(item)) {
    throw new Error('a line must be an object whose member Item is an item: {"Item":{...}}');
  }
  return item;
}
