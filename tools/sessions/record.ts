/** Plays scenarios on a server: to record them, or to compare with what was recorded. */
import { holds, type Level } from '../../src/engine/sessions/conditions.ts';
import { inOrder } from '../../src/engine/sessions/orders.ts';
import type { Play } from '../../src/engine/sessions/play.ts';
import type { Recording } from '../../src/engine/sessions/recording.ts';
import { type NamedScenario, ordersOf, stepsOf } from '../../src/engine/sessions/scenario.ts';
import type { ServerPlayer } from './player.ts';

/** The plays of a scenario, by level and order. */
export type Plays = Map<Level, Map<string, Play>>;

/** One order of a scenario at one level. */
export interface PlayId {
  scenario: NamedScenario;
  level: Level;
  order: string;
}

/** Everything that is to be recorded of a scenario. */
export function playsOf(scenario: NamedScenario): PlayId[] {
  const orders = ordersOf(scenario);
  return scenario.levels.flatMap((level) => orders.map((order) => ({ scenario, level, order })));
}

/** Plays one order on the server. */
export function playOn(player: ServerPlayer, { scenario, level, order }: PlayId): Promise<Play> {
  const { setup, final, watch } = scenario;
  return player.play({ setup, final, watch, steps: inOrder(stepsOf(scenario, level), order) });
}

/** Plays everything of a scenario; `onPlay` is called after each. */
export async function recordScenario(
  player: ServerPlayer,
  scenario: NamedScenario,
  onPlay: () => void,
): Promise<Plays> {
  const plays: Plays = new Map();
  for (const id of playsOf(scenario)) {
    const ofLevel = plays.get(id.level) ?? new Map<string, Play>();
    plays.set(id.level, ofLevel.set(id.order, await playOn(player, id)));
    onPlay();
  }
  return plays;
}

/** What is wrong with a scenario's reasons: plays that have none, and reasons that no play has. */
export function whyProblems(scenario: NamedScenario, plays: Plays): string[] {
  const used = new Set<number>();
  const problems: string[] = [];
  for (const [level, orders] of plays) {
    for (const [order, play] of orders) {
      const at = scenario.why.findIndex(({ when }) => holds(when, play, level));
      if (at < 0) problems.push(`${scenario.name}: no reason is given for ${order} at ${level}`);
      used.add(at);
    }
  }
  scenario.why.forEach(({ says }, index) => {
    if (used.has(index)) return;
    problems.push(`${scenario.name}: why.${index} is the first reason of no play: "${says}"`);
  });
  return problems;
}

/** How a play differs from the recorded one, in a line; undefined when it does not. */
export function difference(
  { scenario, level, order }: PlayId,
  now: Play,
  recording: Recording,
): string | undefined {
  const where = `${scenario.name}, ${order} at ${level}`;
  const was = recording.play(level, order);
  if (!was) return `${where}: it was not recorded: npm run record -- ${scenario.name}`;
  const length = Math.max(now.events.length, was.events.length);
  for (let index = 0; index < length; index += 1) {
    const [there, here] = [was, now].map(({ events, versions }) =>
      JSON.stringify([events[index], versions?.[index] ?? null]),
    );
    if (there !== here) return `${where}, event ${index + 1}: recorded ${there}, now ${here}`;
  }
  const [there, here] = [was.final, now.final].map((final) => JSON.stringify(final));
  return there === here ? undefined : `${where}, at the end: recorded ${there}, now ${here}`;
}
