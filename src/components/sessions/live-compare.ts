/** Whether a play on the live engine is as the recorded one, and in what not. */
import { answersOf } from '../../engine/sessions/conditions.ts';
import type { Play, StepAnswer, StepId } from '../../engine/sessions/play.ts';

/** Differences in words, a sentence each; none when rows, errors, waits and the final state agree. */
export function differences(recorded: Play, live: Play): string[] {
  const [there, here] = [answersOf(recorded), answersOf(live)];
  const ids = [...new Set([...there.keys(), ...here.keys()])].sort();
  const found = ids.flatMap((id) => [
    ...compare(`${id} answers`, answerWords(there.get(id)), answerWords(here.get(id))),
    ...compare(`${id} waits`, waitsOf(recorded, id), waitsOf(live, id)),
  ]);
  const sequence = ({ events }: Play) =>
    events.map(({ step, kind }) => `${step} ${kind}`).join(', ');
  if (found.length === 0) {
    found.push(...compare('The sequence of events', sequence(recorded), sequence(live)));
  }
  return [
    ...found,
    ...compare('The final state', JSON.stringify(recorded.final), JSON.stringify(live.final)),
  ];
}

function compare(what: string, recorded: string, live: string): string[] {
  return recorded === live ? [] : [`${what}: recorded ${recorded}; here ${live}.`];
}

function answerWords(answer: StepAnswer | undefined): string {
  if (!answer) return 'nothing';
  const { tag, rows, error, notices = [] } = answer;
  if (error) return [error.code, error.message, error.detail, error.hint].filter(Boolean).join(' ');
  return [tag, rows && JSON.stringify(rows), ...notices].filter(Boolean).join(' ');
}

function waitsOf({ events }: Play, id: StepId): string {
  const waits = events.flatMap((event) =>
    event.kind === 'waits' && event.step === id ? [`for ${event.wait.blockedBy.join(', ')}`] : [],
  );
  return waits.join(', ') || 'not at all';
}
