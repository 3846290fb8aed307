/** The tool that scores the emulator on public suites: what it runs, and how it tells why a test fails. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reasonFor } from '../../tools/conformance/dynalite-reasons.ts';
import { runSuite } from '../../tools/conformance/run.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'suites-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A folder that is a suite of that name, and which runner it has. */
async function suite(name: string, runner?: [path: string, code: string]): Promise<string> {
  const path = await mkdtemp(join(folder, 'suite-'));
  await writeFile(join(path, 'package.json'), JSON.stringify({ name }));
  if (runner === undefined) return path;
  const file = join(path, 'node_modules', runner[0]);
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, runner[1]);
  return path;
}

describe('a suite', () => {
  it('must be a checkout of one that is known, with its packages', async () => {
    await expect(runSuite(join(folder, 'nowhere'))).rejects.toThrow(/there is no .*package.json$/);
    await expect(runSuite(await suite('other'))).rejects.toThrow(
      'it must be one of dynamodb-conformance, dynalite',
    );
    await expect(runSuite(await suite('dynalite'))).rejects.toThrow('install its packages first');
  });

  it('is counted by its tiers; what fails is named', async () => {
    const code = `
      import { writeFileSync } from 'node:fs';
      const file = process.argv.find((each) => each.startsWith('--outputFile=')).slice(13);
      const answer = await fetch(process.env.DYNAMODB_ENDPOINT);
      const test = (fullName, status) => ({ fullName, status });
      writeFileSync(file, JSON.stringify({ testResults: [
        { name: process.cwd() + '/tests/tier1/get/a.test.ts', assertionResults: [
          test('reads', answer.ok ? 'passed' : 'failed'), test('waits', 'skipped') ] },
        { name: process.cwd() + '/tests/tier2/b.test.ts', assertionResults: [
          test('writes', 'failed'), test('rests', 'passed') ] },
      ] }));
      process.exit(1);`;
    const path = await suite('dynamodb-conformance', ['vitest/vitest.mjs', code]);
    await mkdir(join(path, '.git'));
    await writeFile(join(path, '.git/HEAD'), '0123abc\n');
    expect(await runSuite(path)).toEqual({
      suite: 'dynamodb-conformance',
      commit: '0123abc',
      total: 4,
      passed: 2,
      skipped: 1,
      tiers: [
        { name: 'tier1', total: 2, passed: 1, skipped: 1 },
        { name: 'tier2', total: 2, passed: 1, skipped: 0 },
      ],
      failed: [{ reason: 'unexplained', tests: ['b.test.ts: writes'] }],
    });
  });

  it('that breaks off says what it printed', async () => {
    const path = await suite('dynamodb-conformance', [
      'vitest/vitest.mjs',
      "process.stderr.write('no such test'); process.exit(2);",
    ]);
    await expect(runSuite(path)).rejects.toThrow(/wrote no report:\nno such test$/);
  });
});

describe("a failure of dynalite's own tests", () => {
  it('has a reason where there is one', () => {
    expect(reasonFor('dynalite connections basic should connect to SSL')).toMatch(/^not about/);
    expect(reasonFor('getItem validations should return X for short TableName')).toMatch(
      /^contradicted: TableName/,
    );
    expect(reasonFor('getItem functionality should get')).toBeUndefined();
  });
});
