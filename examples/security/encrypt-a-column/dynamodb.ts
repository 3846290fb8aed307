import {
  CreateTableCommand,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand,
  DynamoDBDocumentClient,
  QueryCommand,
} from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client);

// A toy in place of AES and HMAC, which this sandbox lacks. It is
// enough to see what ciphertext does to order. Real data need a
// library.
const bytes = (text: string) => new TextEncoder().encode(text);
/** Bytes that look random, the same for the same seed. */
const noise = (seed: string, length: number) => {
  let state = 2166136261;
  for (const byte of bytes(seed))
    state = Math.imul(state ^ byte, 16777619);
  return Uint8Array.from({ length }, () => {
    state = (state + 0x6d2b79f5) | 0;
    const mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    return (mixed ^ (mixed >>> 14)) & 255;
  });
};
const cover = (data: Uint8Array, seed: string) => {
  const over = noise(seed, data.length);
  return data.map((byte, n) => byte ^ (over[n] ?? 0));
};

/** Equal texts have equal fingerprints. */
const fingerprint = (text: string) =>
  noise(`key of the prints ${text}`, 16);
/** Eight bytes to check by, then the text, covered. */
const encrypt = (text: string, key: string) => {
  const tag = noise(key + text, 8);
  return new Uint8Array([
    ...tag,
    ...cover(bytes(text), key + tag),
  ]);
};
const decrypt = (data: Uint8Array, key: string) => {
  const tag = data.slice(0, 8);
  const plain = cover(data.slice(8), key + tag);
  const text = new TextDecoder().decode(plain);
  if (String(noise(key + text, 8)) !== String(tag))
    throw new Error('Wrong key or corrupt data');
  return text;
};

const makeTable = (TableName: string, type: 'S' | 'B') =>
  client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'Country', AttributeType: 'S' },
        { AttributeName: 'Phone', AttributeType: type },
      ],
      KeySchema: [
        { AttributeName: 'Country', KeyType: 'HASH' },
        { AttributeName: 'Phone', KeyType: 'RANGE' },
      ],
    }),
  );
const phoneOf = (n: number) =>
  `+44 20 7946 ${String(n).padStart(4, '0')}`;
const put = (table: string, Items: object[]) =>
  db.send(
    new BatchWriteCommand({
      RequestItems: {
        [table]: Items.map((Item) => ({
          PutRequest: { Item },
        })),
      },
    }),
  );
const begins = (
  TableName: string,
  start: string | Uint8Array,
) =>
  db.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression:
        'Country = :gb AND begins_with(Phone, :start)',
      ExpressionAttributeValues: {
        ':gb': 'GB',
        ':start': start,
      },
    }),
  );
// Ten that will be found, and ten that will not.
const ids = Array.from({ length: 20 }, (_, n) => 100 + n);

// step: In the clear
await makeTable('Contacts', 'S');
await put(
  'Contacts',
  ids.map((Id) => ({ Country: 'GB', Phone: phoneOf(Id), Id })),
);
await begins('Contacts', '+44 20 7946 010');

// step: Encrypted
await makeTable('Sealed', 'B');
const sealed = [];
for (const Id of ids) {
  const Phone = fingerprint(phoneOf(Id));
  const Secret = encrypt(phoneOf(Id), 'a long key');
  sealed.push({ Country: 'GB', Phone, Secret, Id });
}
await put('Sealed', sealed);
await begins('Sealed', bytes('+44 20 7946 010'));

// step: Find one again
const print = fingerprint('+44 20 7946 0104');
const { Items } = await begins('Sealed', print);
const secret = Items?.[0]?.Secret as Uint8Array;
console.log('decrypted:', decrypt(secret, 'a long key'));

// step: With another key
decrypt(secret, 'a short key');
