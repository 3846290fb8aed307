/** What comes out of a sandbox is untrusted: a host believes nothing that the runtime would not send. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { CompiledScript } from '../../../src/engine/lab/engines.ts';
import { FRAME_HTML, FRAME_SCRIPT, FRAME_SCRIPT_HASH } from '../../../src/engine/script/frame.ts';
import { LIMITS, PROTOCOL, type ToSandbox } from '../../../src/engine/script/protocol.ts';
import { runSession, type World } from '../../../src/engine/script/session.ts';

const SCRIPT: CompiledScript = {
  code: '',
  file: 'main.ts',
  bundles: [],
  steps: [
    { name: 'One', line: 1 },
    { name: 'Two', line: 2 },
  ],
};
const READY = { type: 'ready', protocol: PROTOCOL };
const DONE = { type: 'done' };

/** A sandbox that sends these messages, whatever it is told. */
async function runHostile(messages: unknown[]) {
  const told: ToSandbox[] = [];
  const seen: unknown[] = [];
  let ended = 0;
  let send: (data: unknown) => void = () => {};
  const world: World = {
    post(message) {
      told.push(message);
      if (message.type === 'run') for (const data of messages) send(data);
    },
    listen(onMessage) {
      send = onMessage;
    },
    end() {
      ended += 1;
    },
  };
  const end = await runSession(
    world,
    SCRIPT,
    {
      step: (step) => seen.push(['step', step]),
      console: (step, line) => seen.push(['console', step, line]),
      failed(step, error) {
        seen.push(['failed', step, error]);
        return true;
      },
      async call(step, operation, request) {
        seen.push(['call', step, operation, request]);
        return { status: 200, body: {} };
      },
      async exchange(step, request, line) {
        seen.push(['exchange', step, request, line]);
        return new Uint8Array();
      },
    },
    new AbortController().signal,
  );
  return { end, seen, told, ended };
}

const FORGED = {
  end: 'killed',
  reason: 'The program sent a message that the sandbox itself never sends, and was ended.',
};
const call = { type: 'call', id: 0, step: 0, operation: 'GetItem', request: '{}' };
const QUERY = new Uint8Array([0x51, 0, 0, 0, 6, 0x3b, 0]);
/** Nothing behind it would have PostgreSQL answer. */
const PARSE = new Uint8Array([0x50, 0, 0, 0, 8, 0, 0x3b, 0, 0]);
/** A startup packet, which has no type. */
const START = new Uint8Array([0, 0, 0, 8, 0, 3, 0, 0]);
const exchange = { type: 'exchange', id: 0, step: 0, request: QUERY };
const line = { type: 'console', step: 0, level: 'log', text: 'a' };
const failed = { type: 'failed', step: 0, error: { name: 'Error', message: 'a' } };

describe('messages that the runtime never sends end the run', () => {
  test.each<[string, unknown[]]>([
    ['no message', [undefined]],
    ['a text', ['done']],
    ['an unknown type', [{ type: 'reset' }]],
    ['a step that does not exist', [{ type: 'step', step: 2 }]],
    ['a step out of order', [{ type: 'step', step: 1 }]],
    [
      'a step twice',
      [
        { type: 'step', step: 0 },
        { type: 'step', step: 0 },
      ],
    ],
    ['a step that is no number', [{ ...line, step: '0' }]],
    ['a step below zero', [{ ...line, step: -1 }]],
    ['a console level', [{ ...line, level: 'html' }]],
    ['a console text that is no text', [{ ...line, text: { toString: () => 'a' } }]],
    ['a line of the console that is too long', [{ ...line, text: 'x'.repeat(70_000) }]],
    ['too many lines of the console', Array.from({ length: 1_002 }, () => line)],
    ['too much on the console', [1, 2].map(() => ({ ...line, text: 'x'.repeat(60_000) }))],
    ['a request that is no JSON', [{ ...call, request: '{' }]],
    ['a request that is no text', [{ ...call, request: {} }]],
    ['an operation that cannot be one', [{ ...call, operation: '../GetItem' }]],
    ['a call twice', [call, call]],
    ['a call out of order', [{ ...call, id: 7 }]],
    ['a call that is an exchange', [call, exchange]],
    ['an exchange that is no bytes', [{ ...exchange, request: 'SELECT 1' }]],
    ['an exchange of nothing', [{ ...exchange, request: new Uint8Array() }]],
    ['an exchange that is cut off', [{ ...exchange, request: QUERY.subarray(0, 6) }]],
    ['an exchange that waits for no answer', [{ ...exchange, request: PARSE }]],
    ['two exchanges in one', [{ ...exchange, request: new Uint8Array([...QUERY, ...QUERY]) }]],
    ['a message that clients do not send', [{ ...exchange, request: START }]],
    ['an error without a name', [{ ...failed, error: { message: 'a' } }]],
    [
      'an error with an endless message',
      [{ ...failed, error: { name: 'a', message: 'x'.repeat(20_000) } }],
    ],
  ])('%s', async (_, messages) => {
    const { end, ended } = await runHostile([READY, ...messages, DONE]);
    expect(end).toEqual(FORGED);
    expect(ended).toBe(1);
  });
});

test('fields that a message should not have go no further', async () => {
  const { seen } = await runHostile([
    READY,
    { ...line, html: '<b>' },
    { ...failed, error: { name: 'a', message: 'b', line: 'c', column: 0.5, html: '<b>' } },
    DONE,
  ]);
  expect(seen).toEqual([
    ['console', 0, { level: 'log', text: 'a' }],
    ['failed', 0, { name: 'a', message: 'b' }],
  ]);
});

test('requests to both databases are numbered together', async () => {
  const { seen, end } = await runHostile([
    READY,
    call,
    { ...exchange, id: 1, line: 4, html: '<b>' },
    { ...exchange, id: 2, line: '4' },
    { ...exchange, id: 3, request: null },
    DONE,
  ]);
  expect(end).toEqual({ end: 'done' });
  expect(seen.slice(1)).toEqual([
    ['exchange', 0, QUERY, 4],
    ['exchange', 0, QUERY, undefined],
    ['exchange', 0, null, undefined],
  ]);
});

test('after its end nothing of a sandbox is heard', async () => {
  const { end, seen } = await runHostile([READY, DONE, line, call]);
  expect(end).toEqual({ end: 'done' });
  expect(seen).toEqual([]);
});

test('requests are counted', async () => {
  const calls = Array.from({ length: LIMITS.requests + 1 }, (_, id) => ({ ...call, id }));
  const { end, seen } = await runHostile([READY, ...calls, DONE]);
  expect(end).toMatchObject({ end: 'killed', reason: expect.stringMatching(/20,000 requests/) });
  expect(seen).toHaveLength(LIMITS.requests);
});

test('a runtime of another version than the page is refused', async () => {
  const { end } = await runHostile([{ type: 'ready', protocol: PROTOCOL + 1 }]);
  expect(end).toMatchObject({ end: 'killed', reason: expect.stringMatching(/Reload the page/) });
});

test("the frame's policy lists the hash of the frame's one script", () => {
  const hash = `sha256-${createHash('sha256').update(FRAME_SCRIPT).digest('base64')}`;
  expect(FRAME_SCRIPT_HASH).toBe(hash);
  expect(FRAME_HTML).toContain(`script-src '${hash}' blob:`);
  expect(FRAME_HTML).toContain(`<script>${FRAME_SCRIPT}</script>`);
});
