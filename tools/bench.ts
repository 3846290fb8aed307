/** `npm run bench`: the figures that the project publishes, all measured in one run. */
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { buildBaseline } from './bench/baseline.ts';
import { type FirstResult, measureFirstResult, type RunPage } from './bench/first-result.ts';
import { type PageCost, SCRIPT_BUDGET, weighPages } from './check/budgets.ts';
import { BROWSER_ARGS, ensureBrowser } from './lib/browser.ts';
import { main, readArgs, UsageError } from './lib/command-line.ts';
import { ROOT } from './lib/root.ts';
import { ensureSite, mainBuild } from './lib/site.ts';
import { serve } from './serve.ts';

const USAGE = `Usage: npm run bench -- [--json] [--runs N]

Measures the first PostgreSQL result in a cold Chromium, ours against a page with PGlite as its
README has it, in turns; and the JavaScript of each page before any interaction.
  --json     print the figures as JSON
  --runs N   cold runs of each page (default 7); the median counts`;

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
  browser: string;
  firstPostgresResult: { runs: number; ours: Series; baseline: Series; ratio: number };
  pages: PageCost[];
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = Math.floor(sorted.length / 2);
  const lower = Math.ceil(sorted.length / 2) - 1;
  return ((sorted[lower] ?? Number.NaN) + (sorted[upper] ?? Number.NaN)) / 2;
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

async function measure(runs: number): Promise<Figures> {
  const executablePath = await ensureBrowser();
  const build = await mainBuild();
  if (build.base !== '/')
    throw new UsageError('the benchmark measures the site at /: unset BASE_PATH');
  await ensureSite(build);
  const siteDir = join(ROOT, build.dir);
  const { ours, baseline } = await measureFirstResults(executablePath, siteDir, runs);
  return {
    date: new Date().toISOString().slice(0, 10),
    machine: {
      processor: cpus()[0]?.model.trim() ?? 'unknown',
      cores: cpus().length,
      memoryGiB: Math.round(totalmem() / 2 ** 30),
      system: `${process.platform} ${process.arch}, Node ${process.version}`,
    },
    browser: await browserVersion(executablePath),
    firstPostgresResult: {
      runs,
      ours,
      baseline,
      ratio: ours.medianMilliseconds / baseline.medianMilliseconds,
    },
    pages: await weighPages(siteDir, build.base),
  };
}

function describe({ date, machine, browser, firstPostgresResult, pages }: Figures): string {
  const { runs, ours, baseline, ratio } = firstPostgresResult;
  const line = (name: string, { medianMilliseconds, medianWireBytes, milliseconds }: Series) =>
    `  ${name.padEnd(14)}${String(medianMilliseconds).padStart(7)} ms` +
    `${String(Math.round(medianWireBytes / 1000)).padStart(8)} kB   (${milliseconds.join(', ')})`;
  return [
    `${date}; ${machine.processor}, ${machine.cores} cores, ${machine.memoryGiB} GiB; ` +
      `${machine.system}; ${browser}`,
    '',
    `First PostgreSQL result, cold, from the click; bytes on the wire, the page included; median of ${runs}:`,
    line('Keys & Joins', ours),
    line('plain PGlite', baseline),
    `  ratio         ${ratio.toFixed(2).padStart(7)}`,
    '',
    `JavaScript before any interaction, in brotli, in bytes (at most ${SCRIPT_BUDGET}):`,
    ...pages.map(({ page, scripts }) => `  ${String(scripts).padStart(6)}  ${page}`),
  ].join('\n');
}

await main(async () => {
  const { values } = readArgs(USAGE, {
    json: { type: 'boolean', default: false },
    runs: { type: 'string', default: '7' },
  });
  const runs = Number(values.runs);
  if (!Number.isInteger(runs) || runs < 1) {
    throw new UsageError(`--runs ${values.runs}: it must be a whole number from 1\n\n${USAGE}`);
  }
  const figures = await measure(runs);
  process.stdout.write(`${values.json ? JSON.stringify(figures, null, 2) : describe(figures)}\n`);
});
