/**
 * All tables of a DynamoDB as lines of JSON, and back. Each table is a line `{"Table": request}` with the
 * parameters of its CreateTable, and then its items, a line each as in an export to S3: `{"Item": ...}`.
 *
 * Kept are keys, indexes, throughput, streams being on, the table's class, deletion protection and Time to
 * Live; not kept are records of streams, backups, tags, policies and replicas.
 */
import type { DynamoDB } from '../../.generated/dynamodb/engine.js';
import type { Json } from './lab/result.ts';

type Fields = { [name: string]: Json };

/** Parameters of CreateTable that DescribeTable answers under the same name. */
const SAME = [
  'TableName',
  'AttributeDefinitions',
  'KeySchema',
  'StreamSpecification',
  'DeletionProtectionEnabled',
  'OnDemandThroughput',
];
/** What an index has of them. */
const SAME_OF_INDEX = ['IndexName', 'KeySchema', 'Projection', 'OnDemandThroughput'];

const SAME_OF_VECTOR_INDEX = [
  'IndexName',
  'SearchSchema',
  'Projection',
  'VectorAttribute',
  'Dimensions',
  'DistanceFunction',
];

/** The lines of all tables. */
export function dumpTables(engine: DynamoDB): string {
  const lines: string[] = [];
  for (const name of tableNames(engine)) {
    const table = answer(engine, 'DescribeTable', { TableName: name })['Table'] as Fields;
    const { TimeToLiveDescription: ttl } = answer(engine, 'DescribeTimeToLive', {
      TableName: name,
    });
    const attribute = (ttl as Fields | undefined)?.['AttributeName'];
    lines.push(
      JSON.stringify({
        Table: requestOf(table),
        ...(attribute !== undefined && { TimeToLive: attribute }),
      }),
      ...engine.exportTable(name),
    );
  }
  return `${lines.join('\n')}\n`;
}

/**
 * Makes the tables of such lines in an engine without any.
 * @throws {Error} that names the table and the line.
 */
export function loadDump(engine: DynamoDB, text: string): void {
  let table: { request: { TableName: string }; ttl: Json | undefined; items: string[] } | undefined;
  const load = () => {
    if (!table) return;
    const { request, ttl, items } = table;
    engine.importTable(request, items);
    if (ttl === undefined) return;
    answer(engine, 'UpdateTimeToLive', {
      TableName: request.TableName,
      TimeToLiveSpecification: { AttributeName: ttl, Enabled: true },
    });
  };
  for (const line of text.split('\n')) {
    if (line.startsWith('{"Table":')) {
      load();
      const { Table: request, TimeToLive: ttl } = JSON.parse(line) as Fields;
      table = { request: request as unknown as { TableName: string }, ttl, items: [] };
    } else if (line !== '') table?.items.push(line);
  }
  load();
}

function tableNames(engine: DynamoDB): string[] {
  const names: string[] = [];
  let last: Json | undefined;
  do {
    const page = answer(
      engine,
      'ListTables',
      last === undefined ? {} : { ExclusiveStartTableName: last },
    );
    names.push(...(page['TableNames'] as string[]));
    last = page['LastEvaluatedTableName'];
  } while (last !== undefined);
  return names;
}

function answer(engine: DynamoDB, operation: string, request: Fields): Fields {
  const { status, body } = engine.handle(operation, request);
  if (status !== 200) throw new Error(`${operation}: ${JSON.stringify(body)}`);
  return body;
}

const picked = (from: Fields, names: readonly string[]): Fields =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = from[name];
      return value === undefined || value === null || value === false ? [] : [[name, value]];
    }),
  );

function requestOf(table: Fields): Fields {
  const { BillingModeSummary: billing, TableClassSummary: tableClass } = table as Record<
    string,
    Fields | undefined
  >;
  const isOnDemand = billing?.['BillingMode'] === 'PAY_PER_REQUEST';
  const throughput = (of: Fields): Fields => {
    const { ReadCapacityUnits = 1, WriteCapacityUnits = 1 } = (of['ProvisionedThroughput'] ??
      {}) as Fields;
    return isOnDemand ? {} : { ProvisionedThroughput: { ReadCapacityUnits, WriteCapacityUnits } };
  };
  const indexes = (kind: string, read: (index: Fields) => Fields): Fields => {
    const list = table[kind] as Fields[] | undefined;
    return list && list.length > 0 ? { [kind]: list.map(read) } : {};
  };
  return {
    ...picked(table, SAME),
    BillingMode: isOnDemand ? 'PAY_PER_REQUEST' : 'PROVISIONED',
    ...throughput(table),
    ...(tableClass?.['TableClass'] !== undefined && { TableClass: tableClass['TableClass'] }),
    ...indexes('GlobalSecondaryIndexes', (index) => ({
      ...picked(index, SAME_OF_INDEX),
      ...throughput(index),
    })),
    ...indexes('LocalSecondaryIndexes', (index) => picked(index, SAME_OF_INDEX)),
    ...indexes('VectorIndexes', (index) => picked(index, SAME_OF_VECTOR_INDEX)),
  };
}
