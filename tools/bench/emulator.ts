/** Measures our DynamoDB emulator against dynalite, each in processes of its own, in turns. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliSize } from '../lib/page-bytes.ts';
import { ROOT } from '../lib/root.ts';
import { run } from '../lib/run.ts';
import type { EmulatorRun } from './emulator-run.ts';
import { workloads } from './emulator-workload.ts';
import { median } from './median.ts';

/** One workload: microseconds of a request, medians over the rounds. */
export interface WorkloadFigures {
  name: string;
  ours: number;
  /** dynalite over HTTP on one open connection, and on its own store without HTTP. */
  dynaliteHttp: number;
  dynaliteStore: number;
}

/** All figures of the emulator. */
export interface EmulatorFigures {
  /** Items in the table on which both are measured. */
  items: number;
  workloads: WorkloadFigures[];
  /** Microseconds of requests by key on a small and a large table. */
  flat: {
    small: number;
    large: number;
    costs: Array<{ name: string; small: number; large: number }>;
  };
  /** Microseconds to go back to a snapshot after a write, on the small and the large table. */
  reset: { small: number; large: number };
  /** Heap of the large table, in bytes. */
  heapBytes: number;
  /** What a page loads at first, and all there is: brotli, in bytes. */
  bundle: { atFirst: number; all: number };
}

const ITEMS = 10_000;
const SMALL = 100;
const LARGE = 100_000;
const BY_KEY = ['Get', 'Put', 'Query by key'];

async function runOnce(kind: 'ours' | 'store' | 'http', size: number): Promise<EmulatorRun> {
  const file = join(ROOT, 'tools/bench/emulator-run.ts');
  const args = ['--expose-gc', '--disable-warning=ExperimentalWarning', file, kind, String(size)];
  const { code, output } = await run(process.execPath, args);
  if (code !== 0) throw new Error(`the measurement of ${kind} failed:\n${output}`);
  return JSON.parse(output.trim().split('\n').at(-1) ?? '') as EmulatorRun;
}

/** Takes every measurement `rounds` times, in turns. */
export async function measureEmulator(rounds: number): Promise<EmulatorFigures> {
  const runs = { ours: [], store: [], http: [], small: [], large: [] } as Record<
    'ours' | 'store' | 'http' | 'small' | 'large',
    EmulatorRun[]
  >;
  for (let round = 1; round <= rounds; round += 1) {
    process.stderr.write(`emulator: ${round} of ${rounds}\n`);
    runs.ours.push(await runOnce('ours', ITEMS));
    runs.store.push(await runOnce('store', ITEMS));
    runs.http.push(await runOnce('http', ITEMS));
    runs.small.push(await runOnce('ours', SMALL));
    runs.large.push(await runOnce('ours', LARGE));
  }
  const cost = (kind: keyof typeof runs, name: string) =>
    median(runs[kind].map(({ microseconds }) => microseconds[name] ?? Number.NaN));
  return {
    items: ITEMS,
    workloads: workloads(ITEMS).map(({ name }) => ({
      name,
      ours: cost('ours', name),
      dynaliteHttp: cost('http', name),
      dynaliteStore: cost('store', name),
    })),
    flat: {
      small: SMALL,
      large: LARGE,
      costs: BY_KEY.map((name) => ({
        name,
        small: cost('small', name),
        large: cost('large', name),
      })),
    },
    reset: { small: resetOf(runs.small), large: resetOf(runs.large) },
    heapBytes: median(runs.large.map(({ heapBytes }) => heapBytes ?? Number.NaN)),
    bundle: { atFirst: await bundleBytes('core.js'), all: await bundleBytes('engine.js') },
  };
}

const resetOf = (runs: readonly EmulatorRun[]) =>
  median(runs.map(({ resetMicroseconds }) => resetMicroseconds ?? Number.NaN));

/** Brotli bytes of a module of the bundle and of all that it imports. */
async function bundleBytes(entry: string): Promise<number> {
  const files = new Set([entry]);
  let bytes = 0;
  for (const file of files) {
    const code = await readFile(join(ROOT, '.generated/dynamodb', file), 'utf8');
    bytes += brotliSize(code);
    for (const [, name] of code.matchAll(/(?:from|import)\s*"\.\/([^"]+)"/g))
      files.add(name as string);
  }
  return bytes;
}

/** The figures as a table. */
export function describeEmulator(figures: EmulatorFigures): string[] {
  const { items, workloads: rows, flat, reset, heapBytes, bundle } = figures;
  const number = (value: number, digits = 1) => value.toFixed(digits).padStart(9);
  return [
    `DynamoDB emulator: microseconds of a request on ${items} items of 300 bytes, texts of JSON in and out:`,
    `  ${' '.repeat(14)}     ours     dynalite over HTTP     dynalite in process`,
    ...rows.map(
      ({ name, ours, dynaliteHttp, dynaliteStore }) =>
        `  ${name.padEnd(14)}${number(ours)}${number(dynaliteHttp, 0)} (${(dynaliteHttp / ours).toFixed(1)} x)` +
        `${number(dynaliteStore, 0)} (${(dynaliteStore / ours).toFixed(1)} x)`,
    ),
    `  by key, ${flat.large} items against ${flat.small}: ${flat.costs
      .map(({ name, small, large }) => `${name} ${(large / small).toFixed(2)} x`)
      .join(', ')}`,
    `  back to a snapshot: ${reset.small.toFixed(1)} and ${reset.large.toFixed(1)} microseconds`,
    `  ${LARGE} items take ${(heapBytes / 1e6).toFixed(0)} MB; the bundle ${(bundle.atFirst / 1000).toFixed(1)} kB in brotli, ${(bundle.all / 1000).toFixed(1)} with what is loaded later`,
  ];
}
