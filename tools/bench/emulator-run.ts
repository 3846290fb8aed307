/** A process that measures one emulator once: `node emulator-run.ts ours|store|http size`; prints JSON. */
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { Worker } from 'node:worker_threads';
import { createDynamoDB, type DynamoDB } from '../../.generated/dynamodb/engine.js';
import { fillingTexts, TABLE, type Workload, workloads } from './emulator-workload.ts';
import { median } from './median.ts';

/** One request: an operation and its body, answered by the body's text. */
type Send = (operation: string, text: string) => string | Promise<string>;

/** What a run prints. */
export interface EmulatorRun {
  /** Microseconds of one request, by workload. */
  microseconds: Record<string, number>;
  /** Of our emulator alone: bytes on the heap for the whole table. */
  heapBytes?: number;
  /** Of our emulator alone: microseconds to go back to a snapshot after a write. */
  resetMicroseconds?: number;
}

const require = createRequire(import.meta.url);

/** Our engine in this process, texts in and out. */
const ours =
  (engine: DynamoDB): Send =>
  (operation, text) =>
    engine.handleText(operation, text).text;

/** Writes an item and goes back to what was before, again and again; answers microseconds of the way back. */
function measureReset(engine: DynamoDB, [put]: readonly Workload[]): number {
  const snapshot = engine.snapshot();
  const times = Array.from({ length: 200 }, (_, index) => {
    engine.handleText('PutItem', (put as Workload).text(index));
    const begin = performance.now();
    engine.restore(snapshot);
    return (performance.now() - begin) * 1000;
  });
  return median(times);
}

type Fail = { body: object };
type Action = (store: object, data: object, done: (error?: Fail, data?: object) => void) => void;

/** dynalite's validations and actions in this process, on its own store, without HTTP. */
function dynaliteStore(): Send {
  const { create } = require('dynalite/db') as { create(options: object): object };
  const checks = require('dynalite/validations') as {
    checkTypes(data: object, types: object): object;
    checkValidations(data: object, types: object, custom: unknown, store: object): object | null;
  };
  const store = create({ createTableMs: 0 });
  return (operation, text) => {
    const file = operation.charAt(0).toLowerCase() + operation.slice(1);
    const { types, custom } = require(`dynalite/validations/${file}`) as {
      types: object;
      custom: unknown;
    };
    const action = require(`dynalite/actions/${file}`) as Action;
    const data = checks.checkTypes(JSON.parse(text) as object, types);
    const refused = checks.checkValidations(data, types, custom, store);
    if (refused) throw new Error(JSON.stringify(refused));
    return new Promise((resolve, reject) => {
      action(store, data, (error, answer) =>
        error ? reject(new Error(JSON.stringify(error.body))) : resolve(JSON.stringify(answer)),
      );
    });
  };
}

/** dynalite's server in a thread of its own, asked over one connection that is kept open. */
async function dynaliteHttp(): Promise<Send> {
  const server = new Worker(
    `const { parentPort } = require('node:worker_threads');
     const server = require(${JSON.stringify(require.resolve('dynalite'))})({ createTableMs: 0 });
     server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address()));`,
    { eval: true },
  );
  server.unref();
  const [{ port }] = (await once(server, 'message')) as [AddressInfo];
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return (operation, text) =>
    new Promise((resolve, reject) => {
      const headers = {
        'content-type': 'application/x-amz-json-1.0',
        'content-length': Buffer.byteLength(text),
        'x-amz-target': `DynamoDB_20120810.${operation}`,
        'x-amz-date': '20260101T000000Z',
        authorization: 'AWS4-HMAC-SHA256 Credential=a/b/c/d/e, SignedHeaders=f, Signature=g',
      };
      const options = { host: '127.0.0.1', port, method: 'POST', headers, agent };
      request(options, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const answer = Buffer.concat(chunks).toString();
          if (response.statusCode === 200) resolve(answer);
          else reject(new Error(answer));
        });
      })
        .on('error', reject)
        .end(text);
    });
}

/** Sends `count` requests, one after the other; answers microseconds for each. */
async function measure(send: Send, operation: string, texts: readonly string[]): Promise<number> {
  const begin = performance.now();
  for (const text of texts) {
    const answer = send(operation, text);
    // Waiting for what is there already would be measured too.
    if (typeof answer !== 'string') await answer;
  }
  return ((performance.now() - begin) * 1000) / texts.length;
}

function heapBytes(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

async function main(kind: string, size: number): Promise<EmulatorRun> {
  const engine = createDynamoDB();
  const send =
    kind === 'ours' ? ours(engine) : kind === 'store' ? dynaliteStore() : await dynaliteHttp();
  const before = heapBytes();
  await send('CreateTable', JSON.stringify(TABLE));
  // dynalite's tables are ready a moment after CreateTable.
  while (!(await send('DescribeTable', '{"TableName":"Orders"}')).includes('"ACTIVE"')) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  for (const text of fillingTexts(size)) await send('BatchWriteItem', text);
  const filled = heapBytes() - before;
  const microseconds: Record<string, number> = {};
  for (const { name, operation, requests, text } of workloads(size)) {
    const texts = Array.from({ length: requests }, (_, index) => text(index));
    await measure(send, operation, texts);
    const rounds = [];
    for (let round = 0; round < 3; round += 1) rounds.push(await measure(send, operation, texts));
    microseconds[name] = Math.min(...rounds);
  }
  if (kind !== 'ours') return { microseconds };
  return {
    microseconds,
    heapBytes: filled,
    resetMicroseconds: measureReset(engine, workloads(size)),
  };
}

const [kind = 'ours', size = '10000'] = process.argv.slice(2);
process.stdout.write(`${JSON.stringify(await main(kind, Number(size)))}\n`);
process.exit(0);
