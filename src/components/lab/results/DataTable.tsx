/** Rows as a real table in a scroll region of its own, with what can be done with it below. */
import { Component } from 'preact';
import type { Grid } from '../attributes.ts';
import { prettyRows } from '../json-view.ts';
import type { PsqlFrame } from '../psql-text.ts';
import { firstRows, pageAt, pageWords, restOf } from '../shown-rows.ts';
import { isAtEnd, Rows } from './Rows.tsx';
import { Scroll } from './Scroll.tsx';

interface Props extends Grid {
  /** Names the table for a screen reader, and its scroll region. */
  caption: string;
  /** Shows the caption, where several tables stand together. */
  titled?: boolean;
  /** What stands for NULL, where the reader has chosen it. */
  nullAs?: string;
  /** The other way to show the rows: what psql prints round them, or as JSON, which may come first. */
  other: { psql: PsqlFrame } | { json: 'first' | 'second' };
}

/**
 * A table whose header cells carry name and type, and its buttons. They do nothing before `tables.ts` is
 * there, which takes the markup over: so a table is drawn once, and anew only when it shows something else.
 */
export class DataTable extends Component<Props> {
  #drawn = 0;

  override shouldComponentUpdate(next: Props): boolean {
    return JSON.stringify(next) !== JSON.stringify(this.props);
  }

  override render() {
    this.#drawn += 1;
    return <Result key={this.#drawn} {...this.props} />;
  }
}

function Result({ caption, titled, columns, rows, nullAs, other }: Props) {
  const grid = { columns, rows };
  const first = firstRows(rows.length);
  const page = pageAt(0, rows.length);
  const inJson = 'json' in other && other.json === 'first';
  // A list of records has an order of its own, and is nothing for a spreadsheet.
  const isList = 'psql' in other && other.psql.expanded === true;
  const sortable = rows.length > 1 && !isList;
  return (
    <div
      class="kj-result"
      data-result={'psql' in other ? 'psql' : 'json'}
      data-psql={'psql' in other ? JSON.stringify(other.psql) : undefined}
      data-null={nullAs}
      data-rest-rows={restOf(grid)}
    >
      <Scroll label={caption}>
        <table hidden={inJson}>
          <caption class={titled ? 'kj-caption' : 'kj-hidden'}>{caption}</caption>
          <thead>
            <tr>
              {columns.map(({ name, type }, column) => (
                <th
                  key={column}
                  scope="col"
                  class={isAtEnd(columns, column) ? 'kj-num' : undefined}
                >
                  {sortable ? (
                    <button type="button" data-sort={column} title="Sort">
                      {name}
                    </button>
                  ) : (
                    <span>{name}</span>
                  )}
                  {type && <small> {type}</small>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Rows grid={grid} rows={first} nullAs={nullAs} />
          </tbody>
        </table>
        {inJson && <pre class="kj-text">{prettyRows(grid, first)}</pre>}
      </Scroll>
      {rows.length > 0 && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is for what is filled in
        <div class="kj-tools" role="group" aria-label={`Result of ${caption}`}>
          {page && first.length < rows.length && (
            <span class="kj-pages">
              <button type="button" class="kj-more" data-do="back" hidden />
              <button type="button" class="kj-more" data-do="more">
                {pageWords(page, rows.length)}
              </button>
            </span>
          )}
          <button type="button" data-do="view">
            {'psql' in other ? 'As psql' : inJson ? 'As table' : 'As JSON'}
          </button>
          <button type="button" data-do="copy">
            Copy
          </button>
          {!isList && (
            <>
              <button type="button" data-do="csv" aria-label="Save as CSV" title="Save as CSV">
                CSV
              </button>
              <button type="button" data-do="json" aria-label="Save as JSON" title="Save as JSON">
                JSON
              </button>
            </>
          )}
        </div>
      )}
    </div>
  );
}

/** The button that shows what is `data-rest` in the element before it; the lab's script does it. */
export function ShowRest({ what }: { what: string }) {
  return (
    <button type="button" class="kj-more" data-show-rest>
      Show {what}
    </button>
  );
}
