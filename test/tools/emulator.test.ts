/** The emulator over HTTP: what clients see of DynamoDB's protocol around the operations. */
import { createHash } from 'node:crypto';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { crc32, gunzipSync, gzipSync } from 'node:zlib';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDynamoDB } from '../../.generated/dynamodb/engine.js';
import { type EmulatorServer, serveEmulator } from '../../tools/lib/emulator.ts';

const AUTHORIZATION =
  'AWS4-HMAC-SHA256 Credential=any/20260101/eu-west-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0';
const JSON_1_0 = 'application/x-amz-json-1.0';
const signed = { authorization: AUTHORIZATION, 'x-amz-date': '20260101T000000Z' };

const engine = createDynamoDB();
let server: EmulatorServer;

beforeAll(async () => {
  engine.load(
    [
      {
        TableName: 'Things',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      } as never,
    ],
    { Things: [{ pk: { S: 'a' }, text: { S: 'é'.repeat(5000) } }] },
  );
  server = await serveEmulator(engine, 0);
});
afterAll(() => server.close());

interface Sent {
  status: number;
  headers: IncomingMessage['headers'];
  bytes: Buffer;
  text: string;
}

/** Sends a request as it is given, and reads the answer as it comes. */
function send(
  method: string,
  headers: Record<string, string>,
  body: string | Buffer = '',
  path = '/',
): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(`${server.url}${path}`, { method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const bytes = Buffer.concat(chunks);
        const { statusCode = 0, headers: received } = response;
        resolve({ status: statusCode, headers: received, bytes, text: bytes.toString() });
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** A signed request of that operation. */
function post(operation: string, body: unknown, headers: Record<string, string> = {}) {
  const target = operation.includes('.') ? operation : `DynamoDB_20120810.${operation}`;
  return send(
    'POST',
    { 'content-type': JSON_1_0, 'x-amz-target': target, ...signed, ...headers },
    typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body),
  );
}

const errorOf = ({ status, text }: Sent) => [
  status,
  (JSON.parse(text).__type as string).split('#')[1],
];
const scan = { TableName: 'Things' };

describe('an answer', () => {
  it('is JSON with its checksum, length and the id of its request', async () => {
    const { status, headers, bytes, text } = await post('ListTables', {});
    expect([status, JSON.parse(text)]).toEqual([200, { TableNames: ['Things'] }]);
    expect(headers['content-type']).toBe(JSON_1_0);
    expect(headers['x-amz-crc32']).toBe(String(crc32(bytes)));
    expect(headers['content-length']).toBe(String(bytes.length));
    expect(headers['x-amzn-requestid']).toMatch(/^[0-9A-Z]{52}$/);
    const again = await post('ListTables', {});
    expect(again.headers['x-amzn-requestid']).not.toBe(headers['x-amzn-requestid']);
  });

  it('has the type of its request, of the two that there are', async () => {
    const headers = { 'content-type': 'application/json; charset=utf-8' };
    const { headers: answered } = await post('ListTables', {}, headers);
    expect(answered['content-type']).toBe('application/json');
  });

  it('is compressed when it is large and the client accepts that; the checksum is that of what is sent', async () => {
    const plain = await post('Scan', scan);
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(JSON.parse(plain.text).Count).toBe(1);
    for (const accepted of ['gzip', 'br, gzip;q=0.5', 'GZIP']) {
      const { headers, bytes } = await post('Scan', scan, { 'accept-encoding': accepted });
      expect(headers['content-encoding']).toBe('gzip');
      expect(headers['x-amz-crc32']).toBe(String(crc32(bytes)));
      expect(gunzipSync(bytes).toString()).toBe(plain.text);
    }
    for (const accepted of ['br', 'gzip;q=0', '*;q=0', '']) {
      const { headers } = await post('Scan', scan, { 'accept-encoding': accepted });
      expect(headers['content-encoding']).toBeUndefined();
    }
    const small = await post('ListTables', {}, { 'accept-encoding': 'gzip' });
    expect(small.headers['content-encoding']).toBeUndefined();
  });

  it('has the status that the engine gives', async () => {
    const world = createDynamoDB({ world: { faults: { schedule: [{ request: 1 }] } } as never });
    const other = await serveEmulator(world, 0);
    const ask = () =>
      fetch(other.url, {
        method: 'POST',
        headers: {
          'content-type': JSON_1_0,
          'x-amz-target': 'DynamoDB_20120810.ListTables',
          ...signed,
        },
        body: '{}',
      });
    const [first, second] = [await ask(), await ask()];
    await other.close();
    expect([first.status, second.status]).toEqual([500, 200]);
  });
});

describe('a request', () => {
  it('may come compressed', async () => {
    const body = gzipSync(JSON.stringify(scan));
    const { status, text } = await post('Scan', body, { 'content-encoding': 'gzip' });
    expect([status, JSON.parse(text).Count]).toEqual([200, 1]);
    const broken = await post('Scan', body.subarray(0, 20), { 'content-encoding': 'gzip' });
    expect(errorOf(broken)).toEqual([400, 'SerializationException']);
    const unknown = await post('Scan', body, { 'content-encoding': 'br' });
    expect(errorOf(unknown)).toEqual([400, 'SerializationException']);
  });

  it('must be JSON in UTF-8', async () => {
    for (const body of [
      'hi',
      '',
      '{"TableName": "Things"',
      Buffer.from('{"a":"\xff"}', 'latin1'),
    ]) {
      expect(errorOf(await post('Scan', body))).toEqual([400, 'SerializationException']);
    }
  });

  it('may have 16 MB and no more, compressed or not', async () => {
    const most = 16 * 1024 * 1024;
    const padded = (bytes: number) => `{}${' '.repeat(bytes - 2)}`;
    expect((await post('ListTables', padded(most))).status).toBe(200);
    for (const [body, headers] of [
      [padded(most + 1), {}],
      [padded(40_000_000), {}],
      [gzipSync(padded(most + 1)), { 'content-encoding': 'gzip' }],
      [gzipSync(padded(400_000_000)), { 'content-encoding': 'gzip' }],
    ] as Array<[string | Buffer, Record<string, string>]>) {
      const { status, text } = await post('ListTables', body, headers);
      expect([status, text]).toEqual([413, '']);
    }
    expect((await post('ListTables', {})).status).toBe(200);
  });

  it('may come in pieces, slowly, and several on one connection', async () => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    const head = `POST / HTTP/1.1\r\nHost: x\r\nContent-Type: ${JSON_1_0}\r\nX-Amz-Target: DynamoDB_20120810.ListTables\r\nX-Amz-Date: x\r\nAuthorization: ${AUTHORIZATION}\r\n`;
    let received = '';
    const answers = new Promise<void>((resolve) => {
      socket.on('data', (chunk: Buffer) => {
        received += chunk.toString();
        if (received.split('TableNames').length === 3) resolve();
      });
    });
    const pieces = [
      head,
      'Transfer-Encoding: chunked\r\n\r\n',
      '1\r\n{\r\n',
      '1\r\n}\r\n0\r\n\r\n',
    ];
    pieces.push(`${head}Content-Length: 2\r\n\r\n{`, '}');
    for (const piece of pieces) {
      socket.write(piece);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await answers;
    socket.destroy();
    expect(received.match(/HTTP\/1.1 200 OK/g)).toHaveLength(2);
  });

  it('that is never finished harms nobody', async () => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"TableName"');
    await new Promise((resolve) => socket.once('connect', resolve));
    socket.destroy();
    expect((await post('ListTables', {})).status).toBe(200);
  });
});

describe('a request that is none of DynamoDB', () => {
  const page = '<UnknownOperationException/>\n';

  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS'])('gets 404: %s', async (method) => {
    const { status, text, headers } = await send(method, {});
    expect([status, text, headers['x-amz-crc32']]).toEqual([404, page, '3552371480']);
  });

  it.each(['', 'text/plain', 'application/x-amz-json-1.1', 'application/jsonp'])(
    'gets 404 with a body of another type: %s',
    async (type) => {
      const { status, text } = await send('POST', type ? { 'content-type': type } : {}, '{}');
      expect([status, text]).toEqual([404, page]);
    },
  );

  it('may ask whether all is well', async () => {
    const { status, text } = await send('GET', {});
    expect([status, text]).toEqual([200, 'healthy: dynamodb.us-east-1.amazonaws.com ']);
    const { status: headStatus, bytes } = await send('HEAD', {});
    expect([headStatus, bytes.length]).toEqual([200, 0]);
  });
});

describe('the target', () => {
  it.each([
    ['', 'UnknownOperationException'],
    ['whatever', 'UnknownOperationException'],
    ['DynamoDB_20120810', 'UnknownOperationException'],
    ['DynamoDB_20120810.ListTable', 'UnknownOperationException'],
    ['DynamoDB_20120810.ListTables.x', 'UnknownOperationException'],
    ['DynamoDB_20111205.ListTables', 'UnknownOperationException'],
    ['__proto__.ListTables', 'UnknownOperationException'],
    ['DynamoDB_20120810.constructor', 'UnknownOperationException'],
    ['DynamoDB_20120810.ListStreams', 'UnknownOperationException'],
    ['DynamoDBStreams_20120810.ListTables', 'UnknownOperationException'],
  ])('must be an operation of one of the two APIs: %s', async (target, name) => {
    const headers = { 'content-type': JSON_1_0, 'x-amz-target': target };
    expect(errorOf(await send('POST', { ...headers, ...signed }, '{}'))).toEqual([400, name]);
    expect(errorOf(await send('POST', headers, '{}'))).toEqual([400, name]);
  });

  it('may be of DynamoDB Streams', async () => {
    const { status, text } = await post('DynamoDBStreams_20120810.ListStreams', {});
    expect([status, JSON.parse(text)]).toEqual([200, { Streams: [] }]);
  });

  it('that DynamoDB has and this engine has not is refused by name', async () => {
    const { status, text } = await post('ImportTable', {});
    expect([status, JSON.parse(text).message]).toEqual([
      400,
      'ImportTable is an operation of DynamoDB that this emulator does not have.',
    ]);
  });
});

describe('the signature', () => {
  const unsigned = { 'content-type': JSON_1_0, 'x-amz-target': 'DynamoDB_20120810.ListTables' };
  const ask = async (headers: Record<string, string>, path = '/') => {
    const { text } = await send('POST', { ...unsigned, ...headers }, '{}', path);
    const { __type, message } = JSON.parse(text);
    return `${__type?.split('#')[1]}: ${message}`;
  };

  it('must be there', async () => {
    const missing = 'MissingAuthenticationTokenException: Request is missing Authentication Token';
    expect(await ask({})).toBe(missing);
    expect(await ask({ authorization: 'Basic x' })).toBe(missing);
    expect(await ask({}, '/?X-Amz-Credential=a&X-Amz-Signature=b')).toBe(missing);
  });

  it('must be complete', async () => {
    expect(await ask({ authorization: 'AWS4-' })).toBe(
      "IncompleteSignatureException: Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. Authorization=AWS4-",
    );
    expect(
      await ask({}, '/?X-Amz-Algorithm=a&X-Amz-Credential=b&X-Amz-Signature=c&X-Amz-Date=d'),
    ).toBe(
      "IncompleteSignatureException: AWS query-string parameters must include 'X-Amz-SignedHeaders'. Re-examine the query-string parameters.",
    );
  });

  it('must be in one place', async () => {
    expect(await ask(signed, '/?X-Amz-Algorithm=a')).toBe(
      "InvalidSignatureException: Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.",
    );
  });

  it('is not checked: any credentials will do, also in the query', async () => {
    const query = ['Algorithm', 'Credential', 'Signature', 'SignedHeaders', 'Date'];
    const path = `/?${query.map((name) => `X-Amz-${name}=x`).join('&')}`;
    const { status } = await send('POST', unsigned, '{}', path);
    expect(status).toBe(200);
  });
});

describe('a page of another origin', () => {
  const origin = { origin: 'https://example.org' };

  it('may ask beforehand', async () => {
    const { status, headers, text } = await send('OPTIONS', {
      ...origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,x-amz-target',
      'access-control-request-private-network': 'true',
    });
    expect([status, text]).toEqual([200, '']);
    expect(headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'authorization,x-amz-target',
      'access-control-allow-private-network': 'true',
      'access-control-max-age': '172800',
    });
  });

  it('may read answers and errors', async () => {
    for (const operation of ['ListTables', 'Nonsense']) {
      const { headers } = await post(operation, {}, origin);
      expect(headers['access-control-allow-origin']).toBe('*');
    }
    const { headers } = await post('ListTables', {});
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });
});

describe('the server', () => {
  it('says that its port is taken', async () => {
    const port = Number(new URL(server.url).port);
    await expect(serveEmulator(engine, port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('answers what is under way before it closes', async () => {
    const other = await serveEmulator(engine, 0);
    const socket = connect(Number(new URL(other.url).port), '127.0.0.1');
    let received = '';
    socket.on('data', (chunk: Buffer) => {
      received += chunk.toString();
    });
    const ended = new Promise((resolve) => socket.once('close', resolve));
    const headers = { 'content-type': JSON_1_0, 'x-amz-target': 'DynamoDB_20120810.ListTables' };
    const lines = Object.entries({ host: 'x', 'content-length': '2', ...headers, ...signed });
    const head = lines.map(([name, value]) => `${name}: ${value}`).join('\r\n');
    socket.write(`POST / HTTP/1.1\r\n${head}\r\nexpect: 100-continue\r\n\r\n`);
    await new Promise((resolve) => socket.once('data', resolve));
    const closing = other.close();
    socket.write('{}');
    await Promise.all([closing, ended]);
    expect(received).toContain('"TableNames":["Things"]');
    await expect(fetch(other.url)).rejects.toThrow();
  });

  it('gives large answers to the SDK whole', async () => {
    const client = new DynamoDBClient({
      endpoint: server.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    });
    const { Items } = await client.send(new ScanCommand(scan));
    client.destroy();
    const sum = (text = '') => createHash('sha1').update(text).digest('hex');
    expect(sum(Items?.[0]?.text?.S)).toBe(sum('é'.repeat(5000)));
  });
});
