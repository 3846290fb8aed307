/** Plays again what was recorded, and says where the two differ. */
import { readRecorded, readRecording, ScenarioError } from '../../src/engine/sessions/load.ts';
import type { Play } from '../../src/engine/sessions/play.ts';
import type { Recording } from '../../src/engine/sessions/recording.ts';
import { type NamedScenario, ordersOf } from '../../src/engine/sessions/scenario.ts';
import { PlayError } from './errors.ts';
import type { ServerPlayer } from './player.ts';
import { nameOf, type PlayId, type Plays, playOn, whyProblems } from './plays.ts';
import { SUSPENDS } from './session.ts';
import type { Telling } from './write.ts';

/** How many checks there were: one for each play, and one for each scenario. */
export interface Totals {
  passed: number;
  failed: number;
}

/**
 * Checks each scenario's recording: that it has the scenario's plays and no others, that each has its
 * reason, and that those in `chosen` come to the same on the server. Prints what differs, and a line for
 * each scenario.
 */
export async function checkScenarios(
  player: ServerPlayer,
  scenarios: readonly NamedScenario[],
  chosen: readonly PlayId[],
  { root, print, progress }: Telling,
): Promise<Totals> {
  const totals: Totals = { passed: 0, failed: 0 };
  const count = (problems: readonly string[]) => {
    if (problems.length > 0) totals.failed += 1;
    else totals.passed += 1;
    for (const problem of problems) print(problem);
  };
  for (const scenario of scenarios) {
    const begin = performance.now();
    const recording = await readRecording(scenario.name, root).catch(known);
    if (typeof recording === 'string') {
      count([recording]);
      continue;
    }
    const found = playsIn(recording);
    const missing = membership(scenario, recording);
    count(missing.length > 0 ? missing : whyProblems(scenario, found));
    const own = chosen.filter((each) => each.scenario === scenario);
    for (const [index, id] of own.entries()) {
      const now = await playOn(player, id).catch(known);
      const problem = typeof now === 'string' ? now : difference(id, now, recording);
      count(problem ? [problem] : []);
      progress?.(scenario, index + 1, own.length);
    }
    const seconds = (performance.now() - begin) / 1000;
    print(
      `${scenario.name.padEnd(28)}${`${own.length}`.padStart(6)} plays ${seconds.toFixed(1)} s`,
    );
  }
  const recorded = await readRecorded(root).catch(known);
  if (typeof recorded === 'string') count([recorded]);
  else if (recorded.server !== player.version) {
    print(`recorded on PostgreSQL ${recorded.server}, played on ${player.version}`);
  }
  return totals;
}

/** The message of an error that says what is wrong with a scenario. */
function known(error: unknown): string {
  if (error instanceof ScenarioError || error instanceof PlayError) return error.message;
  throw error;
}

function playsIn(recording: Recording): Plays {
  return new Map(
    recording.levels.map((level) => [
      level,
      new Map(
        recording
          .orders(level)
          .map((order) => [order, recording.play(level, order) as Play] as const),
      ),
    ]),
  );
}

/** Whether the scenario's plays have been recorded, and no others, in the scenario's own order. */
function membership(scenario: NamedScenario, recording: Recording): string[] {
  const orders = ordersOf(scenario);
  const same = (one: readonly string[], other: readonly string[]) =>
    one.length === other.length && one.every((each, index) => each === other[index]);
  if (
    same(recording.levels, scenario.levels) &&
    scenario.levels.every((level) => same(recording.orders(level), orders))
  ) {
    return [];
  }
  return [
    `${scenario.name}: its levels or orders are not those of its recording: npm run record -- ${scenario.name}`,
  ];
}

/** How a play differs from the recorded one, in a line; undefined when it does not. */
export function difference(id: PlayId, now: Play, recording: Recording): string | undefined {
  const was = recording.play(id.level, id.order);
  const where = nameOf(id);
  if (!was) return `${where}: it was not recorded: npm run record -- ${id.scenario.name}`;
  // Where a process cannot be suspended, one whose wait has ended may have gone on before the look.
  const versionsOf = ({ versions }: Play, index: number) => (SUSPENDS ? versions?.[index] : null);
  const length = Math.max(now.events.length, was.events.length);
  for (let index = 0; index < length; index += 1) {
    const [there, here] = [was, now].map((play) =>
      JSON.stringify([play.events[index], versionsOf(play, index) ?? null]),
    );
    if (there !== here) {
      const step = (now.events[index] ?? was.events[index])?.step;
      return `${where}, event ${index + 1} (${step}): recorded ${there}, now ${here}`;
    }
  }
  const [there, here] = [was.final, now.final].map((final) => JSON.stringify(final));
  return there === here ? undefined : `${where}, at the end: recorded ${there}, now ${here}`;
}
