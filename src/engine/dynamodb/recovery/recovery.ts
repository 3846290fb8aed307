/** Point-in-time recovery: what a table was like at any moment of the last days. */
import { sequenceAt } from '../storage/journal.ts';
import type { Table } from '../storage/table.ts';

/** The recovery that a table has. Never changed, but replaced. */
export interface Recovery {
  /** The earliest moment that its journal knows, in milliseconds of the engine's clock. */
  since: number;
  /** For how many days it remembers. */
  days: number;
}

/** Moments that a table can be restored to, in whole seconds since 1970. */
export interface RecoveryWindow {
  earliest: number;
  latest: number;
}

/** Days that are remembered unless said otherwise. Source: DynamoDB API Reference, "PointInTimeRecoverySpecification". */
export const DEFAULT_DAYS = 35;

const DAY = 24 * 60 * 60 * 1000;

/** What happened in the last five minutes cannot be restored yet. Source: same, "PointInTimeRecoveryDescription". */
const BEHIND = 5 * 60 * 1000;

/** The name under which recovery follows a table. */
const FOLLOWER = 'recovery';

/** Begins to remember, or remembers for that many days from now on. */
export function enableRecovery(table: Table, days: number, now: number): void {
  const { recovery } = table;
  const lifetime = days * DAY;
  const journal = table.journals?.get(FOLLOWER);
  if (recovery === undefined || journal === undefined) {
    table.recovery = { since: table.follow(FOLLOWER, lifetime, now).since, days };
    return;
  }
  journal.lifetime = lifetime;
  // What a shorter period has let go of does not come back with a longer one.
  table.recovery = { since: Math.max(recovery.since, now - recovery.days * DAY), days };
}

/** Forgets everything. */
export function disableRecovery(table: Table): void {
  table.unfollow(FOLLOWER);
  table.recovery = undefined;
}

/** Which moments a table can be restored to now. Just enabled, only the moment when that was. */
export function recoveryWindow({ since, days }: Recovery, now: number): RecoveryWindow {
  const latest = Math.max(since, now - BEHIND);
  return {
    earliest: Math.floor(Math.max(since, now - days * DAY) / 1000),
    latest: Math.floor(latest / 1000),
  };
}

/** The table as it was at a moment of its window, in seconds: a copy in which all later changes are undone. */
export function tableAt(table: Table, seconds: number): Table {
  const journal = table.journals?.get(FOLLOWER);
  const copy = table.clone();
  copy.journals = undefined;
  copy.expiry = undefined;
  if (journal === undefined) return copy;
  const moment = Math.max(seconds * 1000, journal.since);
  for (const { before, after } of journal.backTo(sequenceAt(Math.floor(moment) + 1))) {
    copy.write(after, before, copy.indexChanges(after, before));
  }
  return copy;
}
