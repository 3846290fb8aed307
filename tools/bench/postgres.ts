/** Measures PostgreSQL in the page against plain PGlite, in turns within one run. */

import { serve } from '../serve.ts';
import { buildBaseline } from './baseline.ts';
import { measureVisits, type RunPage, type Visits } from './first-result.ts';
import { type LargestHeap, measureHeap } from './heap.ts';
import { median } from './median.ts';
import { measureReset, type ResetTimes } from './reset.ts';

/** The runs of one page: the median time, and all of them, in milliseconds; bytes on the wire. */
interface Series {
  medianMilliseconds: number;
  medianWireBytes: number;
  milliseconds: number[];
}

/** Both pages under the same conditions, and how many times the other's time ours takes. */
interface Pair {
  ours: Series;
  baseline: Series;
  ratio: number;
}

/** All figures of PostgreSQL. */
export interface PostgresFigures {
  rounds: number;
  cold: Pair;
  warm: Pair;
  /** From a Stop of an endless statement to the next result, beside the warm first result. */
  afterStop: { medianMilliseconds: number; milliseconds: number[]; ratio: number };
  reset: ResetTimes;
  heap: LargestHeap;
}

/** What is promised: at most these. */
export const LIMITS = { cold: 0.4, warm: 0.35, wireBytes: 5_000_000, reset: 0.15, afterStop: 1 };

/** The anchor of the lab that is run, its id, and the page that it stands on. */
const LAB = 'hello-twice';
const LAB_ID = 'introduction/hello-twice';
const LAB_PAGE = '';
/** The lab's SQL is one step with one SELECT, as the plain page's is; this never ends. As draft.ts keeps it. */
const ENDLESS = { names: ['Read one user'], texts: ['DO $$ BEGIN LOOP END LOOP; END $$;'], of: '' };

const SIDE = `#${LAB} .kj-side[data-side="postgres"]`;
/** The lab in its page. */
export const LAB_RUN: Omit<RunPage, 'server'> = {
  path: LAB_PAGE,
  button: `${SIDE} [data-run="postgres"]`,
  state: SIDE,
};
const OURS: Omit<RunPage, 'server'> = {
  ...LAB_RUN,
  endless: {
    key: `kj-lab:${LAB_ID}`,
    value: JSON.stringify({ postgres: ENDLESS }),
    reset: `#${LAB} [data-reset]`,
  },
};
const BASELINE: Omit<RunPage, 'server'> = { path: '', button: 'button', state: 'body' };

/** Takes every measurement `rounds` times, in turns. The site must be built into `siteDir`. */
export async function measurePostgres(
  executablePath: string,
  siteDir: string,
  rounds: number,
): Promise<PostgresFigures> {
  const site = await serve({ dir: siteDir });
  const baselineSite = await serve({ dir: await buildBaseline() });
  const ours: Visits[] = [];
  const baseline: Visits[] = [];
  try {
    for (let round = 1; round <= rounds; round += 1) {
      process.stderr.write(`first result: ${round} of ${rounds}\n`);
      baseline.push(await measureVisits(executablePath, { ...BASELINE, server: baselineSite.url }));
      ours.push(await measureVisits(executablePath, { ...OURS, server: site.url }));
    }
  } finally {
    await site.close();
    await baselineSite.close();
  }
  const warm = pairOf(ours, baseline, 'warm');
  const afterStop = ours.map((visits) => Math.round(visits.afterStop ?? Number.NaN));
  process.stderr.write('reset and memory\n');
  return {
    rounds,
    cold: pairOf(ours, baseline, 'cold'),
    warm,
    afterStop: {
      medianMilliseconds: median(afterStop),
      milliseconds: afterStop,
      ratio: median(afterStop) / warm.ours.medianMilliseconds,
    },
    reset: await measureReset(rounds),
    heap: await measureHeap(),
  };
}

function pairOf(ours: Visits[], baseline: Visits[], which: 'cold' | 'warm'): Pair {
  const series = (visits: Visits[]): Series => {
    const milliseconds = visits.map((each) => Math.round(each[which].milliseconds));
    return {
      medianMilliseconds: median(milliseconds),
      medianWireBytes: median(visits.map((each) => each[which].wireBytes)),
      milliseconds,
    };
  };
  const pair = { ours: series(ours), baseline: series(baseline) };
  return { ...pair, ratio: pair.ours.medianMilliseconds / pair.baseline.medianMilliseconds };
}

/** The figures in words, for the terminal. */
export function describePostgres(figures: PostgresFigures): string[] {
  const { rounds, cold, warm, afterStop, reset, heap } = figures;
  const line = (name: string, milliseconds: number, all: readonly number[], bytes?: number) =>
    `  ${name.padEnd(24)}${milliseconds.toFixed(milliseconds < 100 ? 1 : 0).padStart(8)} ms` +
    `${bytes === undefined ? '' : `${String(Math.round(bytes / 1000)).padStart(8)} kB`}` +
    `   (${all.map((each) => each.toFixed(each < 100 ? 1 : 0)).join(', ')})`;
  const ratio = (value: number, limit: number) =>
    `  ${'ratio'.padEnd(24)}${value.toFixed(2).padStart(8)}      (at most ${limit})`;
  const pair = ({ ours, baseline, ratio: value }: Pair, limit: number) => [
    line('Keys & Joins', ours.medianMilliseconds, ours.milliseconds, ours.medianWireBytes),
    line(
      'plain PGlite',
      baseline.medianMilliseconds,
      baseline.milliseconds,
      baseline.medianWireBytes,
    ),
    ratio(value, limit),
  ];
  return [
    `First PostgreSQL result, from the click to the end of the lab ${LAB_ID}: one SELECT, as in plain PGlite. Bytes with the page; medians of ${rounds}.`,
    'Cold:',
    ...pair(cold, LIMITS.cold),
    'Warm, another load of the page:',
    ...pair(warm, LIMITS.warm),
    'From Stop of an endless statement to the end of the next run, beside the warm first result:',
    line('after Stop', afterStop.medianMilliseconds, afterStop.milliseconds),
    ratio(afterStop.ratio, LIMITS.afterStop),
    'Reset after a script that changed rows, schema, roles and settings, in Node:',
    line('reset', median(reset.ours), reset.ours),
    line('close and create', median(reset.recreated), reset.recreated),
    ratio(reset.ratio, LIMITS.reset),
    `Memory of WebAssembly after each of ${heap.labs} labs: at most ${heap.mebibytes} MiB, of which 128 are the least there is; ${heap.above} labs took more${heap.above > 0 ? `, the most ${heap.lab}` : ''}.`,
  ];
}
