/** The dialects in which a lab can give its DynamoDB program beside the SDK's, and the files that hold them. */
import type { Side } from './result.ts';

/** Another way to write the program of DynamoDB's side. */
export type Dialect = 'partiql' | 'cli';

/** A program of a lab: `dynamodb` is that of the SDK. */
export type Program = Side | Dialect;

/** All dialects, in the order in which they are offered. */
export const DIALECTS = ['partiql', 'cli'] as const satisfies readonly Dialect[];

/** Of each dialect its name for readers and the file of a lab that holds it. */
export const DIALECT_FILES: Record<Dialect, { name: string; file: string }> = {
  partiql: { name: 'PartiQL', file: 'dynamodb.partiql' },
  cli: { name: 'AWS CLI', file: 'dynamodb.sh' },
};

/** What begins a comment in each kind of program. */
export const COMMENT: Record<Program, string> = {
  dynamodb: '//',
  postgres: '--',
  partiql: '--',
  cli: '#',
};

/** A name of the API as the AWS CLI writes it: `KeyConditionExpression` is `key-condition-expression`. */
export function kebab(name: string): string {
  return name
    .replace(/(?<!^)([A-Z]{2,})s$/, (_, letters: string) => `-${letters.toLowerCase()}s`)
    .replace(/(.)([A-Z][a-z]+)/g, '$1-$2')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase();
}
