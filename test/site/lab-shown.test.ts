/** What stands under each block of a side: of which run it is, and whether the code has moved on. */
import { describe, expect, test } from 'vitest';
import { shownUnder } from '@/components/lab/shown.ts';
import type { Original, Result } from '@/components/lab/state.ts';
import type { StepStatus } from '@/engine/lab/result.ts';

const blocks = [{ name: '0' }, { name: '1' }, { name: '2' }];
const code = ['CREATE', 'INSERT', 'SELECT'];
const stored: Original = { state: 'stored', texts: code };

const ran = (texts: readonly string[], ...statuses: StepStatus[]): Result => ({
  run: {
    postgres: { steps: statuses.map((status, n) => ({ name: `${n}`, status, statements: [] })) },
  },
  texts,
});
const shown = (results: Result[], first = stored, texts = code) =>
  shownUnder(blocks, 'postgres', results, first, texts);
const words = (...of: Parameters<typeof shown>) => shown(...of).map((block) => block.words);

describe('a block', () => {
  test('shows the newest result that ran it, and says when that is not the last run', () => {
    const whole = ran(code, 'ok', 'ok', 'ok');
    const first = ran(code.slice(0, 1), 'ok', 'not-run', 'not-run');
    expect(shown([first, whole]).map(({ share }) => share?.result)).toEqual([first, whole, whole]);
    expect(words([first, whole])).toEqual(['', 'from an earlier run', 'from an earlier run']);
  });

  test('that was never run shows what was recorded, or that it was not run', () => {
    const first = ran(code.slice(0, 1), 'ok', 'not-run', 'not-run');
    expect(words([first])).toEqual(['', 'recorded output', 'recorded output']);
    expect(words([first], { state: 'idle', texts: code })).toEqual(['', 'not run', 'not run']);
    expect(words([])).toEqual(['', '', '']);
  });

  test('is older than the code from the edited block on', () => {
    const edited = ['CREATE', 'INSERT 2', 'SELECT'];
    const of = shown([ran(code, 'ok', 'ok', 'ok')], stored, edited);
    expect(of.map(({ older }) => older)).toEqual([false, true, true]);
    expect(of.map((block) => block.words)).toEqual(['', 'before the edit', 'before the edit']);
    expect(shown([], stored, edited).map(({ older }) => older)).toEqual([false, true, true]);
  });
});

describe('the last good result', () => {
  const failed = ran(code, 'ok', 'failed', 'skipped');

  test('stands beside a failure, from an earlier run or as recorded', () => {
    const whole = ran(code, 'ok', 'ok', 'ok');
    expect(
      shown([failed, whole]).map(({ good }) => typeof good === 'object' && good.result),
    ).toEqual([false, whole, whole]);
    expect(shown([failed]).map(({ good }) => good)).toEqual([undefined, 'recorded', 'recorded']);
    expect(shown([failed], { state: 'idle', texts: code })[1]?.good).toBeUndefined();
  });

  test('stands at every block of a program that did not start', () => {
    const broken: Result = {
      run: { postgres: { steps: [], error: { name: 'SyntaxError', message: 'no' } } },
      texts: code,
    };
    expect(shown([broken]).map(({ good }) => good)).toEqual(['recorded', 'recorded', 'recorded']);
  });
});
