/** The outcomes of the two sides of a step, compared in a sentence. */
import { describe, expect, test } from 'vitest';
import { loadLab } from '../../../src/engine/lab/load.ts';
import { outcomeSentence } from '../../../src/engine/lab/outcome.ts';
import type {
  DynamoDBCall,
  DynamoDBStep,
  Json,
  LabRun,
  PostgresStep,
  StatementResult,
} from '../../../src/engine/lab/result.ts';

const PAIR = { dynamodb: 'Ask', postgres: 'Ask' };

const query = (...Items: Json[]): DynamoDBCall => ({
  operation: 'Query',
  request: {},
  status: 200,
  response: { Items },
  metering: {
    tables: [],
    partitionKeys: 1,
    itemsRead: Items.length,
    itemsReturned: Items.length,
    itemsWritten: 0,
  },
});
const select = (names: string[], ...rows: Array<Array<string | null>>): StatementResult => ({
  sql: '',
  line: 1,
  tag: `SELECT ${rows.length}`,
  columns: names.map((name) => ({ name, type: 'text' })),
  rows,
  rowCount: rows.length,
  notices: [],
});
const order = (OrderID: string, Amount: string): Json => ({
  OrderID: { S: OrderID },
  Amount: { N: Amount },
});

function sentence(calls: DynamoDBCall[], statements: StatementResult[]): string | undefined {
  const left: DynamoDBStep = { name: 'Ask', status: 'ok', calls, console: [] };
  const right: PostgresStep = { name: 'Ask', status: 'ok', statements };
  return outcomeSentence(PAIR, { dynamodb: { steps: [left] }, postgres: { steps: [right] } });
}

describe('rows and items', () => {
  test('are the same when names and values agree, whatever their spelling and order', () => {
    expect(
      sentence(
        [query(order('O1', '99.5')), query(order('O2', '7'))],
        [select(['amount', 'order_id'], ['7.00', 'O2'], ['99.50', 'O1'])],
      ),
    ).toBe(
      'The same 2 rows; DynamoDB needed 2 requests and read 2 items, PostgreSQL one statement and 0 buffers.',
    );
  });

  test('are only counted when a value differs, or nothing has the same name', () => {
    const items = [query(order('O1', '99.5'))];
    expect(sentence(items, [select(['order_id', 'amount'], ['O1', '99'])])).toMatch(
      /^1 item, 1 row;/,
    );
    expect(sentence(items, [select(['count'], ['1'])])).toMatch(/^1 item, 1 row;/);
  });

  test('are set against each other when there are more of one', () => {
    expect(sentence([query(order('O1', '1'))], [select(['order_id'])])).toMatch(
      /^1 item against 0 rows;/,
    );
    expect(sentence([query()], [select(['order_id'])])).toMatch(/^Neither finds anything;/);
  });

  test('are not spoken of when a side only writes', () => {
    expect(
      sentence([query()], [{ ...select([]), tag: 'CREATE INDEX', columns: [] }]),
    ).toBeDefined();
    const { columns: _, rows: __, ...command } = select([]);
    expect(sentence([query()], [command])).toMatch(/^DynamoDB needed one request, PostgreSQL/);
  });
});

describe('a recorded lab', () => {
  const recorded = async (id: string, step: string) => {
    const { expected } = await loadLab(id);
    return outcomeSentence({ dynamodb: step, postgres: step }, expected);
  };

  test('that reads more than it returns says so', async () => {
    expect(await recorded('dynamodb-engine/partiql-is-not-sql', 'Ask without it')).toMatch(
      /^The same 6 rows; DynamoDB needed one request and read 1,000 items, PostgreSQL one statement, which read 1,000 rows in \d+ buffers\.$/,
    );
  });

  test('that one side refuses says which, and nothing of a cost that is not known', async () => {
    expect(await recorded('core-architecture/who-says-no', 'A customer who does not exist')).toBe(
      'PostgreSQL refuses it (23503), DynamoDB does not.',
    );
    expect(await recorded('acid-transactions/place-order', 'Try again with none left')).toBe(
      'Both refuse it (TransactionCanceledException, P0001).',
    );
  });

  test('says nothing of a step that did not come to its end, or is on one side only', async () => {
    const { expected } = await loadLab('acid-transactions/place-order');
    const step = expected.postgres?.steps[0] as PostgresStep;
    const stopped: LabRun = { ...expected, postgres: { steps: [{ ...step, status: 'stopped' }] } };
    const pair = { dynamodb: step.name, postgres: step.name };
    expect(outcomeSentence(pair, expected)).toMatch(/^DynamoDB needed one request and wrote 3/);
    expect(outcomeSentence(pair, stopped)).toBeUndefined();
    expect(outcomeSentence({ ...pair, postgres: 'nowhere' }, expected)).toBeUndefined();
  });
});
