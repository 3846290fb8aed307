/** What the parts of a footer of `\d` are made of. */
import type { Ask, Relation } from './describe.ts';

/** A part of the footer: nothing for kinds of relations that it does not concern. */
export type Part = (ask: Ask, relation: Relation, verbose: boolean) => Promise<string[]>;

/** A heading with a line below it for each row; nothing without rows. */
export const titled = (title: string, lines: string[]) =>
  lines.length === 0 ? [] : [title, ...lines.map((line) => `    ${line}`)];

/** A table, partitioned table, materialized view or foreign table. */
export const isTable = ({ kind }: Relation) => 'rmfp'.includes(kind);
