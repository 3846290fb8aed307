/** `npm run bench`: the figures that the project publishes, all measured in one run. */
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { buildBaseline } from './bench/baseline.ts';
import { describeEmulator, type EmulatorFigures, measureEmulator } from './bench/emulator.ts';
import { type FirstResult, measureFirstResult, type RunPage } from './bench/first-result.ts';
import { median } from './bench/median.ts';
import { type PageCost, SCRIPT_BUDGET, weighPages } from './check/budgets.ts';
import { BROWSER_ARGS, ensureBrowser } from './lib/browser.ts';
import { main, readArgs, UsageError } from './lib/command-line.ts';
import { ROOT } from './lib/root.ts';
import { ensureSite, mainBuild, runAssets } from './lib/site.ts';
import { serve } from './serve.ts';

const PARTS = ['emulator', 'postgres', 'pages'] as const;
type Part = (typeof PARTS)[number];

const USAGE = `Usage: npm run bench -- [--json] [--runs N] [--only part,part]

Measures, each against another in turns:
  emulator   requests of the DynamoDB emulator in process, against dynalite over HTTP and in
             process; its cost on small and large tables; memory; the bundle's size
  postgres   the first PostgreSQL result in a cold Chromium, against a page with PGlite as its
             README has it
  pages      JavaScript of each page before any interaction
Options:
  --json     print the figures as JSON
  --runs N   rounds (default 7); the median counts
  --only     some of the parts`;

/** The anchor of the lab that is run, and the page that it stands on. */
const LAB = 'place-order';
const LAB_PAGE = 'guide/acid-transactions/';

/** The runs of one page: the median time, and all of them. */
interface Series {
  medianMilliseconds: number;
  medianWireBytes: number;
  milliseconds: number[];
}

/** All figures. */
interface Figures {
  date: string;
  machine: { processor: string; cores: number; memoryGiB: number; system: string };
  browser?: string;
  emulator?: EmulatorFigures;
  firstPostgresResult?: { runs: number; ours: Series; baseline: Series; ratio: number };
  pages?: PageCost[];
}

function seriesOf(results: readonly FirstResult[]): Series {
  const milliseconds = results.map((result) => Math.round(result.milliseconds));
  return {
    medianMilliseconds: median(milliseconds),
    medianWireBytes: median(results.map(({ wireBytes }) => wireBytes)),
    milliseconds,
  };
}

async function measureFirstResults(executablePath: string, siteDir: string, runs: number) {
  const site = await serve({ dir: siteDir });
  const baselineSite = await serve({ dir: await buildBaseline() });
  const lab = `#${LAB} .kj-side[data-side="postgres"]`;
  const ours: RunPage = {
    server: site.url,
    path: LAB_PAGE,
    button: `${lab} [data-run="postgres"]`,
    state: lab,
  };
  const baseline = { server: baselineSite.url, path: '', button: 'button', state: 'body' };
  try {
    const results = { ours: [] as FirstResult[], baseline: [] as FirstResult[] };
    for (let run = 1; run <= runs; run += 1) {
      process.stderr.write(`first result: ${run} of ${runs}\n`);
      results.baseline.push(await measureFirstResult(executablePath, baseline));
      results.ours.push(await measureFirstResult(executablePath, ours));
    }
    return { ours: seriesOf(results.ours), baseline: seriesOf(results.baseline) };
  } finally {
    await site.close();
    await baselineSite.close();
  }
}

async function browserVersion(executablePath: string): Promise<string> {
  const browser = await chromium.launch({ executablePath, args: [...BROWSER_ARGS] });
  const version = `Chromium ${browser.version()}`;
  await browser.close();
  return version;
}

function machine(): Figures['machine'] {
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${process.arch}, Node ${process.version}`,
  };
}

async function measure(parts: readonly Part[], runs: number): Promise<Figures> {
  const figures: Figures = { date: new Date().toISOString().slice(0, 10), machine: machine() };
  if (parts.includes('emulator')) {
    await runAssets();
    figures.emulator = await measureEmulator(runs);
  }
  if (!parts.includes('postgres') && !parts.includes('pages')) return figures;
  const executablePath = await ensureBrowser();
  figures.browser = await browserVersion(executablePath);
  const build = await mainBuild();
  if (build.base !== '/')
    throw new UsageError('the benchmark measures the site at /: unset BASE_PATH');
  await ensureSite(build);
  const siteDir = join(ROOT, build.dir);
  if (parts.includes('postgres')) {
    const { ours, baseline } = await measureFirstResults(executablePath, siteDir, runs);
    const ratio = ours.medianMilliseconds / baseline.medianMilliseconds;
    figures.firstPostgresResult = { runs, ours, baseline, ratio };
  }
  if (parts.includes('pages')) figures.pages = await weighPages(siteDir, build.base);
  return figures;
}

function describeFirstResult(figures: NonNullable<Figures['firstPostgresResult']>): string[] {
  const { runs, ours, baseline, ratio } = figures;
  const line = (name: string, { medianMilliseconds, medianWireBytes, milliseconds }: Series) =>
    `  ${name.padEnd(14)}${String(medianMilliseconds).padStart(7)} ms` +
    `${String(Math.round(medianWireBytes / 1000)).padStart(8)} kB   (${milliseconds.join(', ')})`;
  return [
    `First PostgreSQL result, cold, from the click; bytes on the wire, the page included; median of ${runs}:`,
    line('Keys & Joins', ours),
    line('plain PGlite', baseline),
    `  ratio         ${ratio.toFixed(2).padStart(7)}`,
  ];
}

function describe({ date, machine, browser, ...figures }: Figures): string {
  const { processor, cores, memoryGiB, system } = machine;
  const { emulator, firstPostgresResult, pages } = figures;
  const parts = [
    [
      `${date}; ${processor}, ${cores} cores, ${memoryGiB} GiB; ${system}${browser ? `; ${browser}` : ''}`,
    ],
    emulator && describeEmulator(emulator),
    firstPostgresResult && describeFirstResult(firstPostgresResult),
    pages && [
      `JavaScript before any interaction, in brotli, in bytes (at most ${SCRIPT_BUDGET}):`,
      ...pages.map(({ page, scripts }) => `  ${String(scripts).padStart(6)}  ${page}`),
    ],
  ];
  return parts
    .filter((part) => part !== undefined)
    .map((part) => part.join('\n'))
    .join('\n\n');
}

await main(async () => {
  const { values } = readArgs(USAGE, {
    json: { type: 'boolean', default: false },
    runs: { type: 'string', default: '7' },
    only: { type: 'string', default: PARTS.join(',') },
  });
  const runs = Number(values.runs);
  if (!Number.isInteger(runs) || runs < 1) {
    throw new UsageError(`--runs ${values.runs}: it must be a whole number from 1\n\n${USAGE}`);
  }
  const parts = values.only.split(',').map((name) => {
    const part = PARTS.find((one) => one === name.trim());
    if (part) return part;
    throw new UsageError(`--only ${values.only}: there is no part "${name.trim()}"\n\n${USAGE}`);
  });
  const figures = await measure(parts, runs);
  process.stdout.write(`${values.json ? JSON.stringify(figures, null, 2) : describe(figures)}\n`);
});
