/** What a lab runs: sides, steps, a text alone; and what it explains. */
import { h } from 'preact';
import type { CheckResult } from '../../engine/lab/check.ts';
import type { Check } from '../../engine/lab/check-schema.ts';
import type { Kept } from '../../engine/lab/engines.ts';
import type { FirstFile } from '../../engine/lab/first-files.ts';
import type { Part } from '../../engine/lab/part.ts';
import type { LabRun, Side } from '../../engine/lab/result.ts';
import type { LabMeta } from '../../engine/lab/schema.ts';
import { explainedSummary, textSummary } from './announce.ts';
import type { DataButton } from './data-button.ts';
import type { Door, Jobs } from './jobs.ts';
import { type Panel, SIDE_NAMES } from './names.ts';
import { Explanations, TextRun } from './results/Reply.tsx';
import type { LabSide } from './side.ts';
import type { SideEvent } from './state.ts';

/** What Lab.astro writes into `data-lab`. */
export interface LabData {
  id: string;
  dataset: string;
  expect: LabMeta['expect'];
  world?: LabMeta['world'];
  extensions?: LabMeta['extensions'];
  compare?: LabMeta['compare'];
  /** Its program is one for both databases. */
  main?: true;
  /** Of a workspace of the playground: files that run before the programs. */
  first?: Partial<Record<Side, readonly FirstFile[]>>;
  /** What its sides go on from, where data stay. */
  kept?: Partial<Record<Side, Kept>>;
  /** Is told of a run before another one begins. `dump` takes what a side holds now. */
  after?(run: LabRun, sides: readonly Side[], dump: (side: Side) => Promise<Blob>): Promise<void>;
  /** Of an exercise: its edition, and what is checked. */
  exercise?: { of: string; checks: readonly Check[] };
}

/** A step: a block of a side. */
export interface Place {
  side: LabSide;
  index: number;
}

/** What runs need of the lab. */
interface Lab {
  data: LabData;
  sides: readonly LabSide[];
  jobs: Jobs;
  browser: DataButton;
  dispatch(sides: readonly LabSide[], event: (side: LabSide) => SideEvent): void;
  say(text: string): void;
  /** Sides have run to their ends; of an exercise, with what its checks said. */
  ran(results: readonly CheckResult[]): void;
}

/** Runs, and tells the playground before the next run has its turn. */
async function runAndTell(
  { data, browser }: Lab,
  door: Door,
  request: Parameters<Door['run']>[0],
): Promise<LabRun> {
  const run = await browser.run(door, request);
  const { sides, signal, onProgress } = request;
  const dump = (side: Side) => door.dump({ side, as: 'kept', signal, onProgress });
  await data.after?.(run, sides, dump);
  return run;
}

/** Runs sides to their ends, or up to the steps that stand for them in `steps`, by their blocks. */
export async function runSides(
  lab: Lab,
  asked: readonly LabSide[],
  steps?: ReadonlyMap<LabSide, number>,
  button?: HTMLElement,
): Promise<void> {
  const texts = new Map(asked.map((side) => [side, side.texts]));
  const sources = Object.fromEntries(asked.map((side) => [side.side, side.source]));
  const dialect = asked.find(({ side }) => side === 'dynamodb')?.dialect;
  const parts: Partial<Record<Side, Part>> = {};
  for (const side of asked) {
    const index = steps?.get(side);
    side.scope = index === undefined ? side.length : index + 1;
    if (index !== undefined) parts[side.side] = side.stepPart(index);
  }
  const event = (type: 'partial' | 'finish', run: LabRun) => (side: LabSide) => ({
    type,
    result: { run: onlyPanel(run, side.panel), texts: texts.get(side)?.slice(0, side.scope) ?? [] },
    texts: side.texts,
  });
  await lab.jobs.do({
    sides: asked,
    button,
    inSteps: true,
    work: async (door, able, { signal, onProgress, isCurrent }) => {
      const request = {
        lab: lab.data,
        sides: able.flatMap(({ sides }) => sides),
        sources,
        dialect,
        parts,
        signal,
        onProgress,
        onRun: (partial: LabRun) => {
          if (isCurrent()) lab.dispatch(able, event('partial', partial));
        },
      };
      const whole = !steps && able.length === lab.sides.length;
      if (!lab.data.exercise || !whole) {
        return { run: await runAndTell(lab, door, request), results: [] };
      }
      const checked = await door.check({ ...request, checks: lab.data.exercise.checks });
      await lab.browser.note(request);
      return checked;
    },
    done: ({ run, results }, able) => {
      lab.dispatch(able, event('finish', run));
      if (!steps) lab.ran(results);
    },
  });
}

/** Runs up to a step, on its side or on all sides that have it. */
export async function runTo(
  lab: Lab,
  { side, index }: Place,
  everywhere: boolean,
  button?: HTMLElement,
): Promise<void> {
  const steps = new Map([[side, index]]);
  for (const other of everywhere ? lab.sides : []) {
    const twin = other.named(side.nameOf(index));
    if (twin !== -1) steps.set(other, twin);
  }
  await runSides(lab, [...steps.keys()], steps, button);
}

/** Runs the selection or the statement at the cursor alone; TypeScript without a selection, to its step. */
export async function runText(
  lab: Lab,
  { side, index }: Place,
  button?: HTMLElement,
): Promise<void> {
  const start = side.blockPart(index).from;
  const part = side.cursorPart(index) ?? { kind: 'text' as const, from: start, to: start };
  const isSelection = part.from < part.to;
  if (!isSelection && side.program === 'dynamodb')
    return runTo(lab, { side, index }, false, button);
  const { texts, source } = side;
  await lab.jobs.do({
    sides: [side],
    button,
    inSteps: false,
    work: (door, _able, { signal, onProgress }) =>
      runAndTell(lab, door, {
        lab: lab.data,
        sides: side.sides,
        sources: { [side.side]: source },
        dialect: side.dialect,
        parts: { [side.side]: part },
        signal,
        onProgress,
      }),
    done: (run) => {
      const own = onlyPanel(run, side.panel);
      const word = side.dialect === 'cli' ? 'command' : 'statement';
      const title = isSelection ? 'The selection' : `The ${word} at the cursor`;
      side.reply(index, title, texts, (lineOf) =>
        h(TextRun, { run: own, panel: side.panel, lineOf }),
      );
      const { name } = SIDE_NAMES[side.panel];
      lab.say(`${name}, ${title.toLowerCase()}: ${textSummary(own, side.panel)}.`);
    },
  });
}

/** Explains the statement at the cursor or those selected; all of a step in which the reader has not been. */
export async function explain(
  lab: Lab,
  { side, index }: Place,
  button?: HTMLElement,
): Promise<void> {
  if (side.side !== 'postgres') {
    lab.say('Only SQL can be explained: DynamoDB makes no plans.');
    return;
  }
  const part = side.cursorPart(index) ?? side.blockPart(index);
  const { texts, source } = side;
  await lab.jobs.do({
    sides: [side],
    button,
    inSteps: false,
    work: (door, _able, { signal, onProgress }) =>
      door.explain({ lab: lab.data, source, part, signal, onProgress }),
    done: (answer) => {
      const title = answer.statements.length > 1 ? 'The plans of the statements' : 'The plan';
      side.reply(index, title, texts, (lineOf) => h(Explanations, { answer, lineOf }));
      lab.say(`PostgreSQL: ${explainedSummary(answer)}`);
    },
  });
}

function onlyPanel(run: LabRun, panel: Panel): LabRun {
  const own: LabRun = {};
  if (panel !== 'postgres' && run.dynamodb) own.dynamodb = run.dynamodb;
  if (panel !== 'dynamodb' && run.postgres) own.postgres = run.postgres;
  return own;
}
