/** Statements of which no two plays need be the same, or that a play cannot see the end of. */

const UNRECORDABLE: ReadonlyArray<readonly [pattern: RegExp, reason: string]> = [
  [
    /\b(lock|statement|transaction|idle_in_transaction_session|idle_session)_timeout\b/i,
    'a timeout goes by the clock, and a play only by the order of its steps; NOWAIT fails at once',
  ],
  [
    /\bpg_sleep(_for|_until)?\s*\(/i,
    'it goes by the clock, and a play only by the order of its steps',
  ],
  [
    /^\s*(BEGIN|START|SET)\b.*(?<!\bNOT\s+)\bDEFERRABLE\b/is,
    'such a transaction waits for a safe snapshot, and no lock shows when that wait ends',
  ],
  [
    /\b(client_min_messages|log_lock_waits|deadlock_timeout)\b/i,
    'the recorder learns by this setting that a session waits',
  ],
  [/\bpg_terminate_backend\s*\(/i, 'the steps of a session that is gone could not be sent'],
];

/** Why SQL cannot be part of a recorded play: what in it, and the reason. Undefined when it can. */
export function unrecordable(sql: string): string | undefined {
  for (const [pattern, reason] of UNRECORDABLE) {
    const [found] = pattern.exec(sql) ?? [];
    if (found !== undefined) return `"${found.trim()}": ${reason}`;
  }
  return undefined;
}
