/** Records scenarios: plays all there is of them, and writes what happened. */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  RECORDED,
  type Recorded,
  readRecorded,
  SCENARIOS,
} from '../../src/engine/sessions/load.ts';
import { writeRecording } from '../../src/engine/sessions/recording.ts';
import type { NamedScenario } from '../../src/engine/sessions/scenario.ts';
import type { ServerPlayer } from './player.ts';
import { type Plays, playAll, playsOf, whyProblems } from './plays.ts';

/** Where to, and who is told. */
export interface Telling {
  /** The folder that has `examples/sessions` in it. */
  root: string;
  print(line: string): void;
  /** Told after each play. */
  progress?(scenario: NamedScenario, done: number, total: number): void;
}

const HEAD = 'scenario                    orders levels  plays  waits errors seconds';

/**
 * Writes recording.json of each scenario, and on what and when it was recorded where anything has
 * changed. Prints a line for each, and what is wrong with its reasons. Answers how many scenarios have
 * something wrong.
 * @throws {PlayError} for a scenario that cannot be played.
 */
export async function recordScenarios(
  player: ServerPlayer,
  scenarios: readonly NamedScenario[],
  { root, print, progress }: Telling,
): Promise<number> {
  print(HEAD);
  let changed = false;
  let wrong = 0;
  for (const scenario of scenarios) {
    const begin = performance.now();
    const total = playsOf(scenario).length;
    const plays = await playAll(player, scenario, (done) => progress?.(scenario, done, total));
    const file = path.join(root, SCENARIOS, scenario.name, 'recording.json');
    const text = writeRecording(plays);
    const isNew = !existsSync(file) || (await readFile(file, 'utf8')) !== text;
    if (isNew) await writeFile(file, text);
    changed ||= isNew;
    const seconds = (performance.now() - begin) / 1000;
    print(`${lineOf(scenario, plays, seconds)}${isNew ? '  changed' : ''}`);
    const problems = whyProblems(scenario, plays);
    if (problems.length > 0) wrong += 1;
    for (const problem of problems) print(problem);
  }
  await noteServer(root, player.version, changed);
  return wrong;
}

/** The date is that of the newest change, so that recording anew leaves no trace where nothing has changed. */
async function noteServer(root: string, server: string, changed: boolean): Promise<void> {
  const file = path.join(root, SCENARIOS, RECORDED);
  const before = existsSync(file) ? await readRecorded(root) : undefined;
  if (!changed && before?.server === server) return;
  const recorded: Recorded = { server, date: new Date().toISOString().slice(0, 10) };
  await writeFile(file, `${JSON.stringify(recorded, null, 2)}\n`);
}

function lineOf({ name, levels }: NamedScenario, plays: Plays, seconds: number): string {
  const all = [...plays.values()].flatMap((orders) => [...orders.values()]);
  const events = all.flatMap((play) => play.events);
  const waits = events.filter(({ kind }) => kind === 'waits').length;
  const errors = events.filter((event) => event.kind === 'answered' && event.answer.error).length;
  const numbers = [all.length / levels.length, levels.length, all.length, waits, errors];
  const columns = numbers.map((number) => `${number}`.padStart(6));
  return `${name.padEnd(28)}${columns.join(' ')} ${seconds.toFixed(1).padStart(7)}`;
}
