/** What the tests of the emulator over HTTP share: a server with one table, and requests as they are on the wire. */
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { createDynamoDB } from '../../.generated/dynamodb/engine.js';
import { type EmulatorServer, serveEmulator } from '../../tools/lib/emulator.ts';

export const AUTHORIZATION =
  'AWS4-HMAC-SHA256 Credential=any/20260101/eu-west-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0';
export const JSON_1_0 = 'application/x-amz-json-1.0';
/** Headers that DynamoDB wants of every request. */
export const signed = { authorization: AUTHORIZATION, 'x-amz-date': '20260101T000000Z' };
/** A Scan of the table. */
export const scan = { TableName: 'Things' };

/** An answer as it comes. */
export interface Sent {
  status: number;
  headers: IncomingMessage['headers'];
  bytes: Buffer;
  text: string;
}

/** A server with the table `Things`, whose one item is large. */
export class Served {
  readonly engine = createDynamoDB();
  #server: EmulatorServer | undefined;

  get url(): string {
    if (this.#server === undefined) throw new Error('the server is not open');
    return this.#server.url;
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  async open(): Promise<void> {
    const table = {
      TableName: 'Things',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    };
    this.engine.load([table], { Things: [{ pk: { S: 'a' }, text: { S: 'é'.repeat(5000) } }] });
    this.#server = await serveEmulator(this.engine, 0);
  }

  async close(): Promise<void> {
    await this.#server?.close();
  }

  /** Sends a request as it is given, and reads the answer as it comes. */
  send(
    method: string,
    headers: Record<string, string>,
    body: string | Buffer = '',
    path = '/',
  ): Promise<Sent> {
    return new Promise((resolve, reject) => {
      const request = httpRequest(`${this.url}${path}`, { method, headers }, (response) => {
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
  post(operation: string, body: unknown, headers: Record<string, string> = {}): Promise<Sent> {
    const target = operation.includes('.') ? operation : `DynamoDB_20120810.${operation}`;
    return this.send(
      'POST',
      { 'content-type': JSON_1_0, 'x-amz-target': target, ...signed, ...headers },
      typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body),
    );
  }
}

/** The status of a refusal, and its error's name. */
export function errorOf({ status, text }: Sent): [status: number, name: string | undefined] {
  return [status, (JSON.parse(text).__type as string).split('#')[1]];
}
