/** What counts as a failed test in Vitest's report. */
import { expect, test } from 'vitest';
import { countTests } from '../../tools/lib/vitest.ts';

function report(...statuses: string[]) {
  const assertionResults = statuses.map((status) => ({ fullName: `a ${status} test`, status }));
  return { name: 'a.test.ts', status: 'passed', assertionResults };
}

test('skipped and unwritten tests count as failed and are named', () => {
  const counted = countTests({ testResults: [report('passed', 'skipped', 'todo', 'failed')] });
  expect(counted).toMatchObject({ passed: 1, failed: 3 });
  expect(counted.output).toBe(
    'skipped, which counts as failed: a skipped test\n' +
      'skipped, which counts as failed: a todo test',
  );
});

test('a file that could not be loaded counts as one failure', () => {
  const broken = { name: 'broken.test.ts', status: 'failed', assertionResults: [] };
  expect(countTests({ testResults: [report('passed'), broken] })).toEqual({
    passed: 1,
    failed: 1,
    output: 'the file failed as a whole: broken.test.ts',
  });
});
