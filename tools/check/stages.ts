/** Every stage of `npm test`, in the order in which they are started. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listLabs } from '../../src/engine/lab/load.ts';
import { sample } from '../../test/browser/sample.ts';
import { ensureAssets } from '../assets.ts';
import { ROOT } from '../lib/root.ts';
import { run, runBin } from '../lib/run.ts';
import { BUILD_UNDER_BASE, ensureSite, mainBuild, type SiteBuild } from '../lib/site.ts';
import { type Stage, type StageResult, verdict } from '../lib/stages.ts';
import { runVitest } from '../lib/vitest.ts';
import { SCRIPT_BUDGET, weighPages } from './budgets.ts';
import { checkImports, describeFinding } from './imports.ts';
import { checkLicences } from './licences.ts';
import { checkLinks } from './links.ts';
import { lostPackages } from './lock-file.ts';

/** The Vitest projects that run in Node alone. */
const NODE_PROJECTS = ['engine', 'examples', 'conformance', 'site', 'tools'];
/** Those that run in Chromium: of the pages, and of the engines in them. */
const CHROMIUM_PROJECTS = ['browser', 'chromium'];
/** The tests of the engines in the other browsers. */
const OTHER_BROWSERS = ['firefox', 'webkit'];

/** A stage that is one program of a package: it passes when that ends with code 0. */
function program(packageName: string, args: readonly string[], command = packageName) {
  const env = { NO_COLOR: '1', ASTRO_TELEMETRY_DISABLED: '1' };
  return async (signal: AbortSignal) => {
    const { code, output } = await runBin(packageName, args, { env, command, signal });
    return code === 0 ? verdict('') : verdict(output || `${command} ended with code ${code}`);
  };
}

async function links(build: SiteBuild): Promise<StageResult> {
  return verdict(await checkLinks(join(ROOT, build.dir), build.base));
}

/** One check for each page. */
async function weights(): Promise<StageResult> {
  const build = await mainBuild();
  const pages = await weighPages(join(ROOT, build.dir), build.base);
  const failed = pages.filter(({ problems }) => problems.length > 0);
  return {
    passed: pages.length - failed.length,
    failed: failed.length,
    output: failed.map(({ page, problems }) => [page, ...problems].join('\n')).join('\n'),
  };
}

/** Chapters whose labs a short run compares with a server. */
const VERIFIED = 6;
/** Plays of several sessions that a short run plays on a server again. */
const REPLAYED = 300;

/**
 * One check for each lab: of some chapters, and of all of them in the full run. A machine for which
 * there is no server fails, and is told so.
 */
async function verifyPostgres(signal: AbortSignal, whole = false): Promise<StageResult> {
  const chapters = [...new Set((await listLabs(ROOT)).map((id) => id.split('/')[0] as string))];
  const some = whole ? [] : sample(chapters, VERIFIED);
  const { code, output } = await run(process.execPath, ['tools/verify-postgres.ts', ...some], {
    signal,
  });
  const [, passed, failed] = /^(\d+) passed, (\d+) failed$/m.exec(output) ?? [];
  if (failed === undefined || (code !== 0 && failed === '0')) {
    return verdict(output || `verify:postgres ended with code ${code}`);
  }
  return { passed: Number(passed), failed: Number(failed), output };
}

/**
 * One check for each play of several sessions that is played again on a server: of some, and of all of
 * them in the full run.
 */
async function recordings(signal: AbortSignal, whole = false): Promise<StageResult> {
  const some = whole ? [] : ['--sample', `${REPLAYED}`];
  const { code, output } = await run(process.execPath, ['tools/record.ts', '--check', ...some], {
    signal,
  });
  const [, passed, failed] = /^(\d+) passed, (\d+) failed$/m.exec(output) ?? [];
  if (failed === undefined || (code !== 0 && failed === '0')) {
    return verdict(output || `record --check ended with code ${code}`);
  }
  return { passed: Number(passed), failed: Number(failed), output };
}

/** The stages that read sources only: seconds each, and no browser. */
export const STATIC_STAGES: readonly Stage[] = [
  {
    name: 'lint',
    run: program('@biomejs/biome', ['ci', '--error-on-warnings', '--colors=off', '.'], 'biome'),
  },
  {
    name: 'assets',
    run: async () => {
      await ensureAssets();
      return verdict('');
    },
  },
  {
    name: 'types',
    needs: ['assets'],
    group: 'astro',
    run: program('astro', [
      'check',
      '--minimumSeverity=warning',
      '--minimumFailingSeverity=warning',
    ]),
  },
  {
    name: 'lock',
    run: async () => {
      const text = await readFile(join(ROOT, 'package-lock.json'), 'utf8');
      const lost = lostPackages(JSON.parse(text)).map(({ name }) => `${name} is not in it`);
      return verdict(lost.length === 0 ? '' : [...lost, 'put them back: npm run complete-lock']);
    },
  },
  {
    name: 'imports',
    run: async () => verdict((await checkImports(ROOT)).map(describeFinding)),
  },
  { name: 'unused', run: program('knip', ['--no-progress']) },
  {
    name: 'spelling',
    run: program('cspell', ['lint', '--no-progress', '--no-summary', '--show-suggestions']),
  },
];

/** All stages. */
export const ALL_STAGES: readonly Stage[] = [
  ...STATIC_STAGES,
  {
    name: 'build',
    needs: ['assets'],
    group: 'astro',
    run: async () => {
      await ensureSite(await mainBuild());
      return verdict('');
    },
  },
  {
    name: 'build-base',
    needs: ['assets'],
    group: 'astro',
    run: async () => {
      await ensureSite(BUILD_UNDER_BASE);
      return verdict('');
    },
  },
  {
    name: 'node',
    needs: ['assets'],
    limit: 15,
    run: (signal) => runVitest(NODE_PROJECTS, { signal }),
  },
  { name: 'verify-postgres', needs: ['assets'], run: (signal) => verifyPostgres(signal) },
  { name: 'recordings', run: (signal) => recordings(signal) },
  { name: 'links', needs: ['build'], run: async () => links(await mainBuild()) },
  { name: 'links-base', needs: ['build-base'], run: () => links(BUILD_UNDER_BASE) },
  {
    name: 'licences',
    needs: ['build'],
    run: async () => verdict(await checkLicences()),
  },
  { name: 'weight', needs: ['build'], run: weights },
  {
    name: 'browser',
    needs: ['build', 'build-base'],
    alone: true,
    limit: 20,
    run: (signal) => runVitest(CHROMIUM_PROJECTS, { signal }),
  },
];

/** Seconds that each test of random requests goes on for in the full run. */
const FUZZ_SECONDS = 240;

/** The full run: nothing is sampled, and the engines are tested in three browsers. */
export const FULL_STAGES: readonly Stage[] = [
  ...ALL_STAGES,
  {
    name: 'browsers',
    needs: ['build'],
    alone: true,
    run: (signal: AbortSignal) => runVitest(OTHER_BROWSERS, { signal }),
  },
].map((stage) => {
  if (stage.name === 'verify-postgres') {
    return { ...stage, run: (signal) => verifyPostgres(signal, true) };
  }
  if (stage.name === 'recordings') {
    return { ...stage, limit: 20, run: (signal) => recordings(signal, true) };
  }
  const projects = { node: NODE_PROJECTS, browser: CHROMIUM_PROJECTS, browsers: OTHER_BROWSERS }[
    stage.name
  ];
  if (projects === undefined) return stage;
  const env = { FULL_RUN: '1', FUZZ_SECONDS: String(FUZZ_SECONDS) };
  return { ...stage, limit: 30, run: (signal) => runVitest(projects, { signal, env }) };
});

/** What each stage checks, for `--help`. */
export const STAGE_NOTES: Readonly<Record<string, string>> = {
  lint: 'formatting and lint rules (Biome)',
  assets: 'the generated engine assets can be built',
  types: 'types of .ts, .tsx and .astro files (astro check)',
  lock: 'package-lock.json has the packages of every platform',
  imports: 'direction of imports (tools/check/import-rules.ts)',
  spelling: 'the words of the prose (cspell); new ones go into src/content/words.txt',
  unused: 'files, exports and dependencies that nobody uses (knip)',
  build: 'the site builds at /',
  'build-base': 'the site builds under /a/b/',
  node: `Vitest in Node: ${NODE_PROJECTS.join(', ')}`,
  'verify-postgres':
    'postgres.sql answers as on a PostgreSQL 18 server (npm run test:all: of every lab)',
  recordings:
    'sessions play on a PostgreSQL 18 server as recorded (npm run test:all: in every order)',
  links: 'every address in the built pages leads somewhere',
  'links-base': 'the same under /a/b/',
  licences: 'everything that is shipped has a permissive licence',
  weight: `JavaScript of each page before interaction: at most ${SCRIPT_BUDGET} bytes in brotli`,
  browser: 'Vitest driving Chromium: test/browser and test/browsers',
  browsers: 'Vitest driving Firefox and WebKit: test/browsers (npm run test:all)',
};
