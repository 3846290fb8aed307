/** A page of a PostgreSQL table as it lies in its file: line pointers, and every version of every row. */

import { useEffect, useRef } from 'preact/hooks';
import type {
  HeapPage,
  LinePointer,
  TableName,
  TupleVersion,
} from '../../../engine/lab/inspect.ts';
import type { Moment } from '../../../engine/lab/inspect-rows.ts';
import type { RunStates } from '../../../engine/lab/states.ts';
import { count } from '../names.ts';
import { Scroll } from '../results/Scroll.tsx';
import { momentKey } from './SideData.tsx';
import { useAsked } from './use-asked.ts';

/** A page, and the tuple on it that is meant, if any. */
export interface HeapPlace {
  page: number;
  item?: number;
}

interface Props {
  states: RunStates;
  moment: Moment;
  table: TableName;
  place: HeapPlace;
  id: string;
  onMove(page: number): void;
  onLost(): void;
}

/** Bytes of a page, and of its header. */
const PAGE_SIZE = 8192;
const HEADER_SIZE = 24;

/** A sign beside the word. */
const STATE_SIGN: Record<TupleVersion['state'], string> = {
  live: '●',
  inserting: '+',
  deleting: '−',
  dead: '○',
};

/** One page of a table, with the way to its neighbours. */
export function HeapPages({ states, moment, table, place, id, onMove, onLost }: Props) {
  const { page, item } = place;
  const title = useRef<HTMLParagraphElement>(null);
  // The page that a tuple was asked for may be out of sight.
  useEffect(() => {
    if (item !== undefined) title.current?.focus();
  }, [place]);
  const { value, waiting, error } = useAsked(
    `${momentKey(states, { state: moment.state })} ${JSON.stringify(table)} ${page}`,
    () => states.inspectPages(table, { from: page, count: 1 }, moment.state ?? 0),
    onLost,
  );
  const [shown] = value?.pages ?? [];
  return (
    <section class="kj-data-pages" aria-labelledby={`${id}-page`} aria-busy={waiting}>
      <p class="kj-data-part" id={`${id}-page`} ref={title} tabIndex={-1}>
        Page {page} of {table.name}
        {value && value.pageCount > 0 && (
          <span class="kj-data-quiet">, {count(value.pageCount, 'page')} in all</span>
        )}
      </p>
      {error && <p class="kj-data-note kj-data-error">{error}</p>}
      {value && value.pageCount === 0 && <p class="kj-data-note">The table has no page yet.</p>}
      {shown && <Space page={shown} />}
      {shown && shown.tuples.length > 0 && (
        <Tuples page={shown} columns={value?.columns ?? []} item={item} />
      )}
      {value && value.pageCount > 1 && (
        <div class="kj-data-pager">
          <button
            type="button"
            class="kj-data-button"
            aria-disabled={page === 0}
            onClick={() => page > 0 && onMove(page - 1)}
          >
            Page before
          </button>
          <button
            type="button"
            class="kj-data-button"
            aria-disabled={page + 1 >= value.pageCount}
            onClick={() => page + 1 < value.pageCount && onMove(page + 1)}
          >
            Next page
          </button>
        </div>
      )}
      {value?.notes.map((note) => (
        <p class="kj-data-note" key={note}>
          {note}
        </p>
      ))}
    </section>
  );
}

/** The page as a strip: header and line pointers grow from the left, tuples from the right. */
function Space({ page }: { page: HeapPage }) {
  const { lower, upper, freeBytes, flags, tuples } = page;
  const share = (bytes: number) => `${(100 * bytes) / PAGE_SIZE}`;
  const dead = tuples.reduce(
    (sum, tuple) =>
      tuple.pointer === 'normal' && tuple.version.state === 'dead'
        ? sum + tuple.version.bytes
        : sum,
    0,
  );
  return (
    <>
      <svg
        class="kj-data-space"
        viewBox="0 0 100 6"
        preserveAspectRatio="none"
        aria-hidden="true"
        focusable="false"
      >
        <rect class="kj-data-pointers" x="0" y="0" width={share(lower)} height="6" />
        <rect class="kj-data-free" x={share(lower)} y="0" width={share(freeBytes)} height="6" />
        <rect
          class="kj-data-tuples"
          x={share(upper)}
          y="0"
          width={share(PAGE_SIZE - upper)}
          height="6"
        />
        <rect class="kj-data-dead" x={share(upper)} y="4" width={share(dead)} height="2" />
      </svg>
      <p class="kj-data-quiet">
        8,192 bytes: {count(tuples.length, 'line pointer')} after {HEADER_SIZE} bytes of header,{' '}
        {freeBytes.toLocaleString('en')} bytes free, {(PAGE_SIZE - upper).toLocaleString('en')}{' '}
        bytes of tuples{dead > 0 && `, of which ${dead.toLocaleString('en')} are of dead versions`}.
        {flags.length > 0 && ` ${flags.join(', ')}.`}
      </p>
    </>
  );
}

interface TuplesProps {
  page: HeapPage;
  columns: readonly string[];
  /** The one that was asked for. */
  item: number | undefined;
}

function Tuples({ page, columns, item: asked }: TuplesProps) {
  const chains = chainsOf(page);
  return (
    <>
      {chains.length > 0 && (
        <ul class="kj-data-chains" aria-label="Versions of one row, oldest first">
          {chains.map((chain) => (
            <li key={chain.join()}>
              {chain.map((item, index) => (
                <>
                  {index > 0 && (
                    <>
                      <span aria-hidden="true"> → </span>
                      <span class="kj-hidden"> then </span>
                    </>
                  )}
                  <span class="kj-data-version" data-version={stateOf(page, item)}>
                    ({page.number},{item})
                  </span>
                </>
              ))}
              {isHot(page, chain) && (
                <span class="kj-data-quiet"> HOT: no index entry was added</span>
              )}
            </li>
          ))}
        </ul>
      )}
      <Scroll label={`Tuples of page ${page.number}`}>
        <table class="kj-data-rows">
          <caption class="kj-hidden">Tuples of page {page.number}</caption>
          <thead>
            <tr>
              {['ctid', 'State', 'xmin', 'xmax', 'Next', ...columns].map((name, index) => (
                <th
                  scope="col"
                  key={name + index}
                  class={index === 2 || index === 3 ? 'kj-num' : undefined}
                >
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {page.tuples.map((tuple) => (
              <Tuple
                key={tuple.item}
                page={page.number}
                tuple={tuple}
                columns={columns.length}
                isAsked={tuple.item === asked}
              />
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}

interface TupleProps {
  page: number;
  tuple: LinePointer;
  columns: number;
  isAsked: boolean;
}

function Tuple({ page, tuple, columns, isAsked }: TupleProps) {
  const place = `(${page},${tuple.item})`;
  if (tuple.pointer !== 'normal') {
    return (
      <tr data-version="dead">
        <th scope="row">{place}</th>
        <td colSpan={4 + columns}>
          {tuple.pointer === 'redirect'
            ? `redirect to (${page},${tuple.to}): where the chain began`
            : `${tuple.pointer} line pointer`}
        </td>
      </tr>
    );
  }
  const { version } = tuple;
  const { state, xmin, xminStatus, xmax, xmaxStatus, next, values, flags, visible } = version;
  return (
    <tr data-version={state} data-chosen={isAsked || undefined} aria-current={isAsked || undefined}>
      <th scope="row" title={flags.join(', ')}>
        {place}
      </th>
      <td>
        <span class="kj-data-version" data-version={state}>
          <span aria-hidden="true">{STATE_SIGN[state]} </span>
          {state}
        </span>
        {visible !== (state === 'live') && (
          <span class="kj-data-quiet"> {visible ? 'visible here' : 'not visible here'}</span>
        )}
      </td>
      <td class="kj-num">
        {xmin} <small>{xminStatus}</small>
      </td>
      <td class="kj-num">
        {xmax === 0 ? '0' : xmax}{' '}
        {xmax !== 0 && <small>{xmaxStatus ?? 'only a lock, or void'}</small>}
      </td>
      <td>{next === place ? '' : next}</td>
      {values?.map((value, index) => (
        <td key={index} class={value && value.length > 32 ? 'kj-long' : undefined}>
          {value === null ? <span class="kj-null">NULL</span> : value}
        </td>
      )) ?? <td colSpan={columns} />}
    </tr>
  );
}

/** Versions of one row that follow each other on the page, two at least. */
function chainsOf({ number, tuples }: HeapPage): number[][] {
  const next = new Map<number, number>();
  for (const tuple of tuples) {
    if (tuple.pointer === 'redirect') next.set(tuple.item, tuple.to);
    if (tuple.pointer !== 'normal' || tuple.version.next === tuple.version.ctid) continue;
    const [page, item] = tuple.version.next.slice(1, -1).split(',').map(Number);
    if (page === number && item !== undefined) next.set(tuple.item, item);
  }
  const followers = new Set(next.values());
  return [...next.keys()]
    .filter((item) => !followers.has(item))
    .map((first) => {
      const chain = [first];
      for (
        let item = next.get(first);
        item !== undefined && !chain.includes(item);
        item = next.get(item)
      ) {
        chain.push(item);
      }
      return chain;
    });
}

function versionAt({ tuples }: HeapPage, item: number): TupleVersion | undefined {
  const tuple = tuples[item - 1];
  return tuple?.pointer === 'normal' ? tuple.version : undefined;
}

const stateOf = (page: HeapPage, item: number) => versionAt(page, item)?.state ?? 'dead';

/** Whether every later version of a chain is a heap-only tuple. */
function isHot(page: HeapPage, chain: readonly number[]): boolean {
  return chain.slice(1).every((item) => versionAt(page, item)?.flags.includes('HEAP_ONLY_TUPLE'));
}
