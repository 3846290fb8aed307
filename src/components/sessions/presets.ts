/** Orders that are worth a button. */
import type { PlayStep, SessionName } from '../../engine/sessions/play.ts';
import type { Recording } from '../../engine/sessions/recording.ts';
import { type NamedScenario, stepsOf } from '../../engine/sessions/scenario.ts';
import { type Choice, firstChoice, serialOrders } from './data.ts';

/** An order with its name. */
export interface Preset {
  name: string;
  order: string;
}

/** The order shown first, one session after the other, turn by turn; those that were recorded. */
export function presetsOf(
  scenario: NamedScenario,
  recording: Recording,
  { level }: Choice,
): Preset[] {
  const steps = stepsOf(scenario, level);
  const serial = serialOrders(steps).map((order) => ({
    name: `${[...new Set(order)].join(', then ')}`,
    order,
  }));
  const found = [
    { name: 'Shown first', order: firstChoice(scenario).order },
    // With three sessions there are six of them: the first two stand for all.
    ...serial.slice(0, 1),
    ...serial.slice(-1),
    { name: 'Turn by turn', order: turnByTurn(steps) },
  ];
  return found.filter(
    ({ order }, index) =>
      recording.play(level, order) !== undefined &&
      found.findIndex((each) => each.order === order) === index,
  );
}

/** A step of each session in turn, until none is left. */
export function turnByTurn(steps: readonly Pick<PlayStep, 'session'>[]): string {
  const left = new Map<SessionName, number>();
  for (const { session } of steps) left.set(session, (left.get(session) ?? 0) + 1);
  let order = '';
  while (order.length < steps.length) {
    for (const [name, count] of left) {
      if (count === 0) continue;
      order += name;
      left.set(name, count - 1);
    }
  }
  return order;
}
