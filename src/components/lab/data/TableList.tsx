/** The tables of a database: how many rows, how large, what has changed. */
import type { TableDescription } from '../../../engine/lab/inspect.ts';
import type { Side } from '../../../engine/lab/result.ts';
import { SIDE_NAMES } from '../names.ts';
import { Scroll } from '../results/Scroll.tsx';
import {
  CHANGE_SIGN,
  longChanges,
  ROW_WORD,
  rowCount,
  shortChanges,
  size,
  tableName,
} from './words.ts';

interface Props {
  side: Side;
  tables: readonly TableDescription[];
  /** The name of the one that is shown below. */
  chosen: string;
  /** Whether changes are marked. */
  marked: boolean;
  onChoose(name: string): void;
}

/** A table of tables; each name is a button. */
export function TableList({ side, tables, chosen, marked, onChoose }: Props) {
  const [, many] = ROW_WORD[side];
  return (
    <Scroll label={`Tables of ${SIDE_NAMES[side].name}`}>
      <table class="kj-data-list">
        <caption class="kj-hidden">Tables</caption>
        <thead>
          <tr>
            <th scope="col">Table</th>
            <th scope="col" class="kj-num">
              {many}
            </th>
            <th scope="col" class="kj-num">
              Size
            </th>
            {marked && <th scope="col">Changed</th>}
          </tr>
        </thead>
        <tbody>
          {tables.map((table) => {
            const name = tableName(table);
            return (
              <tr key={name} data-chosen={name === chosen || undefined} data-change={table.change}>
                <th scope="row">
                  <button
                    type="button"
                    class="kj-data-name"
                    aria-pressed={name === chosen}
                    onClick={() => onChoose(name)}
                  >
                    {name}
                  </button>
                </th>
                <td class="kj-num">{rowCount(table)}</td>
                <td class="kj-num">
                  {table.postgres?.kind === 'partitioned table'
                    ? 'in partitions'
                    : size(table.bytes.table)}
                </td>
                {marked && (
                  <td>
                    <Marks table={table} />
                  </td>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scroll>
  );
}

function Marks({ table: { change, rowChanges } }: { table: TableDescription }) {
  return (
    <>
      {change && (
        <span class="kj-data-mark" data-change={change}>
          <span aria-hidden="true">{CHANGE_SIGN[change]} </span>
          {change === 'changed' ? 'altered' : change}
        </span>
      )}
      {rowChanges && (
        <span class="kj-data-counts">
          <span aria-hidden="true">{shortChanges(rowChanges)}</span>
          <span class="kj-hidden">{longChanges(rowChanges)}</span>
        </span>
      )}
    </>
  );
}
