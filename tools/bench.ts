/** `npm run bench`: the figures that the project publishes, all measured in one run. */
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { describeEmulator, type EmulatorFigures, measureEmulator } from './bench/emulator.ts';
import { describePostgres, measurePostgres, type PostgresFigures } from './bench/postgres.ts';
import { type PageCost, SCRIPT_BUDGET, weighPages } from './check/budgets.ts';
import { BROWSER_ARGS, ensureBrowser } from './lib/browser.ts';
import { main, readArgs, UsageError } from './lib/command-line.ts';
import { ROOT } from './lib/root.ts';
import { ensureSite, mainBuild, runAssets } from './lib/site.ts';

const PARTS = ['emulator', 'postgres', 'pages'] as const;
type Part = (typeof PARTS)[number];

const USAGE = `Usage: npm run bench -- [--json] [--runs N] [--only part,part]

Measures, each against another in turns:
  emulator   requests of the DynamoDB emulator in process, against dynalite over HTTP and in
             process; its cost on small and large tables; memory; the bundle's size
  postgres   the first PostgreSQL result in Chromium, cold and warm, against a page with PGlite as
             its README has it; bytes on the wire; Stop; reset against close and create; memory
  pages      JavaScript of each page before any interaction
Options:
  --json     print the figures as JSON
  --runs N   rounds (default 7); the median counts
  --only     some of the parts`;

/** All figures. */
interface Figures {
  date: string;
  machine: { processor: string; cores: number; memoryGiB: number; system: string };
  browser?: string;
  emulator?: EmulatorFigures;
  postgres?: PostgresFigures;
  pages?: PageCost[];
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
    figures.postgres = await measurePostgres(executablePath, siteDir, runs);
  }
  if (parts.includes('pages')) figures.pages = await weighPages(siteDir, build.base);
  return figures;
}

function describe({ date, machine, browser, ...figures }: Figures): string {
  const { processor, cores, memoryGiB, system } = machine;
  const { emulator, postgres, pages } = figures;
  const parts = [
    [
      `${date}; ${processor}, ${cores} cores, ${memoryGiB} GiB; ${system}${browser ? `; ${browser}` : ''}`,
    ],
    emulator && describeEmulator(emulator),
    postgres && describePostgres(postgres),
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
