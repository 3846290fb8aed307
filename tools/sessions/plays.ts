/** The plays of a scenario: which there are, played on a server, and whether each has its reason. */
import { holds, type Level } from '../../src/engine/sessions/conditions.ts';
import { inOrder } from '../../src/engine/sessions/orders.ts';
import type { Play } from '../../src/engine/sessions/play.ts';
import { type NamedScenario, ordersOf, stepsOf } from '../../src/engine/sessions/scenario.ts';
import { PlayError } from './errors.ts';
import type { ServerPlayer } from './player.ts';

/** The plays of a scenario, by level and order. */
export type Plays = Map<Level, Map<string, Play>>;

/** One order of a scenario at one level. */
export interface PlayId {
  scenario: NamedScenario;
  level: Level;
  order: string;
}

/** As messages name it. */
export const nameOf = ({ scenario, level, order }: PlayId) =>
  `${scenario.name}, ${order} at ${level}`;

/** Everything that is to be recorded of a scenario. */
export function playsOf(scenario: NamedScenario): PlayId[] {
  const orders = ordersOf(scenario);
  return scenario.levels.flatMap((level) => orders.map((order) => ({ scenario, level, order })));
}

/**
 * Plays one order on the server.
 * @throws {PlayError} that says in which play what went wrong.
 */
export async function playOn(player: ServerPlayer, id: PlayId): Promise<Play> {
  const { setup, final, watch } = id.scenario;
  const steps = inOrder(stepsOf(id.scenario, id.level), id.order);
  try {
    return await player.play({ setup, final, watch, steps });
  } catch (error) {
    if (error instanceof PlayError) throw new PlayError(`${nameOf(id)}: ${error.message}`);
    throw error;
  }
}

/** Plays everything of a scenario; `onPlay` is called after each with how many there have been. */
export async function playAll(
  player: ServerPlayer,
  scenario: NamedScenario,
  onPlay: (done: number) => void = () => {},
): Promise<Plays> {
  const plays: Plays = new Map();
  for (const [index, id] of playsOf(scenario).entries()) {
    const ofLevel = plays.get(id.level) ?? new Map<string, Play>();
    plays.set(id.level, ofLevel.set(id.order, await playOn(player, id)));
    onPlay(index + 1);
  }
  return plays;
}

/** What is wrong with a scenario's reasons: plays that have none, and reasons that no play has. */
export function whyProblems(scenario: NamedScenario, plays: Plays): string[] {
  const used = new Set<number>();
  const without: string[] = [];
  for (const [level, orders] of plays) {
    for (const [order, play] of orders) {
      const at = scenario.why.findIndex(({ when }) => holds(when, play, level));
      if (at < 0) without.push(`${nameOf({ scenario, level, order })}: no reason of \`why\` holds`);
      else used.add(at);
    }
  }
  const idle = scenario.why.flatMap(({ says }, index) =>
    used.has(index)
      ? []
      : [
          `${scenario.name}: \`why.${index}\` is shown nowhere, as a reason before it holds wherever it does: "${says}"`,
        ],
  );
  return [...without, ...idle];
}
