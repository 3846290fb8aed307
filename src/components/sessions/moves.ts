/** Moving a step among the steps of the other sessions; each session's own sequence stays. */
import { inOrder } from '../../engine/sessions/orders.ts';
import type { PlayEvent, PlayStep, SessionName, StepId } from '../../engine/sessions/play.ts';

/** Steps in the order in which they were sent. A session that waits gets its next step later than asked. */
export function sentOrder(events: readonly PlayEvent[]): StepId[] {
  return [...new Set(events.map(({ step }) => step))];
}

/** The same with the steps behind it that were never sent, in the order that was asked for. */
export function wholeOrder(events: readonly PlayEvent[], asked: readonly StepId[]): StepId[] {
  return [...new Set([...sentOrder(events), ...asked])];
}

/** The session of each step: `AABB`. */
export const orderOf = (ids: readonly StepId[]): string => ids.map((id) => id[0]).join('');

/** Steps by name, in an order. */
export const idsOf = (steps: readonly PlayStep[], order: string): StepId[] =>
  inOrder(steps, order).map(({ id }) => id);

/** How many steps of other sessions come before a step. */
export function place(ids: readonly StepId[], id: StepId): number {
  return ids.slice(0, ids.indexOf(id)).filter((other) => other[0] !== id[0]).length;
}

/** How many steps of other sessions there are: the last place that a step can have. */
export function lastPlace(ids: readonly StepId[], id: StepId): number {
  return ids.filter((other) => other[0] !== id[0]).length;
}

/**
 * The steps after one was moved behind `target` steps of other sessions. Steps of its own session
 * between its old place and the new one are taken along, so that their sequence stays.
 */
export function moveStep(ids: readonly StepId[], id: StepId, target: number): StepId[] {
  const session = id[0] as SessionName;
  const own = ids.filter((each) => each[0] === session);
  const others = ids.filter((each) => each[0] !== session);
  const wanted = Math.min(Math.max(target, 0), others.length);
  const at = own.indexOf(id);
  const places = own.map((each, index) => {
    const before = place(ids, each);
    if (index === at) return wanted;
    return index < at ? Math.min(before, wanted) : Math.max(before, wanted);
  });
  const moved: StepId[] = [];
  for (let index = 0; index <= others.length; index += 1) {
    moved.push(...own.filter((_, each) => places[each] === index));
    const next = others[index];
    if (next) moved.push(next);
  }
  return moved;
}

/** Steps of the same session that a move took along. */
export function takenAlong(
  before: readonly StepId[],
  after: readonly StepId[],
  id: StepId,
): StepId[] {
  return after.filter(
    (each) => each !== id && each[0] === id[0] && place(before, each) !== place(after, each),
  );
}

/** Where a step stands, in words: `before B1`, `after B3`. */
export function placeWords(ids: readonly StepId[], id: StepId): string {
  const index = ids.indexOf(id);
  const next = ids.slice(index + 1).find((each) => each[0] !== id[0]);
  if (next) return `before ${next}`;
  const last = ids.slice(0, index).findLast((each) => each[0] !== id[0]);
  return last ? `after ${last}` : 'alone';
}
