/** What is said to who cannot see the board. */
import type { Play, StepId } from '../../engine/sessions/play.ts';
import type { Recording } from '../../engine/sessions/recording.ts';
import { type Choice, levelName, type ScenarioData } from './data.ts';
import { orderOf, placeWords, sentOrder, takenAlong } from './moves.ts';
import { finalWords, outcomeOf, overviewOf } from './outcomes.ts';

/** `Repeatable read, order 3 of 70, AABB: B fails: 40001. At the end balance 90.` */
export function sentenceOf(
  data: ScenarioData,
  recording: Recording,
  choice: Choice,
  play: Play,
): string {
  const overview = overviewOf(data.scenario, recording, choice.level);
  const { label = '' } = outcomeOf(overview, choice.order) ?? {};
  const ending = finalWords(play);
  const at = overview.orders.indexOf(choice.order) + 1;
  return `${levelName(choice.level)}, order ${at} of ${overview.orders.length}, ${choice.order}: ${label}.${ending && !label.includes(ending) ? ` At the end: ${ending}.` : ''}`;
}

/** What a move did to the sequence, also where a wait keeps the step where it was. */
export function movedWords(
  before: readonly StepId[],
  after: readonly StepId[],
  id: StepId,
  play: Play | undefined,
): string {
  const along = takenAlong(before, after, id);
  const took = along.length > 0 ? `, and takes ${along.join(', ')} along` : '';
  const shown = play && sentOrder(play.events);
  const held =
    shown && orderOf(shown) !== orderOf(after)
      ? ` It is sent as ${orderOf(shown)}: a session that waits gets its next step when the wait has ended.`
      : '';
  return `${id} now comes ${placeWords(after, id)}${took}.${held}`;
}
