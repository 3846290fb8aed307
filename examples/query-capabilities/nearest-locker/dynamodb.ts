import {
  CreateTableCommand,
  DynamoDBClient,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand,
  DynamoDBDocumentClient,
  QueryCommand,
} from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client);

const here = { latitude: 51.462, longitude: 0.001 };
type Place = typeof here;

// Halves the world 25 times, by longitude and latitude in turn.
// Five bits make a letter; the cell is 3.0 by 4.9 km here.
const CELL = 360 / 2 ** 13;
function cellOf({ latitude, longitude }: Place) {
  const x = Math.floor((longitude + 180) / CELL);
  const y = Math.floor((latitude + 90) / CELL);
  let cell = '';
  for (let letter = 0; letter < 5; letter += 1) {
    let bits = 0;
    for (let bit = 5 * letter; bit < 5 * letter + 5; bit += 1) {
      const from = bit % 2 === 0 ? x : y;
      const place = (bit % 2 === 0 ? 12 : 11) - (bit >> 1);
      bits = 2 * bits + ((from >> place) & 1);
    }
    cell += '0123456789bcdefghjkmnpqrstuvwxyz'[bits];
  }
  return cell;
}

// Metres between two places, on a sphere.
function metres(a: Place, b: Place) {
  const rad = Math.PI / 180;
  const up = Math.sin(((b.latitude - a.latitude) * rad) / 2);
  const over = Math.sin(
    ((b.longitude - a.longitude) * rad) / 2,
  );
  const square =
    up ** 2 +
    Math.cos(a.latitude * rad) *
      Math.cos(b.latitude * rad) *
      over ** 2;
  return 2 * 6_371_009 * Math.asin(Math.sqrt(square));
}

async function lockersIn(cell: string) {
  const { Items = [] } = await db.send(
    new QueryCommand({
      TableName: 'Lockers',
      KeyConditionExpression: 'Cell = :cell',
      ExpressionAttributeValues: { ':cell': cell },
    }),
  );
  return Items as Array<Place & { Locker: number }>;
}

function tell(found: Array<Place & { Locker: number }>) {
  const near = found
    .map((locker) => ({ ...locker, far: metres(here, locker) }))
    .sort((a, b) => a.far - b.far);
  for (const { Locker, far } of near.slice(0, 3)) {
    console.log(`locker ${Locker}, ${Math.round(far)} m`);
  }
}

// step: Put the lockers on the map
await client.send(
  new CreateTableCommand({
    TableName: 'Lockers',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'Cell', AttributeType: 'S' },
      { AttributeName: 'Locker', AttributeType: 'N' },
    ],
    KeySchema: [
      { AttributeName: 'Cell', KeyType: 'HASH' },
      { AttributeName: 'Locker', KeyType: 'RANGE' },
    ],
  }),
);
await waitUntilTableExists(
  { client, minDelay: 1, maxWaitTime: 60 },
  { TableName: 'Lockers' },
);
for (let first = 1; first <= 100; first += 25) {
  const puts = Array.from({ length: 25 }, (_, index) => {
    const Locker = first + index;
    const north = ((Locker * 61) % 100) * 0.0016;
    const east = ((Locker * 37) % 100) * 0.0024;
    const place = {
      latitude: Number((51.4 + north).toFixed(4)),
      longitude: Number((-0.12 + east).toFixed(4)),
    };
    const Item = { Cell: cellOf(place), Locker, ...place };
    return { PutRequest: { Item } };
  });
  await db.send(
    new BatchWriteCommand({ RequestItems: { Lockers: puts } }),
  );
}

// step: Look in your own cell
const cell = cellOf(here);
const own = await lockersIn(cell); // = cell
console.log(`${own.length} lockers in ${cell}`);
tell(own); // = nearest

// step: Look for the nearest three
const around: Array<Place & { Locker: number }> = [];
for (const north of [-1, 0, 1]) {
  for (const east of [-1, 0, 1]) {
    const neighbour = cellOf({
      latitude: here.latitude + north * CELL,
      longitude: here.longitude + east * CELL,
    });
    around.push(...(await lockersIn(neighbour))); // = search "await lockersIn(neighbour)"
  }
}
console.log(`${around.length} lockers in nine cells`);
tell(around); // = nearest
