/** The moments of a run that both sides share: before it, and after each step of either. */
import type { Moment } from '../../../engine/lab/inspect-rows.ts';
import type { Side } from '../../../engine/lab/result.ts';
import type { RunStates } from '../../../engine/lab/states.ts';

/** A place on the slider. */
export interface Stop {
  /** `Before the run`, `After step 2: Take the last one`. */
  label: string;
  /** The state of each side; that of a side without this step is the one before. */
  states: Partial<Record<Side, number>>;
}

/** What the shown state is compared with. */
export type Since = 'dataset' | 'step';

/** The places on the slider, in order. Steps of the same name on both sides are one. */
export function stopsOf({ steps }: Pick<RunStates, 'steps'>): Stop[] {
  const done: Partial<Record<Side, number>> = {};
  if (steps.dynamodb) done.dynamodb = 0;
  if (steps.postgres) done.postgres = 0;
  const stops: Stop[] = [{ label: 'Before the run', states: { ...done } }];
  let number = 0;
  for (const { name, on } of aligned(steps.dynamodb ?? [], steps.postgres ?? [])) {
    for (const side of on) done[side] = (done[side] ?? 0) + 1;
    if (name !== '') number += 1;
    const label = name === '' ? 'After the set-up' : `After step ${number}: ${name}`;
    stops.push({ label, states: { ...done } });
  }
  return stops;
}

/** Both lists as one, in the order of each. */
function aligned(
  dynamodb: readonly string[],
  postgres: readonly string[],
): Array<{ name: string; on: Side[] }> {
  const rows: Array<{ name: string; on: Side[] }> = [];
  let next = 0;
  for (const name of dynamodb) {
    const twin = postgres.indexOf(name, next);
    if (twin === -1) {
      rows.push({ name, on: ['dynamodb'] });
      continue;
    }
    for (const other of postgres.slice(next, twin)) rows.push({ name: other, on: ['postgres'] });
    rows.push({ name, on: ['dynamodb', 'postgres'] });
    next = twin + 1;
  }
  for (const other of postgres.slice(next)) rows.push({ name: other, on: ['postgres'] });
  return rows;
}

/** What to ask an engine for; undefined when the side took no part in the run. */
export function momentOf(
  stops: readonly Stop[],
  at: number,
  side: Side,
  since: Since,
): Moment | undefined {
  const state = stops[at]?.states[side];
  if (state === undefined) return undefined;
  const earlier = since === 'dataset' ? 0 : stops[at - 1]?.states[side];
  return earlier === undefined || earlier === state ? { state } : { state, since: earlier };
}
