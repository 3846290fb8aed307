/** The two sides as the reader knows them, and the words for what they did. */
import type { Program } from '../../engine/lab/dialects.ts';
import type { Side, StepStatus } from '../../engine/lab/result.ts';

/** Both sides, in the order in which they stand. */
export const SIDES = ['dynamodb', 'postgres'] as const satisfies readonly Side[];

/** What a panel of a lab is about: one side, or both, where one program is for both databases. */
export type Panel = Side | 'both';

/** The sides of a panel. */
export const sidesOf = (panel: Panel): readonly Side[] => (panel === 'both' ? SIDES : [panel]);

/** All programs that a lab can have, those of the two sides first. */
export const PROGRAMS = [
  'dynamodb',
  'postgres',
  'partiql',
  'cli',
] as const satisfies readonly Program[];

/** What each kind of program is written in. */
export const PROGRAM_NAMES: Record<Program, string> = {
  dynamodb: 'AWS SDK v3',
  postgres: 'SQL',
  partiql: 'PartiQL',
  cli: 'AWS CLI',
};

/** A panel's name and the language in which its code is written. */
export const SIDE_NAMES: Record<Panel, { name: string; language: string }> = {
  dynamodb: { name: 'DynamoDB', language: PROGRAM_NAMES.dynamodb },
  postgres: { name: 'PostgreSQL', language: PROGRAM_NAMES.postgres },
  both: { name: 'Both databases in one program', language: 'TypeScript' },
};

/** How a step ended, in words. A step that went well says nothing. */
export const STATUS_WORDS: Record<StepStatus, string> = {
  ok: '',
  'expected-failure': 'Fails, as it should',
  failed: 'Failed',
  'unexpected-success': 'Should have failed, and did not',
  stopped: 'Stopped',
  skipped: 'Skipped: an earlier step ended the run',
  'not-run': 'Not run',
};

/** `1 row`, `2 rows`: a count with its noun. */
export function count(amount: number, one: string, many = `${one}s`): string {
  return `${amount.toLocaleString('en')} ${amount === 1 ? one : many}`;
}

/** Units of capacity come in halves: `0.5`, `8`. Sums of floats are cut to three places. */
export function units(amount: number): string {
  return String(Math.round(amount * 1000) / 1000);
}
