/** Runs a public test suite of DynamoDB, from a checkout of it, against fresh emulators of ours. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { UsageError } from '../lib/command-line.ts';
import { serveEmulator } from '../lib/emulator.ts';
import { ROOT } from '../lib/root.ts';
import { reasonFor } from './dynalite-reasons.ts';

/** One test of a suite. */
interface TestResult {
  /** The part of the suite that it belongs to. */
  tier: string;
  name: string;
  outcome: 'passed' | 'failed' | 'skipped';
  /** Why it cannot pass, where that is known. */
  reason?: string;
}

/** What one part of a suite came to. */
export interface Tier {
  name: string;
  total: number;
  passed: number;
  skipped: number;
}

/** What a suite came to. */
export interface Score {
  suite: string;
  /** The commit of the checkout; absent where it is none. */
  commit?: string;
  tiers: Tier[];
  total: number;
  passed: number;
  skipped: number;
  /** Names of the tests that failed, by the reason why. */
  failed: Array<{ reason: string; tests: string[] }>;
}

const UNEXPLAINED = 'unexplained';

/**
 * Runs the suite whose checkout is at `path`: `dynamodb-conformance` or `dynalite`, told by its package.json. Its
 * packages must be installed. Nothing is fetched.
 * @throws UsageError when there is no such suite.
 */
export async function runSuite(path: string): Promise<Score> {
  const folder = resolve(path);
  const manifest = join(folder, 'package.json');
  if (!existsSync(manifest)) throw new UsageError(`--suite ${path}: there is no ${manifest}`);
  const { name } = JSON.parse(readFileSync(manifest, 'utf8')) as { name?: string };
  const run = name === undefined ? undefined : suites[name];
  if (name === undefined || run === undefined) {
    throw new UsageError(`--suite ${path}: it must be one of ${Object.keys(suites).join(', ')}`);
  }
  if (!existsSync(join(folder, 'node_modules'))) {
    throw new UsageError(
      `--suite ${path}: install its packages first: (cd ${path} && npm install)`,
    );
  }
  const results = await run(folder);
  const commit = commitOf(folder);
  return { suite: name, ...(commit !== undefined && { commit }), ...summary(results) };
}

const suites: Record<string, (folder: string) => Promise<TestResult[]>> = {
  'dynamodb-conformance': runConformance,
  dynalite: runDynalite,
};

/** The suite that was first run against DynamoDB itself: Vitest, with an endpoint from the environment. */
async function runConformance(folder: string): Promise<TestResult[]> {
  const { createDynamoDB } = await import('../../.generated/dynamodb/engine.js');
  const server = await serveEmulator(createDynamoDB(), 0);
  try {
    const vitest = join(folder, 'node_modules/vitest/vitest.mjs');
    const report = await jsonReport<VitestReport>(
      folder,
      (file) => [...[vitest, 'run', '--reporter=json', `--outputFile=${file}`]],
      { DYNAMODB_ENDPOINT: server.url },
    );
    return report.testResults.flatMap(({ name: file, assertionResults }) =>
      assertionResults.map(({ fullName, status }): TestResult => {
        const path = relative(join(folder, 'tests'), file).split(/[\\/]/);
        const outcome = status === 'passed' || status === 'failed' ? status : 'skipped';
        return { tier: path[0] ?? '', name: `${path.slice(1).join('/')}: ${fullName}`, outcome };
      }),
    );
  } finally {
    await server.close();
  }
}

/** dynalite's own tests, one file after the other, so that what one leaves behind does not reach the next. */
async function runDynalite(folder: string): Promise<TestResult[]> {
  const mocha = join(folder, 'node_modules/mocha/bin/mocha.js');
  const hook = join(ROOT, 'tools/conformance/dynalite-server.ts');
  const helpers = ['helpers.js', 'bench.js'];
  const files = readdirSync(join(folder, 'test')).filter(
    (file) => file.endsWith('.js') && !helpers.includes(file),
  );
  const results: TestResult[] = [];
  for (const file of files) {
    const report = await jsonReport<MochaReport>(
      folder,
      (output) => [
        ...[
          mocha,
          join('test', file),
          '--require',
          'should',
          '--require',
          hook,
          '--timeout',
          '10s',
        ],
        ...['--exit', '--reporter', 'json', '--reporter-option', `output=${output}`],
      ],
      { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'any', AWS_SECRET_ACCESS_KEY: 'any' },
    );
    const tier = file.replace(/\.js$/, '');
    for (const outcome of ['passed', 'failed', 'skipped'] as const) {
      const key = { passed: 'passes', failed: 'failures', skipped: 'pending' } as const;
      for (const { fullTitle } of report[key[outcome]]) {
        const reason = outcome === 'failed' ? reasonFor(fullTitle) : undefined;
        results.push({ tier, name: fullTitle, outcome, ...(reason && { reason }) });
      }
    }
  }
  return results;
}

interface VitestReport {
  testResults: Array<{
    name: string;
    assertionResults: Array<{ fullName: string; status: string }>;
  }>;
}

type MochaReport = Record<'passes' | 'failures' | 'pending', Array<{ fullTitle: string }>>;

/** Runs a program of Node that writes a report as JSON, and reads that. Failing tests are no failure here. */
async function jsonReport<Report>(
  cwd: string,
  command: (file: string) => string[],
  env: Record<string, string>,
): Promise<Report> {
  const folder = await mkdtemp(join(tmpdir(), 'conformance-'));
  try {
    const file = join(folder, 'report.json');
    const output = await new Promise<string>((done, fail) => {
      const child = spawn(process.execPath, command(file), {
        cwd,
        env: { ...process.env, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let text = '';
      child.stdout.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      child.stderr.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      child.once('error', fail);
      child.once('close', () => done(text));
    });
    if (!existsSync(file)) throw new Error(`the suite wrote no report:\n${output}`);
    return JSON.parse(await readFile(file, 'utf8')) as Report;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function summary(results: readonly TestResult[]): Omit<Score, 'suite' | 'commit'> {
  const count = (list: readonly TestResult[]) => ({
    total: list.length,
    passed: list.filter(({ outcome }) => outcome === 'passed').length,
    skipped: list.filter(({ outcome }) => outcome === 'skipped').length,
  });
  const names = [...new Set(results.map(({ tier }) => tier))].sort();
  const failures = results.filter(({ outcome }) => outcome === 'failed');
  const reasons = [...new Set(failures.map(({ reason = UNEXPLAINED }) => reason))].sort();
  return {
    ...count(results),
    tiers: names.map((name) => ({ name, ...count(results.filter(({ tier }) => tier === name)) })),
    failed: reasons.map((reason) => ({
      reason,
      tests: failures
        .filter((failure) => (failure.reason ?? UNEXPLAINED) === reason)
        .map(({ name }) => name),
    })),
  };
}

/** The commit that is checked out, read from Git's own files. */
function commitOf(folder: string): string | undefined {
  try {
    const git = join(folder, '.git');
    const head = readFileSync(join(git, 'HEAD'), 'utf8').trim();
    const ref = /^ref: (.+)$/.exec(head)?.[1];
    if (ref === undefined) return head;
    if (existsSync(join(git, ref))) return readFileSync(join(git, ref), 'utf8').trim();
    const packed = readFileSync(join(git, 'packed-refs'), 'utf8');
    return packed
      .split('\n')
      .find((line) => line.endsWith(` ${ref}`))
      ?.split(' ')[0];
  } catch {
    return undefined;
  }
}
