/** The rows of a table or the entries of an index, page by page. */
import { useState } from 'preact/hooks';
import type { TableDescription } from '../../../engine/lab/inspect.ts';
import type { Moment, RowRange, TableRows } from '../../../engine/lab/inspect-rows.ts';
import { HeapPages, type HeapPlace } from './HeapPages.tsx';
import { RowTable } from './RowTable.tsx';
import { momentKey, type SideProps } from './SideData.tsx';
import { useAsked } from './use-asked.ts';
import { ROW_WORD, tableName } from './words.ts';

/** Rows of a page. */
const PAGE_ROWS = 25;

interface Props extends SideProps {
  moment: Moment;
  table: TableDescription;
}

/** A page of rows, with what leads to the others; of PostgreSQL also the pages on which they lie. */
export function Rows({ side, states, moment, table, id, onLost }: Omit<Props, 'level'>) {
  const [from, setFrom] = useState(0);
  const [choice, setChoice] = useState<boolean>();
  const [index, setIndex] = useState('');
  const [heap, setHeap] = useState<HeapPlace>();
  const [one, many] = ROW_WORD[side];
  // What has changed is what one looks for first.
  const changedOnly =
    moment.since !== undefined && (choice ?? (table.rowChanges !== undefined && index === ''));
  const range: RowRange = {
    from,
    count: PAGE_ROWS,
    changedOnly,
    ...(index !== '' && { index }),
  };
  const name = { name: table.name, ...(table.schema !== undefined && { schema: table.schema }) };
  const key = `${momentKey(states, moment)} ${JSON.stringify([name, range])}`;
  const { value, waiting, error } = useAsked(
    key,
    () => states.readRows(side, name, range, moment),
    onLost,
  );
  const choices = side === 'dynamodb' ? table.indexes : [];
  const hasPages =
    side === 'postgres' && table.postgres?.kind === 'table' && table.change !== 'removed';
  return (
    <div aria-busy={waiting}>
      {(choices.length > 0 || moment.since !== undefined || hasPages) && (
        <div class="kj-data-tools">
          {choices.length > 0 && (
            <label>
              Read{' '}
              <select
                value={index}
                onChange={({ currentTarget }) => {
                  setIndex(currentTarget.value);
                  setFrom(0);
                }}
              >
                <option value="">the table</option>
                {choices.map(({ name: own }) => (
                  <option key={own} value={own}>
                    index {own}
                  </option>
                ))}
              </select>
            </label>
          )}
          {moment.since !== undefined && (
            <label>
              <input
                type="checkbox"
                checked={changedOnly}
                onChange={({ currentTarget }) => {
                  setChoice(currentTarget.checked);
                  setFrom(0);
                }}
              />
              Only what has changed
            </label>
          )}
          {hasPages && (
            <button
              type="button"
              class="kj-data-button"
              aria-expanded={heap !== undefined}
              onClick={() => setHeap(heap ? undefined : { page: 0 })}
            >
              Heap pages
            </button>
          )}
        </div>
      )}
      {error && <p class="kj-data-note kj-data-error">{error}</p>}
      {!value && waiting && <p class="kj-data-note">One moment.</p>}
      {value?.notes.map((note) => (
        <p class="kj-data-note" key={note}>
          {note}
        </p>
      ))}
      {value && value.rows.length === 0 && (
        <p class="kj-data-note">{changedOnly ? `No ${one} has changed.` : `No ${many}.`}</p>
      )}
      {value && value.rows.length > 0 && (
        <RowTable
          caption={`${tableName(table)}${index && `, index ${index}`}`}
          side={side}
          page={value}
          keys={index === '' ? table.key : keysOf(table, index)}
          changedFirst={changedOnly}
          onPage={hasPages ? (ctid) => setHeap(placeOf(ctid)) : undefined}
        />
      )}
      {value && value.total > PAGE_ROWS && <Pager page={value} many={many} onMove={setFrom} />}
      {hasPages && heap && (
        <HeapPages
          states={states}
          moment={moment}
          table={name}
          place={heap}
          id={id}
          onMove={(page) => setHeap({ page })}
          onLost={onLost}
        />
      )}
    </div>
  );
}

function placeOf(ctid: string): HeapPlace {
  const [page = 0, item] = ctid.slice(1, -1).split(',').map(Number);
  return item === undefined ? { page } : { page, item };
}

function keysOf({ indexes, key }: TableDescription, name: string): string[] {
  return [...(indexes.find((index) => index.name === name)?.keys ?? []), ...key];
}

interface PagerProps {
  page: TableRows;
  many: string;
  onMove(from: number): void;
}

/** `26 to 50 of 300 rows`, and the way to the pages beside it. */
function Pager({ page: { from, rows, total, exact }, many, onMove }: PagerProps) {
  const number = (amount: number) => amount.toLocaleString('en');
  const to = from + rows.length;
  // Said to who turns the pages; at another moment of the run, that of the browser is enough.
  const [isTurned, setTurned] = useState(false);
  const turn = (where: number) => {
    setTurned(true);
    onMove(where);
  };
  return (
    <div class="kj-data-pager">
      <button
        type="button"
        class="kj-data-button"
        aria-disabled={from === 0}
        onClick={() => from > 0 && turn(Math.max(0, from - PAGE_ROWS))}
      >
        Earlier
      </button>
      <span role={isTurned ? 'status' : undefined}>
        {`${number(from + 1)} to ${number(to)} of ${exact ? '' : 'about '}${number(total)} ${many}`}
      </span>
      <button
        type="button"
        class="kj-data-button"
        aria-disabled={to >= total}
        onClick={() => to < total && turn(from + PAGE_ROWS)}
      >
        Later
      </button>
    </div>
  );
}
