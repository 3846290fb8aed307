/** The emulator over HTTP: requests and answers as they are on the wire, and the server itself. */
import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { crc32, gunzipSync, gzipSync } from 'node:zlib';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDynamoDB } from '../../.generated/dynamodb/engine.js';
import { serveEmulator } from '../../tools/lib/emulator.ts';
import { AUTHORIZATION, errorOf, JSON_1_0, Served, scan, signed } from './emulator.support.ts';

const served = new Served();
beforeAll(() => served.open());
afterAll(() => served.close());

describe('an answer', () => {
  it('is JSON with its checksum, length and the id of its request', async () => {
    const { status, headers, bytes, text } = await served.post('ListTables', {});
    expect([status, JSON.parse(text)]).toEqual([200, { TableNames: ['Things'] }]);
    expect(headers['content-type']).toBe(JSON_1_0);
    expect(headers['x-amz-crc32']).toBe(String(crc32(bytes)));
    expect(headers['content-length']).toBe(String(bytes.length));
    expect(headers['x-amzn-requestid']).toMatch(/^[0-9A-Z]{52}$/);
    const again = await served.post('ListTables', {});
    expect(again.headers['x-amzn-requestid']).not.toBe(headers['x-amzn-requestid']);
  });

  it('has the type of its request, of the two that there are', async () => {
    const headers = { 'content-type': 'application/json; charset=utf-8' };
    const { headers: answered } = await served.post('ListTables', {}, headers);
    expect(answered['content-type']).toBe('application/json');
  });

  it('is compressed when it is large and the client accepts that; the checksum is that of what is sent', async () => {
    const plain = await served.post('Scan', scan);
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(JSON.parse(plain.text).Count).toBe(1);
    for (const accepted of ['gzip', 'br, gzip;q=0.5', 'GZIP']) {
      const { headers, bytes } = await served.post('Scan', scan, { 'accept-encoding': accepted });
      expect(headers['content-encoding']).toBe('gzip');
      expect(headers['x-amz-crc32']).toBe(String(crc32(bytes)));
      expect(gunzipSync(bytes).toString()).toBe(plain.text);
    }
    for (const accepted of ['br', 'gzip;q=0', '*;q=0', '']) {
      const { headers } = await served.post('Scan', scan, { 'accept-encoding': accepted });
      expect(headers['content-encoding']).toBeUndefined();
    }
    const small = await served.post('ListTables', {}, { 'accept-encoding': 'gzip' });
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
    const { status, text } = await served.post('Scan', body, { 'content-encoding': 'gzip' });
    expect([status, JSON.parse(text).Count]).toEqual([200, 1]);
    const broken = await served.post('Scan', body.subarray(0, 20), { 'content-encoding': 'gzip' });
    expect(errorOf(broken)).toEqual([400, 'SerializationException']);
    const unknown = await served.post('Scan', body, { 'content-encoding': 'br' });
    expect(errorOf(unknown)).toEqual([400, 'SerializationException']);
  });

  it('must be JSON in UTF-8', async () => {
    for (const body of [
      'hi',
      '',
      '{"TableName": "Things"',
      Buffer.from('{"a":"\xff"}', 'latin1'),
    ]) {
      expect(errorOf(await served.post('Scan', body))).toEqual([400, 'SerializationException']);
    }
  });

  it('may have 16 MB and no more, compressed or not', async () => {
    const most = 16 * 1024 * 1024;
    const padded = (bytes: number) => `{}${' '.repeat(bytes - 2)}`;
    expect((await served.post('ListTables', padded(most))).status).toBe(200);
    for (const [body, headers] of [
      [padded(most + 1), {}],
      [padded(40_000_000), {}],
      [gzipSync(padded(most + 1)), { 'content-encoding': 'gzip' }],
      [gzipSync(padded(400_000_000)), { 'content-encoding': 'gzip' }],
    ] as Array<[string | Buffer, Record<string, string>]>) {
      const { status, text } = await served.post('ListTables', body, headers);
      expect([status, text]).toEqual([413, '']);
    }
    expect((await served.post('ListTables', {})).status).toBe(200);
  });

  it('may come in pieces, slowly, and several on one connection', async () => {
    const socket = connect(served.port, '127.0.0.1');
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
    const socket = connect(served.port, '127.0.0.1');
    socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"TableName"');
    await new Promise((resolve) => socket.once('connect', resolve));
    socket.destroy();
    expect((await served.post('ListTables', {})).status).toBe(200);
  });
});

describe('the server', () => {
  it('says that its port is taken', async () => {
    const port = served.port;
    await expect(serveEmulator(served.engine, port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('answers what is under way before it closes', async () => {
    const other = await serveEmulator(served.engine, 0);
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
      endpoint: served.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    });
    const { Items } = await client.send(new ScanCommand(scan));
    client.destroy();
    const sum = (text = '') => createHash('sha1').update(text).digest('hex');
    expect(sum(Items?.[0]?.text?.S)).toBe(sum('é'.repeat(5000)));
  });
});
