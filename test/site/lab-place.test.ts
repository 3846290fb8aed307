/** Steps and lines of a run, found again in the code blocks of a lab. */
import { describe, expect, test } from 'vitest';
import { begun, errorMarks, whileRunning } from '@/components/lab/errors.ts';
import { placeLine, placeSteps } from '@/components/lab/place.ts';
import type { LabRun, PostgresStep } from '@/engine/lab/result.ts';
import { joinBlocks } from '@/engine/lab/steps.ts';

const blocks = [
  { name: '', text: 'const a = 1;' },
  { name: 'First', text: 'one();\ntwo();' },
  { name: 'Second', text: 'three();' },
];
const { source, startLines } = joinBlocks(blocks, 'dynamodb');
const places = blocks.map(({ name, text }, index) => ({
  name,
  startLine: startLines[index] ?? 0,
  lines: text.split('\n').length,
}));

describe('a line of the file', () => {
  test('is found in its block', () => {
    const line = source.split('\n').indexOf('two();') + 1;
    expect(placeLine(places, line)).toEqual({ block: 1, line: 2 });
  });

  test('that is a marker or blank belongs to the block after it', () => {
    const marker = source.split('\n').indexOf('// step: Second') + 1;
    expect(placeLine(places, marker)).toEqual({ block: 2, line: 1 });
  });

  test('beyond the end (an unfinished statement) belongs to the last line', () => {
    expect(placeLine(places, 99)).toEqual({ block: 2, line: 1 });
    expect(placeLine([], 1)).toBeUndefined();
  });
});

describe('the steps of a run', () => {
  const named = (...names: string[]) => names.map((name) => ({ name }));

  test('belong to the blocks of their names', () => {
    expect(placeSteps(places, named('First', 'Second'))).toEqual([1, 2]);
  });

  test('belong to the block before when the reader wrote a marker of their own', () => {
    expect(placeSteps(places, named('First', 'Mine', 'Second'))).toEqual([1, 1, 2]);
  });

  test('belong to the only block when there are no markers', () => {
    expect(placeSteps([{ name: '' }], named(''))).toEqual([0]);
  });
});

describe('the places to mark', () => {
  const failure = { severity: 'ERROR', code: '23505', message: 'duplicate', line: 4, column: 8 };
  const statement = { sql: '', line: 4, tag: '', notices: [], error: failure };
  const run = (status: PostgresStep['status']): LabRun => ({
    postgres: { steps: [{ name: '', status, statements: [statement] }] },
  });

  test('are those of errors that nobody declared', () => {
    expect(errorMarks(run('failed'), 'postgres')).toEqual([
      { line: 4, column: 8, message: 'duplicate' },
    ]);
    expect(errorMarks(run('expected-failure'), 'postgres')).toEqual([]);
  });

  test('are not those of a run that was stopped', () => {
    expect(errorMarks(run('stopped'), 'postgres')).toEqual([]);
  });

  test('hold the place of a program that did not start', () => {
    const error = { name: 'SyntaxError', message: 'no', line: 2 };
    expect(errorMarks({ dynamodb: { steps: [], error } }, 'dynamodb')).toEqual([
      { line: 2, message: 'SyntaxError: no' },
    ]);
  });
});

test('while a run goes on, a step without anything to show has not begun, and none has ended early', () => {
  const waiting = { postgres: { name: '', status: 'skipped' as const, statements: [] } };
  const statement = { sql: '', line: 1, tag: 'BEGIN', notices: [] };
  const going = { postgres: { ...waiting.postgres, statements: [statement] } };
  expect(begun(waiting)).toBe(false);
  expect(begun(going)).toBe(true);
  expect(whileRunning(going)).toEqual({ postgres: { ...going.postgres, status: 'ok' } });
});
