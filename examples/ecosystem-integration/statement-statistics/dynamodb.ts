import {
  type ConsumedCapacity,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const ReturnConsumedCapacity = 'TOTAL';

/** The ledger that nobody keeps for you: calls and units. */
const ledger = new Map<
  string,
  { calls: number; units: number }
>();
function book(name: string, bill?: ConsumedCapacity) {
  const line = ledger.get(name) ?? { calls: 0, units: 0 };
  line.calls += 1;
  line.units += bill?.CapacityUnits ?? 0;
  ledger.set(name, line);
}

// step: A morning's work
for (const ProductID of ['P9001', 'P9012', 'P9020']) {
  const read = await db.send(
    new GetCommand({
      TableName: 'Inventory',
      Key: { ProductID },
      ReturnConsumedCapacity,
    }),
  );
  book('look up stock', read.ConsumedCapacity);
}
const taken = await db.send(
  new UpdateCommand({
    TableName: 'Inventory',
    Key: { ProductID: 'P9001' },
    UpdateExpression: 'SET Stock = Stock - :one',
    ExpressionAttributeValues: { ':one': 1 },
    ReturnConsumedCapacity,
  }),
);
book('take stock', taken.ConsumedCapacity);
const views = await db.send(
  new ScanCommand({
    TableName: 'PageViews',
    FilterExpression: 'PostID = :first',
    ExpressionAttributeValues: { ':first': 1 },
    Select: 'COUNT',
    ReturnConsumedCapacity,
  }),
);
book('count views', views.ConsumedCapacity);

// step: Who did the work?
for (const [name, { calls, units }] of ledger) {
  console.log(`${name}: ${calls} calls, ${units} units`);
}
