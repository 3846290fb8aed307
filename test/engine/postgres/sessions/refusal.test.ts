/** What live sessions do not run on, and what they do not run: by name, with the reason. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkSessions } from '../../../../src/engine/postgres/sessions/check.ts';
import {
  readLayout,
  type SessionsExports,
  type SharedParts,
} from '../../../../src/engine/postgres/sessions/layout.ts';
import { LiveSessions } from '../../../../src/engine/postgres/sessions/live.ts';
import {
  patchProgram,
  type SessionsPatch,
} from '../../../../src/engine/postgres/sessions/patch.ts';
import { postgresAssets } from '../../../../tools/engines/postgres.ts';
import { openLiveSessions } from '../../../../tools/engines/postgres-sessions.ts';
import { ROOT } from '../../../../tools/lib/root.ts';
import { answerOf, playLines, told } from './support.ts';

const generated = (path: string) => readFile(join(ROOT, '.generated', path));
const patch = async () =>
  JSON.parse(String(await generated('postgres-sessions/patch.json'))) as SessionsPatch;
const program = async () => Uint8Array.from(await generated('postgres/pglite.wasm'));

describe('the patch', () => {
  it('is of a few hundred bytes, and changes three functions', async () => {
    const { edits } = await patch();
    expect(edits.map(({ name }) => name)).toEqual(['WaitLatch', 'kill', 'wrapper_handler']);
    expect(JSON.stringify(edits).length).toBeLessThan(700);
  });

  it('leaves a program that is the same but for those bytes', async () => {
    const { edits } = await patch();
    const [before, after] = [await program(), await patchProgram(await program(), await patch())];
    expect(after.length).toBe(before.length);
    expect(WebAssembly.validate(after)).toBe(true);
    for (const { at, bytes } of edits) {
      after.set(before.subarray(at, at + bytes.length / 2), at);
    }
    expect(Buffer.compare(before, after)).toBe(0);
  });

  it('is not put into another program, nor does another patch pass', async () => {
    const bytes = await program();
    bytes[1000] = (bytes[1000] as number) ^ 1;
    await expect(patchProgram(bytes, await patch())).rejects.toMatchObject({
      name: 'SessionsError',
      kind: 'build',
      message: expect.stringMatching(/pglite\.wasm has the sum [0-9a-f]{64}, not [0-9a-f]{64}/),
    });
    const own = await patch();
    const other = { ...own, edits: own.edits.slice(1) };
    await expect(patchProgram(await program(), other)).rejects.toMatchObject({
      kind: 'build',
      message: expect.stringMatching(/the patched program has the sum/),
    });
  });
});

describe('the start', () => {
  it('refuses a program without the patch', async () => {
    const assets = postgresAssets();
    const open = LiveSessions.open({
      module: await WebAssembly.compile(await program()),
      fsBundle: await assets.fsBundle,
      autoExplain: await assets.autoExplain,
      snapshot: await assets.snapshot('empty'),
      booted: await assets.booted?.('empty'),
    });
    await expect(open).rejects.toMatchObject({
      kind: 'build',
      message: expect.stringMatching(/does not have the patch in it/),
    });
  });

  it('refuses a program that lacks a variable, or memory that lacks a part', () => {
    const memory = new WebAssembly.Memory({ initial: 1 });
    expect(() => readLayout(memory, {} as SessionsExports, new Map())).toThrow(
      /another build of PostgreSQL: the program has no __heap_base/,
    );
    const anything = new Proxy({}, { has: () => true, get: () => ({ value: 0 }) });
    const none: SharedParts = new Map();
    expect(() => readLayout(memory, anything as SessionsExports, none)).toThrow(
      /no shared memory "Buffer Descriptors"/,
    );
    const one: SharedParts = new Map([['Buffer Descriptors', { offset: 0, size: 64 }]]);
    expect(() => readLayout(memory, anything as SessionsExports, one)).toThrow(
      /the magic number of the shared memory is 0, not 679834894/,
    );
  });

  it('refuses sessions that see what they should not', async () => {
    const check = checkSessions(async ({ steps }) => ({
      events: steps.map(({ id }) => ({
        kind: 'answered',
        step: id,
        answer: { tag: 'SELECT 1', rows: [['2']] },
      })),
      final: [],
    }));
    await expect(check).rejects.toMatchObject({
      kind: 'check',
      message: expect.stringMatching(/it was A1 2, B1 2, .* and not A1 A, B1 B, /),
    });
  });
});

describe('a statement', () => {
  let live: LiveSessions;
  beforeAll(async () => {
    live = await openLiveSessions();
  });
  afterAll(() => live.close());

  it.each([
    ['SELECT pg_terminate_backend(42)', /pg_terminate_backend\(\) in step A1/],
    ['CREATE DATABASE other', /CREATE or DROP of a database/],
    ['DROP DATABASE other', /CREATE or DROP of a database/],
    ['ALTER DATABASE postgres RENAME TO other', /ALTER DATABASE/],
    ["LOAD 'auto_explain'", /LOAD in step A1/],
    ['CREATE EXTENSION hstore', /CREATE EXTENSION/],
    ['COPY accounts FROM STDIN', /COPY FROM STDIN/],
  ])('that cannot work is refused: %s', async (sql, message) => {
    await expect(playLines(live, [`A: ${sql}`])).rejects.toMatchObject({
      name: 'SessionsError',
      kind: 'refused',
      message: expect.stringMatching(message),
    });
  });

  it('that breaks PostgreSQL says so, and the next play is none the worse', async () => {
    await expect(
      playLines(live, ['A: BEGIN', `A: SELECT '${'['.repeat(20_000)}'::jsonb`, 'A: SELECT 1']),
    ).rejects.toMatchObject({
      name: 'SessionsError',
      kind: 'lost',
      message: expect.stringMatching(/Maximum call stack size exceeded/),
    });
    expect(
      told(await playLines(live, ['A: SELECT sum(balance) FROM accounts', 'B: SELECT 1'])),
    ).toEqual(['A1 (200)', 'B1 (1)']);
  });

  it('that needs a library not loaded yet fails alone', async () => {
    const events = await playLines(live, [
      "A: SELECT convert_to('ä', 'LATIN1')",
      'B: SELECT 1',
      'A: SELECT 2',
    ]);
    expect(told(events)).toEqual(['A1 58P01', 'B1 (1)', 'A2 (2)']);
    expect(answerOf(events, 'A1').error).toEqual({
      code: '58P01',
      message: 'could not load library "/pglite/lib/postgresql/utf8_and_iso8859_1.so"',
      hint: 'It would be loaded into the memory of one session only: live sessions have the libraries that they began with.',
    });
  });

  it('of a set-up that fails says which', async () => {
    const play = playLines(live, ['A: SELECT 1'], {
      setup: 'CREATE TABLE t (a int); SELECT 1 / 0',
    });
    await expect(play).rejects.toMatchObject({
      kind: 'refused',
      message: expect.stringMatching(/the set-up: division by zero/),
    });
  });
});
