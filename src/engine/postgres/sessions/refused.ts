/** Statements that cannot work where the processes of PostgreSQL are ours, by name and with the reason. */
import type { PlayStep } from '../../sessions/play.ts';
import { SessionsError } from './errors.ts';

const REFUSED: ReadonlyArray<[pattern: RegExp, name: string, reason: string]> = [
  [
    /\bpg_terminate_backend\s*\(/i,
    'pg_terminate_backend()',
    'the sessions are parts of one program, which would end with any of them',
  ],
  [
    /^\s*(CREATE|DROP)\s+(DATABASE|TABLESPACE)\b/i,
    'CREATE or DROP of a database or tablespace',
    'every session would have to take part in it at once',
  ],
  [
    /^\s*ALTER\s+DATABASE\b.*\b(RENAME|TABLESPACE)\b/is,
    'ALTER DATABASE ... RENAME or SET TABLESPACE',
    'every session would have to take part in it at once',
  ],
  [/^\s*LOAD\b/i, 'LOAD', 'a library would be loaded into the memory of one session only'],
  [
    /^\s*CREATE\s+EXTENSION\b/i,
    'CREATE EXTENSION',
    'a library would be loaded into the memory of one session only',
  ],
  [/^\s*COPY\b.*\bFROM\s+STDIN\b/is, 'COPY FROM STDIN', 'a step has no data'],
];

/** @throws {SessionsError} of kind `refused` for a statement that cannot work here. */
export function refuse({ sql, id }: Pick<PlayStep, 'sql' | 'id'>): void {
  for (const [pattern, name, reason] of REFUSED) {
    if (pattern.test(sql)) throw new SessionsError('refused', `${name} in step ${id}: ${reason}`);
  }
}
