/** Why several sessions cannot be played live, in words for the reader. */

/**
 * - `build`: this is not the PGlite that this engine was made for.
 * - `layout`: PostgreSQL's memory is not laid out as it must be.
 * - `check`: two sessions did not behave as two sessions of a server do.
 * - `refused`: a statement that cannot work here; the message names it and says why.
 * - `lost`: PostgreSQL ended or broke in the middle of a play; the next reset brings it back.
 */
export type SessionsFailure = 'build' | 'layout' | 'check' | 'refused' | 'lost';

const MESSAGES: Readonly<Record<SessionsFailure, string>> = {
  build: 'Live sessions need another build of PostgreSQL',
  layout: 'PostgreSQL’s memory is not as live sessions need it',
  check: 'Live sessions did not pass their check at the start',
  refused: 'This cannot be played live',
  lost: 'PostgreSQL broke during this play',
};

/** A failure of the live sessions; `message` says what differs or which statement it was. */
export class SessionsError extends Error {
  override readonly name = 'SessionsError';
  readonly kind: SessionsFailure;

  constructor(kind: SessionsFailure, detail: string, cause?: unknown) {
    super(`${MESSAGES[kind]}: ${detail}.`, { cause });
    this.kind = kind;
  }
}
