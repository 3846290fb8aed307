/** A dataset's schema as an editor completes it. For the build only. */
import { type DatasetSchema, type DynamoDBTables, tablesInSql } from './editor-schema.ts';

/** What is needed of a dataset's generate.ts. */
export interface Generator {
  generatePostgres(): string;
  generateDynamoDB(): {
    tables: ReadonlyArray<{ TableName: string; [parameter: string]: unknown }>;
    items: Record<string, ReadonlyArray<Record<string, unknown>>>;
  };
}

type KeySchema = ReadonlyArray<{ AttributeName: string }>;
type Index = { IndexName: string; KeySchema: KeySchema };

const keysOf = (schema: unknown) =>
  ((schema ?? []) as KeySchema).map(({ AttributeName }) => AttributeName);

/** The tables of both sides. */
export function datasetSchema({ generatePostgres, generateDynamoDB }: Generator): DatasetSchema {
  const { tables, items } = generateDynamoDB();
  const dynamodb: DynamoDBTables = {};
  for (const { TableName, KeySchema, ...parameters } of tables) {
    const indexes = ['GlobalSecondaryIndexes', 'LocalSecondaryIndexes'].flatMap(
      (kind) => (parameters[kind] ?? []) as Index[],
    );
    const keys = keysOf(KeySchema);
    const named = (items[TableName] ?? []).flatMap((item) => Object.keys(item));
    dynamodb[TableName] = {
      keys,
      indexes: Object.fromEntries(
        indexes.map((index) => [index.IndexName, keysOf(index.KeySchema)]),
      ),
      attributes: [...new Set([...keys, ...named])],
    };
  }
  return { postgres: tablesInSql(generatePostgres()), dynamodb };
}
