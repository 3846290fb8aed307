/** What is tried at every start: whether two sessions behave as two sessions of a server do. */
import type { Play, PlayStep } from '../../sessions/play.ts';
import type { PlayRequest } from '../../sessions/prove.ts';
import { SessionsError } from './errors.ts';

const SETUP = 'CREATE TABLE checked (value int); INSERT INTO checked VALUES (1)';
const UPDATE = 'UPDATE checked SET value = value * 10 RETURNING value';

const STEPS: PlayStep[] = [
  { id: 'A1', session: 'A', sql: 'SELECT pg_backend_pid()' },
  { id: 'B1', session: 'B', sql: 'SELECT pg_backend_pid()' },
  { id: 'A2', session: 'A', sql: 'BEGIN' },
  { id: 'A3', session: 'A', sql: 'UPDATE checked SET value = value + 1' },
  { id: 'B2', session: 'B', sql: 'SELECT value FROM checked' },
  { id: 'B3', session: 'B', sql: UPDATE },
  { id: 'A4', session: 'A', sql: 'COMMIT' },
];

/** Two processes; a row that is not seen before it is committed; a wait that ends with the commit. */
const EXPECTED = ['A1 A', 'B1 B', 'A2', 'A3', 'B2 1', 'B3 waits', 'A4', 'B3 20'];

/** @throws {SessionsError} of kind `check` that says what was seen and what should have been. */
export async function checkSessions(play: (request: PlayRequest) => Promise<Play>): Promise<void> {
  const { events } = await play({ setup: SETUP, steps: STEPS, final: [] });
  const seen = events.map((event) => {
    if (event.kind !== 'answered') return `${event.step} ${event.kind}`;
    const value = event.answer.error?.code ?? event.answer.rows?.[0]?.[0];
    return value == null ? event.step : `${event.step} ${value}`;
  });
  if (seen.join() === EXPECTED.join()) return;
  throw new SessionsError('check', `it was ${seen.join(', ')} and not ${EXPECTED.join(', ')}`);
}
