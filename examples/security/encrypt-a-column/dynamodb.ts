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
const { subtle } = crypto;

const bytes = (text: string) => new TextEncoder().encode(text);
const sign = { name: 'HMAC', hash: 'SHA-256' };
const aes = (secret: string) =>
  subtle.importKey('raw', bytes(secret), 'AES-GCM', false, [
    'encrypt',
    'decrypt',
  ]);
const key = await aes('for the numbers, 32 bytes long!!');
const printKey = await subtle.importKey(
  'raw',
  bytes('for the fingerprints'),
  sign,
  false,
  ['sign'],
);

/** Equal texts have equal fingerprints. */
const fingerprint = async (text: string) =>
  new Uint8Array(
    await subtle.sign(sign, printKey, bytes(text)),
  );
/** Twelve bytes, then the text under AES-256. */
const encrypt = async (text: string) => {
  // A library draws them; these come from the text, so that
  // the lab is the same in every run.
  const iv = (await fingerprint(`iv ${text}`)).slice(0, 12);
  const how = { name: 'AES-GCM', iv };
  const sealed = await subtle.encrypt(how, key, bytes(text));
  return new Uint8Array([...iv, ...new Uint8Array(sealed)]);
};
const decrypt = async (data: Uint8Array, with_ = key) => {
  const how = { name: 'AES-GCM', iv: data.slice(0, 12) };
  const text = await subtle.decrypt(how, with_, data.slice(12));
  return new TextDecoder().decode(text);
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
  const Phone = await fingerprint(phoneOf(Id));
  const Secret = await encrypt(phoneOf(Id));
  sealed.push({ Country: 'GB', Phone, Secret, Id });
}
await put('Sealed', sealed);
await begins('Sealed', bytes('+44 20 7946 010'));

// step: Find one again
const print = await fingerprint('+44 20 7946 0104');
const { Items } = await begins('Sealed', print);
const secret = Items?.[0]?.Secret as Uint8Array;
console.log('decrypted:', await decrypt(secret));

// step: With another key
await decrypt(
  secret,
  await aes('another key, also 32 bytes long!'),
);
