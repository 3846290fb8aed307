/** Stages run two at a time, in the order of their needs, and every failure is counted. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import {
  runStages,
  type Stage,
  type StageResult,
  select,
  verdict,
} from '../../tools/lib/stages.ts';

/** Runs stages and answers what was printed, times removed, with the totals. */
async function outcome(stages: readonly Stage[]) {
  let printed = '';
  const totals = await runStages(stages, (text) => {
    printed += text;
  });
  return { totals, printed: printed.replaceAll(/\d+\.\d s/g, '_ s') };
}

const passes = async (): Promise<StageResult> => verdict('');

test('checks and tests are added up, and a failure prints what it found', async () => {
  const { totals, printed } = await outcome([
    { name: 'lint', run: async () => verdict(['a.ts:1: no', 'b.ts:2: no']) },
    { name: 'node', run: async () => ({ passed: 7, failed: 1, output: 'one test' }) },
  ]);
  expect(totals).toEqual({ passed: 7, failed: 2 });
  expect(printed).toContain('FAILED lint');
  expect(printed).toContain('    a.ts:1: no\n    b.ts:2: no\n');
  expect(printed).toMatch(/FAILED node .* 7 passed, 1 failed\n {4}one test\n/);
});

test('a stage that throws counts as one failure', async () => {
  const run = async () => {
    throw new Error('out of memory');
  };
  const { totals, printed } = await outcome([{ name: 'build', run }]);
  expect(totals).toEqual({ passed: 0, failed: 1 });
  expect(printed).toContain('out of memory');
});

test('a stage whose need failed is not run and counts as failed', async () => {
  let ran = false;
  const { totals, printed } = await outcome([
    {
      name: 'links',
      needs: ['build'],
      run: async () => {
        ran = true;
        return verdict('');
      },
    },
    { name: 'build', run: async () => verdict('no') },
  ]);
  expect(ran).toBe(false);
  expect(totals).toEqual({ passed: 0, failed: 2 });
  expect(printed).toContain('not run: it needs build');
});

test('two stages run at a time; one that must be alone is', async () => {
  const running = new Set<string>();
  const seen: Array<string[]> = [];
  const stage = (name: string, more: Partial<Stage> = {}): Stage => ({
    name,
    ...more,
    run: async () => {
      running.add(name);
      seen.push([...running].sort());
      await sleep(5);
      running.delete(name);
      return verdict('');
    },
  });
  await outcome([
    stage('a', { group: 'astro' }),
    stage('b', { group: 'astro' }),
    stage('c'),
    stage('d', { alone: true }),
    stage('e', { needs: ['d'] }),
  ]);
  expect(seen.every((names) => names.length <= 2)).toBe(true);
  expect(seen).toContainEqual(['a', 'c']);
  expect(seen).not.toContainEqual(['a', 'b']);
  expect(seen).toContainEqual(['d']);
});

test('stages that wait for each other are an error, not an endless wait', async () => {
  const circle: Stage[] = [
    { name: 'a', needs: ['b'], run: passes },
    { name: 'b', needs: ['a'], run: passes },
  ];
  await expect(outcome(circle)).rejects.toThrow('a, b');
});

test('choosing a stage brings what it needs, in the order of the list', () => {
  const stages: Stage[] = [
    { name: 'assets', run: passes },
    { name: 'lint', run: passes },
    { name: 'build', needs: ['assets'], run: passes },
    { name: 'links', needs: ['build'], run: passes },
  ];
  expect(select(stages, ['links']).map(({ name }) => name)).toEqual(['assets', 'build', 'links']);
  expect(() => select(stages, ['link'])).toThrow('no stage "link"; there are: assets, lint');
});

test('a stage that hangs is given up, is told so, and the others run', async () => {
  let told = false;
  const hang = (signal: AbortSignal) =>
    new Promise<StageResult>(() => {
      signal.addEventListener('abort', () => {
        told = true;
      });
    });
  const { totals, printed } = await outcome([
    { name: 'weight', limit: 0.001, run: hang },
    { name: 'links', run: passes },
  ]);
  expect(totals).toEqual({ passed: 1, failed: 1 });
  expect(told).toBe(true);
  expect(printed).toContain('it did not end within 0.001 minutes and was given up');
});
