/** What a side of a lab can be and what moves it on. */
import { describe, expect, test } from 'vitest';
import { sentence, shortly, summary } from '@/components/lab/announce.ts';
import {
  labState,
  next,
  type Original,
  type Result,
  results,
  type SideEvent,
  type SideState,
} from '@/components/lab/state.ts';
import type { LabRun, StepStatus } from '@/engine/lab/result.ts';

const code = ['SELECT 1'];
const edited = ['SELECT 2'];
const stored: Original = { state: 'stored', texts: code };

const run = (...statuses: StepStatus[]): LabRun => ({
  postgres: { steps: statuses.map((status, n) => ({ name: `${n}`, status, statements: [] })) },
});
const result = (texts: readonly string[], ...statuses: StepStatus[]): Result => ({
  run: run(...statuses),
  texts,
});
const moved = (from: SideState, ...events: SideEvent[]) => events.reduce(next, from);
const finish = (of: Result, texts = of.texts): SideEvent => ({ type: 'finish', result: of, texts });

describe('a run', () => {
  test('goes from recorded output through loading to its result', () => {
    const loading = moved(
      stored,
      { type: 'start' },
      { type: 'progress', progress: { step: 'download', loaded: 1_200_000, total: 3_400_000 } },
    );
    expect(loading.state).toBe('loading');
    expect(shortly(loading, 'postgres')).toBe('loading 1.2 of 3.4 MB');
    const running = moved(loading, { type: 'progress', progress: { step: 'ready' } });
    expect(running.state).toBe('running');
    expect(moved(running, finish(result(code, 'ok'))).state).toBe('ok');
  });

  test('that fails as the lab says is ok; any other failure is an error', () => {
    expect(
      moved(stored, { type: 'start' }, finish(result(code, 'ok', 'expected-failure'))).state,
    ).toBe('ok');
    for (const status of ['failed', 'unexpected-success', 'stopped', 'skipped'] as const) {
      expect(moved(stored, { type: 'start' }, finish(result(code, 'ok', status))).state).toBe(
        'error',
      );
    }
  });

  test('that could not begin is an error', () => {
    const broken: Result = {
      run: { postgres: { steps: [], error: { name: 'SyntaxError', message: 'no' } } },
      texts: code,
    };
    const state = moved(stored, { type: 'start' }, finish(broken));
    expect(state.state).toBe('error');
    expect(shortly(state, 'postgres')).toBe('did not start');
  });

  test('shows partial results while it goes on, and late news of loading do not hide them', () => {
    const partial = result(code, 'ok', 'skipped');
    const state = moved(
      stored,
      { type: 'start' },
      { type: 'partial', result: partial },
      { type: 'progress', progress: { step: 'download' } },
    );
    expect(state.state).toBe('running');
    expect(state).toEqual({ state: 'running', before: stored, result: partial });
  });

  test('keeps the result before it on show until it has one', () => {
    const first = result(code, 'ok');
    const again = moved(stored, { type: 'start' }, finish(first), { type: 'queue' });
    expect(again.state).toBe('queued');
    expect(results(again)).toEqual([first]);
  });

  test('given up in the queue leaves all as it was', () => {
    expect(moved(stored, { type: 'queue' }, { type: 'cancel', texts: code })).toEqual(stored);
  });
});

describe('a run up to a step', () => {
  const blocks = ['CREATE', 'INSERT', 'SELECT'];
  const whole = result(blocks, 'ok', 'ok', 'ok');
  const upTo = (count: number, ...statuses: StepStatus[]) =>
    result(blocks.slice(0, count), ...statuses);
  const ranTo = (...all: Result[]) =>
    all.reduce((state, one) => moved(state, { type: 'start' }, finish(one, blocks)), {
      state: 'stored',
      texts: blocks,
    } as SideState);

  test('is well when its steps went well, and says how far it went', () => {
    const state = ranTo(upTo(2, 'ok', 'ok', 'not-run'));
    expect(state.state).toBe('ok');
    expect(shortly(state, 'postgres')).toBe('ran 2 of 3 steps');
    expect(sentence(state, 'postgres')).toContain('2 steps ran, 1 not asked for');
  });

  test('keeps the results of the steps behind it, and drops what nothing shows any more', () => {
    const first = upTo(1, 'ok', 'not-run', 'not-run');
    const second = upTo(2, 'ok', 'ok', 'not-run');
    expect(results(ranTo(whole, first))).toEqual([first, whole]);
    expect(results(ranTo(whole, first, second))).toEqual([second, whole]);
    expect(results(ranTo(whole, second, first))).toEqual([first, second, whole]);
    expect(results(ranTo(first, second, whole))).toEqual([whole]);
  });

  test('keeps the last good result of a step that fails, and only as long as it fails', () => {
    const failed = result(blocks, 'ok', 'failed', 'ok');
    const again = result(blocks, 'ok', 'failed', 'failed');
    expect(results(ranTo(whole, failed))).toEqual([failed, whole]);
    expect(results(ranTo(whole, failed, again))).toEqual([again, failed, whole]);
    const mended = result(blocks, 'ok', 'ok', 'ok');
    expect(results(ranTo(whole, failed, again, mended))).toEqual([mended]);
  });

  test('keeps the last good results of a program that does not start', () => {
    const broken: Result = {
      run: { postgres: { steps: [], error: { name: 'SyntaxError', message: 'no' } } },
      texts: blocks,
    };
    expect(results(ranTo(whole, broken))).toEqual([broken, whole]);
  });

  test('is not made stale by an edit behind it', () => {
    const state = ranTo(upTo(1, 'ok', 'not-run', 'not-run'));
    const edit = (texts: string[]) => moved(state, { type: 'edit', texts }).state;
    expect(edit(['CREATE', 'INSERT', 'SELECT 2'])).toBe('ok');
    expect(edit(['CREATE TABLE', 'INSERT', 'SELECT'])).toBe('stale');
  });
});

describe('an edit', () => {
  test('makes what is shown stale, and taking it back makes it current again', () => {
    const stale = moved(stored, { type: 'edit', texts: edited });
    expect(stale).toEqual({ state: 'stale', of: stored });
    expect(moved(stale, { type: 'edit', texts: code })).toEqual(stored);
  });

  test('during a run makes the result stale as soon as it comes', () => {
    const state = moved(stored, { type: 'start' }, finish(result(code, 'ok'), edited));
    expect(state.state).toBe('stale');
    expect(shortly(state, 'postgres')).toBe('edited since this run');
  });

  test('of a side that shows nothing makes nothing stale', () => {
    const idle: Original = { state: 'idle', texts: code };
    expect(moved(idle, { type: 'edit', texts: edited })).toEqual(idle);
  });
});

describe('an engine that cannot work', () => {
  const problem = { message: 'PostgreSQL stopped working.', restart: true };

  test('leaves the earlier result readable, and a restart leads back to it', () => {
    const ok = moved(stored, { type: 'start' }, finish(result(code, 'ok')));
    const dead = moved(ok, { type: 'start' }, { type: 'fail', problem });
    expect(dead.state).toBe('dead');
    expect(results(dead)).toEqual(results(ok));
    expect(sentence(dead, 'postgres')).toBe('PostgreSQL stopped working.');
    expect(moved(dead, { type: 'revive', texts: code })).toEqual(ok);
  });
});

test('a reset leads back to what the page came with, from anywhere', () => {
  const reset: SideEvent = { type: 'reset', to: stored };
  const ok = moved(stored, { type: 'start' }, finish(result(code, 'ok')));
  for (const state of [
    ok,
    moved(ok, { type: 'start' }),
    moved(ok, { type: 'edit', texts: edited }),
  ]) {
    expect(moved(state, reset)).toBe(stored);
  }
});

test("a lab's state is that of its most urgent side", () => {
  const running = moved(stored, { type: 'start' });
  const failed = moved(running, finish(result(code, 'failed')));
  expect(labState([stored, running])).toBe('running');
  expect(labState([failed, stored])).toBe('error');
  expect(labState([stored, stored])).toBe('stored');
});

describe('in words', () => {
  test('a result says how many steps ran, how they ended and what they cost', () => {
    const units = { read: 0, write: 4 };
    const dynamodb: LabRun = {
      dynamodb: {
        steps: [
          {
            name: 'a',
            status: 'ok',
            console: [],
            calls: [
              {
                operation: 'TransactWriteItems',
                request: {},
                status: 200,
                response: {},
                metering: {
                  tables: [{ table: 'Orders', ...units, base: units, indexes: [] }],
                  itemsRead: 0,
                  itemsReturned: 0,
                  itemsWritten: 2,
                  partitionKeys: 0,
                },
              },
            ],
          },
          { name: 'b', status: 'expected-failure', console: [], calls: [] },
          { name: 'c', status: 'expected-failure', console: [], calls: [] },
        ],
      },
    };
    expect(summary({ run: dynamodb, texts: code }, 'dynamodb')).toBe(
      '3 steps ran, 2 failed as they should, 4 write units',
    );
    expect(summary(result(code, 'ok', 'failed', 'skipped'), 'postgres')).toBe(
      '2 steps ran, 1 failed, 1 skipped, 0 rows, 0 buffers',
    );
  });

  test('the first failure is named, with what was said of it', () => {
    const dynamodb: LabRun = {
      dynamodb: {
        steps: [
          {
            name: 'a',
            status: 'failed',
            console: [],
            calls: [],
            error: { name: 'RangeError', message: 'too dear' },
          },
        ],
      },
    };
    expect(summary({ run: dynamodb, texts: code }, 'dynamodb')).toBe(
      '1 step ran, 1 failed with RangeError (too dear)',
    );
    const error = { severity: 'ERROR', code: '42601', message: 'syntax error at or near "SELEC"' };
    const postgres: LabRun = {
      postgres: {
        steps: [
          {
            name: 'a',
            status: 'failed',
            statements: [{ sql: 'SELEC 1', line: 1, tag: '', notices: [], error }],
          },
        ],
      },
    };
    expect(summary({ run: postgres, texts: code }, 'postgres')).toBe(
      '1 step ran, 1 failed with 42601 (syntax error at or near "SELEC"), 0 rows, 0 buffers',
    );
  });

  test('a running side is not spoken of at every partial result', () => {
    expect(sentence(moved(stored, { type: 'start' }), 'postgres')).toBeUndefined();
  });
});
