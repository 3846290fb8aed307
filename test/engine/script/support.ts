/** Runs a program as a lab would, against the real emulator, and keeps what came out. */
import { createDynamoDB } from '../../../.generated/dynamodb/engine.js';
import type { ScriptEnd, ScriptHost } from '../../../src/engine/lab/engines.ts';
import type { ConsoleLine, Json, ScriptError } from '../../../src/engine/lab/result.ts';
import { compileScript } from '../../../src/engine/script/compile.ts';
import { openScriptHost } from '../../../tools/engines/script.ts';

/** What a program did. */
export interface Outcome {
  end: ScriptEnd;
  /** Steps, calls, lines and failures in the order in which they came, one short text each. */
  trace: string[];
  /** All that was printed. */
  printed: string;
  lines: ConsoleLine[];
  errors: ScriptError[];
}

/** How to run it. */
export interface RunOptions {
  host?: ScriptHost;
  signal?: AbortSignal;
  /** Whether a step that failed lets the next one run. */
  proceed?: boolean;
  /** In place of the emulator. */
  call?: (operation: string, request: Json, accessKeyId?: string) => { status: number; body: Json };
}

const sharedHost = openScriptHost();

/** An emulator with one table, `stock`, that holds one item with one piece left. */
export function stockTable(): (operation: string, request: Json) => { status: number; body: Json } {
  const engine = createDynamoDB({ now: () => 0, random: () => 0.5 });
  engine.handle('CreateTable', {
    TableName: 'stock',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  });
  engine.handle('PutItem', {
    TableName: 'stock',
    Item: { id: { S: 'P9012' }, left: { N: '1' }, tags: { SS: ['new', 'paper'] } },
  });
  return (operation, request) => engine.handle(operation, request);
}

export async function run(source: string, options: RunOptions = {}): Promise<Outcome> {
  const call = options.call ?? stockTable();
  const outcome: Omit<Outcome, 'end' | 'printed'> = { trace: [], lines: [], errors: [] };
  const { trace, lines, errors } = outcome;
  const end = await (options.host ?? sharedHost).run(
    compileScript(source),
    {
      step: (step) => trace.push(`step ${step}`),
      console(step, line) {
        trace.push(`${step}: ${line.text}`);
        lines.push(line);
      },
      failed(step, error) {
        trace.push(`${step}: failed with ${error.name}`);
        errors.push(error);
        return options.proceed ?? false;
      },
      async call(step, operation, request, _region, accessKeyId) {
        trace.push(`${step}: ${operation}`);
        return call(operation, request, accessKeyId);
      },
    },
    options.signal ?? new AbortController().signal,
  );
  return { ...outcome, end, printed: lines.map(({ text }) => text).join('\n') };
}
