/** The requests that the emulators are measured with: the same texts of JSON for each of them. */

/** One kind of request; `text(i)` is the i-th one's body. */
export interface Workload {
  name: string;
  operation: string;
  /** How many requests a round measures. */
  requests: number;
  text(index: number): string;
}

/** Orders of one customer: the items that a Query answers. */
const IN_PARTITION = 100;

/** Visits the items in an order that looks like none. The step is prime to every table's size. */
const STRIDE = 7919;

/** The i-th item: about 300 bytes as DynamoDB counts them. */
export function item(index: number) {
  return {
    pk: { S: `CUSTOMER#${String(Math.floor(index / IN_PARTITION)).padStart(6, '0')}` },
    sk: { S: `ORDER#${String(index).padStart(8, '0')}` },
    status: { S: 'PLACED' },
    total: { N: String(index * 1.25) },
    express: { BOOL: index % 2 === 0 },
    tags: { SS: ['books', 'gift'] },
    address: { M: { city: { S: 'Zürich' }, zip: { S: '8000' } } },
    note: { S: 'n'.repeat(170) },
  };
}

/** The table that holds them. */
export const TABLE = {
  TableName: 'Orders',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'S' },
  ],
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
};

/** Bodies of BatchWriteItem that fill the table with `size` items. */
export function* fillingTexts(size: number): Generator<string> {
  for (let start = 0; start < size; start += 25) {
    const count = Math.min(25, size - start);
    const puts = Array.from({ length: count }, (_, offset) => ({
      PutRequest: { Item: item(start + offset) },
    }));
    yield JSON.stringify({ RequestItems: { [TABLE.TableName]: puts } });
  }
}

function key(index: number) {
  const { pk, sk } = item(index);
  return { pk, sk };
}

/** The workloads on a table of `size` items. */
export function workloads(size: number): Workload[] {
  const at = (index: number) => (index * STRIDE) % size;
  const body = (members: object) => JSON.stringify({ TableName: TABLE.TableName, ...members });
  return [
    {
      name: 'Put',
      operation: 'PutItem',
      requests: 5000,
      text: (index) => body({ Item: item(at(index)) }),
    },
    {
      name: 'Get',
      operation: 'GetItem',
      requests: 5000,
      text: (index) => body({ Key: key(at(index)) }),
    },
    {
      name: 'Update',
      operation: 'UpdateItem',
      requests: 5000,
      text: (index) =>
        body({
          Key: key(at(index)),
          UpdateExpression: 'SET #total = #total + :one, #status = :status',
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeNames: { '#total': 'total', '#status': 'status' },
          ExpressionAttributeValues: { ':one': { N: '1' }, ':status': { S: 'PAID' } },
        }),
    },
    {
      name: 'Query by key',
      operation: 'Query',
      requests: 5000,
      text: (index) =>
        body({
          KeyConditionExpression: 'pk = :pk AND sk = :sk',
          ExpressionAttributeValues: { ':pk': key(at(index)).pk, ':sk': key(at(index)).sk },
        }),
    },
    {
      name: 'Query 100',
      operation: 'Query',
      requests: 200,
      text: (index) =>
        body({
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': key(at(index)).pk },
        }),
    },
    {
      name: 'Scan 1000',
      operation: 'Scan',
      requests: 40,
      text: () => body({ Limit: 1000 }),
    },
  ];
}
