/** Runs Vitest projects and counts their tests; a skipped one counts as failed. */
import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { ROOT } from './root.ts';
import { runBin } from './run.ts';
import { type StageResult, verdict } from './stages.ts';

/** The part of Vitest's JSON report that is counted. */
const reportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

/** Vitest's report in numbers, with a line for each test that was skipped. */
export function countTests(report: unknown): StageResult {
  const { testResults } = reportSchema.parse(report);
  const tests = testResults.flatMap((file) => file.assertionResults);
  const passed = tests.filter((test) => test.status === 'passed').length;
  const skipped = tests.filter((test) => test.status !== 'passed' && test.status !== 'failed');
  // A file that could not be loaded, or whose hooks failed, may hold no failed test of its own.
  const brokenFiles = testResults.filter(
    (file) =>
      file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  const output = [
    ...skipped.map((test) => `skipped, which counts as failed: ${test.fullName}`),
    ...brokenFiles.map((file) => `the file failed as a whole: ${file.name}`),
  ].join('\n');
  return { passed, failed: tests.length - passed + brokenFiles.length, output };
}

/** Runs all tests of `projects`. What Vitest itself reports (no tests, a crash) counts as one failure. */
export async function runVitest(
  projects: readonly string[],
  { signal, env = {} }: { signal: AbortSignal; env?: NodeJS.ProcessEnv },
): Promise<StageResult> {
  const reportFile = join(ROOT, '.generated/.reports', `${projects.join('-')}.json`);
  await mkdir(dirname(reportFile), { recursive: true });
  await rm(reportFile, { force: true });
  const args = [
    'run',
    ...projects.map((project) => `--project=${project}`),
    // Failures and nothing else: who sees a part of a long output sees these.
    '--reporter=minimal',
    '--reporter=json',
    `--outputFile.json=${reportFile}`,
    '--silent=passed-only',
  ];
  const { code, output } = await runBin('vitest', args, { env: { ...env, NO_COLOR: '1' }, signal });
  let counted: StageResult;
  try {
    counted = countTests(JSON.parse(await readFile(reportFile, 'utf8')));
  } catch {
    return verdict(`${output}\nVitest ended with code ${code} and without a report`);
  }
  const failed = code !== 0 && counted.failed === 0 ? 1 : counted.failed;
  return { passed: counted.passed, failed, output: `${output}\n${counted.output}` };
}
