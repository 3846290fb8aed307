/** The DynamoDB emulator behind HTTP on this machine, for the AWS CLI, boto3 and any SDK. */
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { crc32 } from 'node:zlib';
import type { DynamoDB } from '../../.generated/dynamodb/engine.js';
import { readAuthorization } from './emulator-authorization.ts';
import { encodeText, readText } from './emulator-body.ts';

const STREAMS_OPERATIONS = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'];
/** Each API by the prefix of its targets: whether an operation is one of it. */
const APIS: Record<string, (operation: string) => boolean> = {
  DynamoDB_20120810: (operation) => !STREAMS_OPERATIONS.includes(operation),
  DynamoDBStreams_20120810: (operation) => STREAMS_OPERATIONS.includes(operation),
};
const JSON_TYPES = ['application/json', 'application/x-amz-json-1.0'];
const SERIALIZATION = 'com.amazon.coral.service#SerializationException';
const UNKNOWN_OPERATION = 'com.amazon.coral.service#UnknownOperationException';
/** Milliseconds that requests under way have to end when the server closes. */
const GRACE = 1000;

/** A server that runs, and the address that it listens on. */
export interface EmulatorServer {
  url: string;
  /** Ends it: no new requests, and those under way are answered first. */
  close(): Promise<void>;
}

/**
 * Serves the engine on 127.0.0.1. Requests must be signed, as DynamoDB demands, but no signature is checked: whose key it is counts only in a world with users.
 * Rejects with an error of the code EADDRINUSE when the port is taken.
 * @param port 0 for any that is free.
 */
export async function serveEmulator(engine: DynamoDB, port: number): Promise<EmulatorServer> {
  const server = createServer((request, response) => {
    answer(engine, request, response).catch((error: unknown) => {
      // A client that goes away in the middle of its request wants no answer.
      if (request.destroyed && !request.complete) return;
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
      const type = 'com.amazonaws.dynamodb.v20120810#InternalServerError';
      void sendError(request, response, 500, type);
    });
  });
  // SDKs keep connections open for longer than Node's five seconds.
  server.keepAliveTimeout = 65_000;
  await listen(server, port);
  const { port: chosen } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${chosen}`, close: () => close(server) };
}

async function answer(engine: DynamoDB, request: IncomingMessage, response: ServerResponse) {
  const body = await readText(request);
  if ('problem' in body && body.problem === 'too large') {
    response.writeHead(413, { 'transfer-encoding': 'chunked', connection: 'close' }).end();
    return;
  }
  response.setHeader('x-amzn-requestid', randomBytes(26).toString('hex').toUpperCase());
  if (request.headers.origin !== undefined) {
    allowOrigin(response);
    if (request.method === 'OPTIONS') {
      preflight(request, response);
      return;
    }
  }
  if (request.method === 'GET' || request.method === 'HEAD') {
    // The blank at the end is DynamoDB's.
    await sendText(request, response, 200, 'healthy: dynamodb.us-east-1.amazonaws.com ');
    return;
  }
  const type = request.headers['content-type']?.split(';')[0]?.trim() ?? '';
  const isEmpty = 'text' in body && body.text === '';
  if (request.method !== 'POST' || (!isEmpty && !JSON_TYPES.includes(type))) {
    await sendText(request, response, 404, '<UnknownOperationException/>\n');
    return;
  }
  response.setHeader('content-type', JSON_TYPES.includes(type) ? type : 'application/json');
  if ('problem' in body) {
    await sendError(request, response, 400, SERIALIZATION);
    return;
  }
  await perform(engine, request, response, body.text);
}

/** Answers a POST: the operation's answer, or why the request does not come to it. */
async function perform(
  engine: DynamoDB,
  request: IncomingMessage,
  response: ServerResponse,
  text: string,
) {
  const target = String(request.headers['x-amz-target'] ?? '').split('.');
  const [api = '', operation = ''] = target;
  const known = target.length === 2 && Object.hasOwn(APIS, api) && APIS[api]?.(operation);
  const [, query = ''] = (request.url ?? '').split('?', 2);
  const authorization = readAuthorization(request.headers, new URLSearchParams(query));
  if (known && !('error' in authorization)) {
    const answered = engine.handleText(
      operation,
      text,
      authorization.region,
      authorization.accessKeyId,
    );
    await sendText(request, response, answered.status, answered.text);
  } else if (text !== '' && !isJson(text)) {
    await sendError(request, response, 400, SERIALIZATION);
  } else if (!known || engine.handleText(operation, '').text === errorText(UNKNOWN_OPERATION)) {
    await sendError(request, response, 400, UNKNOWN_OPERATION);
  } else if ('error' in authorization) {
    const { error, message } = authorization;
    await sendError(request, response, 400, `com.amazon.coral.service#${error}`, message);
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Lets a page of any origin read the answer. */
function allowOrigin(response: ServerResponse): void {
  response.setHeader('access-control-allow-origin', '*');
  response.setHeader('access-control-expose-headers', 'x-amzn-requestid,x-amz-crc32');
}

/** Answers a browser that asks whether its page may send the request that it has in mind. */
function preflight({ headers }: IncomingMessage, response: ServerResponse): void {
  const allowed = headers['access-control-request-headers'];
  if (allowed) response.setHeader('access-control-allow-headers', allowed);
  const method = headers['access-control-request-method'];
  if (method) response.setHeader('access-control-allow-methods', method);
  if (headers['access-control-request-private-network']) {
    response.setHeader('access-control-allow-private-network', 'true');
  }
  response.setHeader('access-control-max-age', '172800');
  response.setHeader('content-length', 0);
  response.end();
}

function errorText(type: string, message?: string): string {
  return JSON.stringify({ __type: type, ...(message !== undefined && { message }) });
}

async function sendError(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  type: string,
  message?: string,
): Promise<void> {
  await sendText(request, response, status, errorText(type, message));
}

/** Sends a text. The checksum is that of the bytes sent, compressed or not. */
async function sendText(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  text: string,
): Promise<void> {
  const accepted = request.headers['accept-encoding'];
  const { bytes, compressed } = await encodeText(text, String(accepted ?? ''));
  if (compressed) response.setHeader('content-encoding', 'gzip');
  response.writeHead(status, {
    'content-length': bytes.length,
    'x-amz-crc32': String(crc32(bytes)),
  });
  response.end(request.method === 'HEAD' ? undefined : bytes);
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    const impatience = setTimeout(() => server.closeAllConnections(), GRACE);
    server.close((error) => {
      clearTimeout(impatience);
      if (error) reject(error);
      else resolve();
    });
    server.closeIdleConnections();
  });
}
