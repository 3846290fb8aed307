/** Live sessions for the tests of a file, and plays written as lines: `A: BEGIN`. */
import type { LiveSessions } from '../../../../src/engine/postgres/sessions/live.ts';
import type {
  Play,
  PlayEvent,
  PlayStep,
  SessionName,
  StepAnswer,
} from '../../../../src/engine/sessions/play.ts';

/** Two accounts with 100 each. */
export const ACCOUNTS =
  'CREATE TABLE accounts (id int PRIMARY KEY, balance int); INSERT INTO accounts VALUES (1, 100), (2, 100)';

/** The steps of lines such as `A: BEGIN`, in their order. */
export function stepsOf(...lines: readonly string[]): PlayStep[] {
  const counts: Partial<Record<SessionName, number>> = {};
  return lines.map((line) => {
    const session = line[0] as SessionName;
    counts[session] = (counts[session] ?? 0) + 1;
    return { id: `${session}${counts[session]}`, session, sql: line.slice(2).trim() };
  });
}

/** Plays lines after a set-up. */
export function playLines(
  live: LiveSessions,
  lines: readonly string[],
  { setup = ACCOUNTS, final = [] as string[] } = {},
): Promise<Play> {
  return live.play({ setup, steps: stepsOf(...lines), final });
}

/** What happened, a line an event: `B1 waits`, `A2 UPDATE 1`, `B1 40P01`, `B2 (90) (100)`. */
export function told({ events }: Pick<Play, 'events'>): string[] {
  return events.map((event) => `${event.step} ${outcome(event)}`);
}

function outcome(event: PlayEvent): string {
  if (event.kind !== 'answered') return event.kind;
  const { error, rows, tag } = event.answer;
  if (error) return error.code;
  return rows ? rows.map((row) => `(${row.join(', ')})`).join(' ') : tag;
}

/** What a step answered at last. */
export function answerOf({ events }: Pick<Play, 'events'>, step: string): StepAnswer {
  const event = events.findLast((each) => each.kind === 'answered' && each.step === step);
  if (event?.kind !== 'answered') throw new RangeError(`${step} was not answered`);
  return event.answer;
}
