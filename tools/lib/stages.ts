/** Runs the stages of a check, two at a time, and counts what passed and what failed. */

/** What a stage found. A stage that checks one thing counts as one. */
export interface StageResult {
  passed: number;
  failed: number;
  /** What the reader needs to see of a failure. */
  output: string;
}

/** A part of the whole check. */
export interface Stage {
  name: string;
  /** Stages that must have run without failure before this one begins. */
  needs?: readonly string[];
  /** It keeps both cores busy, or measures: nothing runs beside it. */
  alone?: boolean;
  /** Stages of the same group write to the same place and never run at the same time. */
  group?: string;
  /** Minutes after which it counts as failed and is ended; `LIMIT` by default. */
  limit?: number;
  /** `signal` is aborted when the limit is reached. */
  run(signal: AbortSignal): Promise<StageResult>;
}

/** The sum over stages. */
export interface Totals {
  passed: number;
  failed: number;
}

/** How many stages run at the same time. */
const LANES = 2;

/** Minutes that a stage may take: several times what any of them needs, so only a hang takes longer. */
const LIMIT = 10;

/** A stage that checks one thing: it passes when `problems` is empty. */
export function verdict(problems: string | readonly string[]): StageResult {
  const output = typeof problems === 'string' ? problems : problems.join('\n');
  return output === '' ? { passed: 1, failed: 0, output } : { passed: 0, failed: 1, output };
}

/** Those among `stages` that `names` asks for, and all that they need. */
export function select(stages: readonly Stage[], names: readonly string[]): Stage[] {
  const wanted = new Set<string>();
  const want = (name: string) => {
    const stage = stages.find((candidate) => candidate.name === name);
    if (!stage) {
      const known = stages.map((candidate) => candidate.name).join(', ');
      throw new Error(`no stage "${name}"; there are: ${known}`);
    }
    wanted.add(name);
    for (const needed of stage.needs ?? []) want(needed);
  };
  for (const name of names) want(name);
  return stages.filter((stage) => wanted.has(stage.name));
}

async function runOne(stage: Stage): Promise<StageResult> {
  const { limit = LIMIT } = stage;
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const outOfTime = new Promise<StageResult>((resolve) => {
    const end = () => {
      resolve(verdict(`it did not end within ${limit} minutes and was given up`));
      controller.abort();
    };
    timer = setTimeout(end, limit * 60_000);
  });
  try {
    return await Promise.race([outOfTime, attempt(stage, controller.signal)]);
  } finally {
    clearTimeout(timer);
  }
}

async function attempt(stage: Stage, signal: AbortSignal): Promise<StageResult> {
  try {
    return await stage.run(signal);
  } catch (error) {
    const isOwn = error instanceof Error && !(error.name in globalThis);
    const text = error instanceof Error ? (isOwn ? error.message : error.stack) : String(error);
    return { passed: 0, failed: 1, output: text ?? 'it failed without a message' };
  }
}

function report(stage: Stage, result: StageResult, seconds: number, print: (text: string) => void) {
  const counts =
    result.passed + result.failed > 1 ? `  ${result.passed} passed, ${result.failed} failed` : '';
  const mark = result.failed === 0 ? 'ok    ' : 'FAILED';
  print(`${mark} ${stage.name.padEnd(16)} ${seconds.toFixed(1).padStart(6)} s${counts}\n`);
  if (result.failed > 0) print(`${result.output.trimEnd().replaceAll(/^/gm, '    ')}\n`);
}

/**
 * Runs all of `stages`, those first in the list first, and prints one line for each as it ends,
 * with the output of those that failed. A stage that throws, or whose needs failed, counts as one
 * failure.
 */
export async function runStages(
  stages: readonly Stage[],
  print: (text: string) => void = (text) => process.stdout.write(text),
): Promise<Totals> {
  const waiting = [...stages];
  const running = new Map<Stage, Promise<void>>();
  const results = new Map<string, StageResult>();
  const totals = { passed: 0, failed: 0 };

  const finish = (stage: Stage, result: StageResult, seconds: number) => {
    results.set(stage.name, result);
    totals.passed += result.passed;
    totals.failed += result.failed;
    report(stage, result, seconds, print);
  };
  const mayRunNow = (stage: Stage) => {
    const others = [...running.keys()];
    if (others.some((other) => other.alone)) return false;
    if (stage.alone && others.length > 0) return false;
    return !others.some((other) => other.group !== undefined && other.group === stage.group);
  };
  const start = (stage: Stage) => {
    const begin = performance.now();
    const task = runOne(stage).then((result) => {
      running.delete(stage);
      finish(stage, result, (performance.now() - begin) / 1000);
    });
    running.set(stage, task);
  };

  while (waiting.length > 0 || running.size > 0) {
    for (const stage of [...waiting]) {
      const needs = (stage.needs ?? []).filter((name) => stages.some((s) => s.name === name));
      const failed = needs.filter((name) => (results.get(name)?.failed ?? 0) > 0);
      if (failed.length > 0) {
        waiting.splice(waiting.indexOf(stage), 1);
        finish(stage, verdict(`not run: it needs ${failed.join(', ')}`), 0);
      } else if (
        running.size < LANES &&
        needs.every((name) => results.has(name)) &&
        mayRunNow(stage)
      ) {
        waiting.splice(waiting.indexOf(stage), 1);
        start(stage);
      }
    }
    if (running.size > 0) await Promise.race(running.values());
    else if (waiting.length > 0 && !waiting.some((stage) => isReady(stage, results))) {
      throw new Error(`stages wait for each other: ${waiting.map(({ name }) => name).join(', ')}`);
    }
  }
  return totals;
}

function isReady(stage: Stage, results: Map<string, StageResult>): boolean {
  return (stage.needs ?? []).every((name) => results.has(name));
}
