/** The DynamoDB emulator behind HTTP on this machine, for the AWS CLI, boto3 and any SDK. */
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { crc32 } from 'node:zlib';
import type { DynamoDB } from '../../.generated/dynamodb/engine.js';

/** Most bytes of a request, as DynamoDB's own limit. */
const MAX_REQUEST_BYTES = 16 * 1024 * 1024;
const APIS = ['DynamoDB_20120810', 'DynamoDBStreams_20120810'];

/** A server that runs, and the address that it listens on. */
export interface EmulatorServer {
  url: string;
  close(): Promise<void>;
}

/**
 * Serves the engine on 127.0.0.1. Signatures are not checked: any credentials will do.
 * @param port 0 for any that is free.
 */
export async function serveEmulator(engine: DynamoDB, port: number): Promise<EmulatorServer> {
  const server = createServer((request, response) => {
    answer(engine, request, response).catch((error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
      send(response, 500, errorText('com.amazonaws.dynamodb.v20120810#InternalServerError'));
    });
  });
  // SDKs keep connections open for longer than Node's five seconds.
  server.keepAliveTimeout = 65_000;
  await listen(server, port);
  const { port: chosen } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${chosen}`, close: () => close(server) };
}

async function answer(engine: DynamoDB, request: IncomingMessage, response: ServerResponse) {
  const [api, operation, ...more] = String(request.headers['x-amz-target'] ?? '').split('.');
  if (request.method === 'GET') {
    response.end('healthy: dynamodb');
    return;
  }
  const text = await readText(request);
  if (text === undefined) {
    response.writeHead(413).end();
    return;
  }
  if (!APIS.includes(api ?? '') || operation === undefined || more.length > 0) {
    send(response, 400, errorText('com.amazon.coral.service#UnknownOperationException'));
    return;
  }
  const answered = engine.handleText(operation, text);
  send(response, answered.status, answered.text);
}

/** The body as text, undefined when it is too large. */
async function readText(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_REQUEST_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function errorText(type: string): string {
  return JSON.stringify({ __type: type });
}

function send(response: ServerResponse, status: number, text: string): void {
  const bytes = Buffer.from(text);
  response.writeHead(status, {
    'content-type': 'application/x-amz-json-1.0',
    'content-length': bytes.length,
    'x-amz-crc32': String(crc32(bytes)),
    'x-amzn-requestid': randomBytes(26).toString('hex').toUpperCase(),
  });
  response.end(bytes);
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}
