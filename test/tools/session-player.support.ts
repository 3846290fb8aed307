/** Plays for the tests of the recorder: steps as lines of text, events in short. */
import type { Play, PlayEvent, PlayStep, StepId } from '../../src/engine/sessions/play.ts';
import type { ServerPlayer, WatchedPlay } from '../../tools/sessions/player.ts';

const ACCOUNTS = `
  CREATE TABLE accounts (id int PRIMARY KEY, balance int);
  INSERT INTO accounts VALUES (1, 100), (2, 100)`;

/** Plays statements in the order in which they stand, each with its session: `A: BEGIN`. */
export async function playOn(
  player: ServerPlayer,
  lines: string,
  more: Partial<WatchedPlay> = {},
): Promise<Play> {
  const counts = new Map<string, number>();
  const steps = lines
    .trim()
    .split('\n')
    .map((line): PlayStep => {
      const [, session = '', sql = ''] = /^\s*([ABC]): (.+)$/.exec(line) ?? [];
      const count = (counts.get(session) ?? 0) + 1;
      counts.set(session, count);
      return { id: `${session}${count}` as StepId, session: session as 'A', sql };
    });
  return player.play({ setup: ACCOUNTS, final: [], ...more, steps });
}

/** An event in short: `B2 waits for A`, `B2 UPDATE 1`, `B2 40P01`. */
export function short(event: PlayEvent): string {
  if (event.kind === 'cancelled') return `${event.step} cancelled`;
  if (event.kind === 'waits') {
    const { lock, blockedBy, relation } = event.wait;
    return `${event.step} waits for ${blockedBy.join('+')}: ${lock}${relation ? ` ${relation}` : ''}`;
  }
  return `${event.step} ${event.answer.error?.code ?? event.answer.tag}`;
}
export const events = (play: Play) => play.events.map(short);

export const answerOf = (play: Play, step: string) =>
  play.events.flatMap((event) =>
    event.kind === 'answered' && event.step === step ? [event.answer] : [],
  )[0];
