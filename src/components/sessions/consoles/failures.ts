/** What readers can do when the engine fails. */
import type { LiveError } from '../../../engine/postgres/sessions/client.ts';
import type { SessionName } from '../../../engine/sessions/play.ts';

/** Something that did not work: what, and what to do. */
export interface Problem {
  /** At whose input it is said; at the set-up; or above all. */
  at: SessionName | 'setup' | 'page';
  text: string;
  /** The recordings still show what happens. */
  recordings?: boolean;
}

const FIXES: Record<LiveError['kind'], string> = {
  boot: 'What you have typed stays. Look after the connection and try again; if that does not help, reload the page.',
  build: 'Reload the page; if that does not help, two sessions cannot work in this browser.',
  layout: 'Two sessions cannot work in this browser.',
  check: 'Two sessions cannot work in this browser.',
  refused: 'Nothing has happened, and the statement is still in its field.',
  lost: 'The statement is in its field. Before the next one, all that was done is played again.',
  stopped: 'The statement is in its field. Before the next one, all that was done is played again.',
};

/** What is said of an error of the live sessions. */
export function problemOf(error: unknown, at: Problem['at']): Problem {
  const { kind = 'lost', message = String(error) } = error as Partial<LiveError>;
  const known = kind in FIXES ? kind : 'lost';
  if (at === 'setup' && known === 'refused') {
    return { at, text: `${message} Change it, and start again.` };
  }
  const cannot = known === 'build' || known === 'layout' || known === 'check';
  return { at, text: `${message} ${FIXES[known]}`, ...(cannot && { recordings: true }) };
}

/** Whether the sessions have to be brought back before anything else. */
export function isLost(error: unknown): boolean {
  const { kind } = error as Partial<LiveError>;
  return kind !== 'refused';
}
