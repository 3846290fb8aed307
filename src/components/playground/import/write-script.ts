/** An import into DynamoDB as a file: CreateTable, and BatchWriteItem until nothing is left over. */
import { type Attribute, type Item, isNull, textOf } from './attributes.ts';
import type { Kind } from './kinds.ts';
import { type Plan, ROW_NUMBER, rowNumberName } from './plan.ts';
import type { Records } from './records.ts';

/** The text of the file. The plan has no problems. */
export function writeScript({ names, rows }: Records, plan: Plan): string {
  const { table, key = ROW_NUMBER, sort, kinds, makes, source } = plan;
  const numbered = key === ROW_NUMBER ? rowNumberName('dynamodb', names) : undefined;
  const items = rows.map((row, index) => ({
    ...(numbered !== undefined && { [numbered]: { N: String(index + 1) } }),
    ...itemFor(row, kinds),
  }));
  const keys = [numbered ?? key, ...(sort === undefined ? [] : [sort])];
  const hasBytes = items.some((item) => /\{"BS?":/.test(JSON.stringify(item)));
  const written = items.map((item) => `  ${hasBytes ? withBytes(item) : JSON.stringify(item)},`);
  const parts = [
    `// From ${source.replace(/\s+/g, ' ')}: ${rows.length} items. Runs first, every time.`,
    'import {',
    '  type AttributeValue,',
    '  BatchWriteItemCommand,',
    ...(makes ? ['  CreateTableCommand,'] : []),
    '  DynamoDBClient,',
    '  type WriteRequest,',
    "} from '@aws-sdk/client-dynamodb';",
    '',
    'const db = new DynamoDBClient({});',
    `const TableName = ${JSON.stringify(table)};`,
    '',
    ...(makes ? createTable(keys, items) : []),
    ...(hasBytes
      ? [
          'const bytes = (base64: string) =>',
          '  Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));',
          '',
        ]
      : []),
    'const items: Record<string, AttributeValue>[] = [',
    ...written,
    '];',
    '',
    '// A request takes 25 items at most, and hands back those that it did not come to.',
    'for (let from = 0; from < items.length; from += 25) {',
    '  let left: WriteRequest[] = items.slice(from, from + 25).map((Item) => ({ PutRequest: { Item } }));',
    '  while (left.length > 0) {',
    '    const batch = new BatchWriteItemCommand({ RequestItems: { [TableName]: left } });',
    '    left = (await db.send(batch)).UnprocessedItems?.[TableName] ?? [];',
    '  }',
    '}',
  ];
  return `${parts.join('\n')}\n`;
}

function createTable(keys: readonly string[], items: readonly Item[]): string[] {
  const typeOf = (name: string) => Object.keys(items[0]?.[name] ?? { S: '' })[0];
  const definitions = keys.map(
    (name) => `    { AttributeName: ${JSON.stringify(name)}, AttributeType: '${typeOf(name)}' },`,
  );
  const schema = keys.map(
    (name, index) =>
      `    { AttributeName: ${JSON.stringify(name)}, KeyType: '${index === 0 ? 'HASH' : 'RANGE'}' },`,
  );
  return [
    'await db.send(',
    '  new CreateTableCommand({',
    '    TableName,',
    '    AttributeDefinitions: [',
    ...definitions.map((line) => `  ${line}`),
    '    ],',
    '    KeySchema: [',
    ...schema.map((line) => `  ${line}`),
    '    ],',
    "    BillingMode: 'PAY_PER_REQUEST',",
    '  }),',
    ');',
    '',
  ];
}

function itemFor(row: Item, kinds: ReadonlyMap<string, Kind>): Item {
  const entries = Object.entries(row).map(([name, value]): [string, Attribute] => {
    const kind = kinds.get(name) ?? 'given';
    if (kind === 'given' || isNull(value)) return [name, value];
    const text = textOf(value);
    if (kind === 'numeric') return [name, { N: text }];
    return [name, kind === 'boolean' ? { BOOL: text.toLowerCase() === 'true' } : { S: text }];
  });
  return Object.fromEntries(entries);
}

/** DynamoDB's JSON has bytes as Base64, the SDK has them as bytes. */
function withBytes(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(withBytes).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([name, inner]) => {
    const base64 = (text: unknown) => `bytes(${JSON.stringify(text)})`;
    if (name === 'B' && typeof inner === 'string') return `"B":${base64(inner)}`;
    if (name === 'BS' && Array.isArray(inner) && inner.every((each) => typeof each === 'string')) {
      return `"BS":[${inner.map(base64).join(',')}]`;
    }
    return `${JSON.stringify(name)}:${withBytes(inner)}`;
  });
  return `{${fields.join(',')}}`;
}
