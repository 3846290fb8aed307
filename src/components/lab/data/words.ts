/** Sizes, places and changes in words. */
import type { DatabaseDescription, TableDescription } from '../../../engine/lab/inspect.ts';
import type { Change, RowChanges } from '../../../engine/lab/inspect-rows.ts';
import type { Side } from '../../../engine/lab/result.ts';
import { count } from '../names.ts';

/** What a side calls a row, for one and for several. */
export const ROW_WORD: Record<Side, [string, string]> = {
  dynamodb: ['item', 'items'],
  postgres: ['row', 'rows'],
};

/** A sign beside the word, so that a mark is found at a glance. */
export const CHANGE_SIGN: Record<Change, string> = { added: '+', changed: '~', removed: '−' };

/** `812 bytes`, `56 KiB`, `1.4 MiB`. */
export function size(bytes: number): string {
  if (bytes < 1024) return count(bytes, 'byte');
  const kibibytes = bytes / 1024;
  return kibibytes < 1024 ? `${rounded(kibibytes)} KiB` : `${rounded(kibibytes / 1024)} MiB`;
}

const rounded = (amount: number) => amount.toLocaleString('en', { maximumFractionDigits: 1 });

/** How many rows of a table there are. */
export function rowCount({ rows }: Pick<TableDescription, 'rows'>): string {
  if (!rows) return '';
  return `${rows.exact ? '' : 'about '}${rows.count.toLocaleString('en')}`;
}

/** `+2 ~1 −3`, for a narrow column. */
export function shortChanges(changes: RowChanges): string {
  return present(changes)
    .map((change) => CHANGE_SIGN[change] + changes[change].toLocaleString('en'))
    .join(' ');
}

/** `2 added, 1 changed, 3 removed`. */
export function longChanges(changes: RowChanges): string {
  return present(changes)
    .map((change) => `${changes[change].toLocaleString('en')} ${change}`)
    .join(', ');
}

const present = (changes: RowChanges) =>
  (['added', 'changed', 'removed'] as const).filter((change) => changes[change] > 0);

/** A table's name; the schema `public` goes without saying. */
export function tableName({ schema, name }: { schema?: string; name: string }): string {
  return schema === undefined || schema === 'public' ? name : `${schema}.${name}`;
}

/** What has become of a database, in one sentence. */
export function summary({ tables, engine }: DatabaseDescription): string {
  const parts = tables.flatMap((table) => {
    const { change, rowChanges } = table;
    const name = tableName(table);
    const own = change && `table ${change === 'changed' ? 'altered' : change}`;
    const words = [own, rowChanges && longChanges(rowChanges)].filter(Boolean);
    return words.length > 0 ? [`${name}: ${words.join(', ')}`] : [];
  });
  const [, many] = ROW_WORD[engine];
  return parts.length === 0 ? `No ${many} and no tables have changed.` : `${parts.join('; ')}.`;
}
