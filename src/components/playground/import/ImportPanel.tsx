/** The panel of an import: what to read, how it is understood, what is wrong with it, and the file it becomes. */
import { useState } from 'preact/hooks';
import type { Side } from '../../../engine/lab/result.ts';
import { count, SIDE_NAMES } from '../../lab/names.ts';
import { textOf } from './attributes.ts';
import { KINDS, type Kind } from './kinds.ts';
import { firstPlan, keyColumns, type Plan, problems, ROW_NUMBER } from './plan.ts';
import { MOST_BYTES, type Note, ReadError, type Records, readRecords } from './records.ts';
import { writeScript } from './write-script.ts';
import { writeSql } from './write-sql.ts';

/** What the panel is given, and what comes of it. */
export interface ImportProps {
  side: Side;
  /** Tables of the dataset: they need not be made. */
  there: readonly string[];
  onAdd(file: { name: string; text: string }, words: string): void;
  onClose(): void;
  /** Speaks to a screen reader. */
  say(words: string): void;
}

/** What was given to read. */
interface Source {
  name: string;
  text: string;
}

/** Rows of the preview, and notes that are shown; the others are counted. */
const SHOWN_ROWS = 5;
const SHOWN_NOTES = 8;

/** The whole panel. */
export function ImportPanel({ side, there, onAdd, onClose, say }: ImportProps) {
  const [source, setSource] = useState<Source>();
  const [hasHeader, setHasHeader] = useState(true);
  const [records, setRecords] = useState<Records>();
  const [plan, setPlan] = useState<Plan>();
  const [error, setError] = useState('');
  const [over, setOver] = useState(false);

  const read = (from: Source, header: boolean) => {
    setSource(from);
    setHasHeader(header);
    try {
      const now = readRecords(from.text, header);
      const first = firstPlan(now, side, from.name, there);
      setRecords(now);
      setPlan(first);
      setError('');
      const found = problems(now, first).length;
      say(
        `${now.format}: ${count(now.rows.length, 'row')}, ${count(now.names.length, 'column')}, ${found === 0 ? 'no problems' : count(found, 'problem')}.`,
      );
    } catch (thrown) {
      if (!(thrown instanceof ReadError)) throw thrown;
      setRecords(undefined);
      setPlan(undefined);
      setError(thrown.message);
    }
  };
  const take = async (file: File | undefined) => {
    if (!file) return;
    // Not even read: it could be of any size.
    if (file.size > MOST_BYTES) {
      setError(
        `${file.name} has ${megabytes(file.size)}; up to ${megabytes(MOST_BYTES)} can be imported.`,
      );
    } else read({ name: file.name, text: await file.text() }, true);
  };
  const { name } = SIDE_NAMES[side];
  return (
    <section
      class="kj-import"
      aria-labelledby="import-title"
      data-over={over ? '' : undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        void take(event.dataTransfer?.files[0]);
      }}
    >
      <h2 id="import-title" tabIndex={-1}>
        Import into {name}
      </h2>
      <p>
        CSV, a list of JSON objects, JSON Lines, or DynamoDB JSON, up to {megabytes(MOST_BYTES)}. It
        stays in this browser, and becomes a file of the workspace that runs first.
      </p>
      <div class="kj-import-row">
        <label>
          Choose a file or drop it here
          <input
            type="file"
            accept=".csv,.tsv,.txt,.json,.jsonl,.ndjson"
            onChange={({ currentTarget }) => void take(currentTarget.files?.[0])}
          />
        </label>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            const text = event.currentTarget.querySelector('textarea')?.value ?? '';
            read({ name: 'pasted', text }, true);
          }}
        >
          <label>
            Or paste it
            <textarea rows={3} spellcheck={false} />
          </label>
          <button type="submit">Read it</button>
        </form>
      </div>
      {error !== '' && (
        <p class="kj-import-error" role="alert">
          {error}
        </p>
      )}
      {records && plan && source && (
        <Understood
          {...{ records, plan, hasHeader, setPlan, onAdd }}
          onHeader={(header) => read(source, header)}
        />
      )}
      <button type="button" onClick={onClose}>
        Close the import
      </button>
    </section>
  );
}

interface UnderstoodProps {
  records: Records;
  plan: Plan;
  hasHeader: boolean;
  setPlan(plan: Plan): void;
  onHeader(hasHeader: boolean): void;
  onAdd: ImportProps['onAdd'];
}

/** How it is understood, to be changed. */
function Understood({ records, plan, hasHeader, setPlan, onHeader, onAdd }: UnderstoodProps) {
  const { side, table, makes, key, sort, kinds } = plan;
  const { names, rows, format, notes } = records;
  const wrong = problems(records, plan);
  const change = (to: Partial<Plan>) => setPlan({ ...plan, ...to });
  const keys = keyColumns(records, kinds, side);
  const noun = side === 'dynamodb' ? 'attribute' : 'column';
  const add = () => {
    const text = side === 'dynamodb' ? writeScript(records, plan) : writeSql(records, plan);
    onAdd({ name: table.toLowerCase(), text }, `${count(rows.length, 'row')} of ${plan.source}`);
  };
  return (
    <>
      <h3>
        {format}: {count(rows.length, 'row')}, {count(names.length, noun)}
      </h3>
      <div class="kj-import-row">
        <label>
          Table
          <input
            type="text"
            value={table}
            onInput={({ currentTarget }) => change({ table: currentTarget.value })}
          />
        </label>
        <label>
          {side === 'dynamodb' ? 'Partition key' : 'Primary key'}
          <select
            value={key ?? 'none'}
            onChange={({ currentTarget: { selectedOptions } }) => {
              const chosen = selectedOptions[0]?.dataset['key'];
              change({ key: chosen, sort: chosen === sort ? undefined : sort });
            }}
          >
            {side === 'postgres' && <option value="none">none</option>}
            {keys.map((each) => (
              <option key={each} value={each} data-key={each}>
                {each}
              </option>
            ))}
            <option value={ROW_NUMBER} data-key={ROW_NUMBER}>
              the number of the row
            </option>
          </select>
        </label>
        {key !== undefined && key !== ROW_NUMBER && (
          <label>
            {side === 'dynamodb' ? 'Sort key' : 'and'}
            <select
              value={sort ?? ''}
              onChange={({ currentTarget }) => change({ sort: currentTarget.value || undefined })}
            >
              <option value="">none</option>
              {keys
                .filter((each) => each !== key)
                .map((each) => (
                  <option key={each} value={each}>
                    {each}
                  </option>
                ))}
            </select>
          </label>
        )}
        <label class="kj-check">
          <input
            type="checkbox"
            checked={makes}
            onChange={({ currentTarget }) => change({ makes: currentTarget.checked })}
          />
          Make the table
        </label>
        {format === 'CSV' && (
          <label class="kj-check">
            <input
              type="checkbox"
              checked={hasHeader}
              onChange={({ currentTarget }) => onHeader(currentTarget.checked)}
            />
            The first row has the names
          </label>
        )}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section class="kj-import-table" tabIndex={0} aria-label="The first rows">
        <table>
          <thead>
            <tr>
              {names.map((each) => (
                <th key={each} scope="col">
                  <span>{each}</span>
                  <select
                    aria-label={`Type of ${each}`}
                    value={kinds.get(each)}
                    onChange={({ currentTarget }) =>
                      change({ kinds: new Map(kinds).set(each, currentTarget.value as Kind) })
                    }
                  >
                    {KINDS[side]
                      .filter(({ kind }) => kind !== 'given' || format !== 'CSV')
                      .map((option) => (
                        <option key={option.kind} value={option.kind}>
                          {option.name}
                        </option>
                      ))}
                  </select>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, SHOWN_ROWS).map((row, index) => (
              <tr key={index}>
                {names.map((each) => (
                  <td key={each}>{row[each] ? textOf(row[each]).slice(0, 60) : ''}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {rows.length > SHOWN_ROWS && <p>and {count(rows.length - SHOWN_ROWS, 'more row')}.</p>}
      <Notes title="To know" notes={notes} />
      <Notes title="To be put right before" notes={wrong} />
      <button type="button" disabled={wrong.length > 0} onClick={add}>
        Add the file
      </button>
    </>
  );
}

function Notes({ title, notes }: { title: string; notes: readonly Note[] }) {
  if (notes.length === 0) return null;
  const said = notes.slice(0, SHOWN_NOTES).map(({ row, column, message }) => {
    const place = [row && `row ${row}`, column && `“${column}”`].filter(Boolean).join(', ');
    return place === '' ? message : `${place}: ${message}`;
  });
  return (
    <div class="kj-import-notes">
      <b>{title}</b>
      <ul>
        {said.map((words) => (
          <li key={words}>{words}</li>
        ))}
        {notes.length > SHOWN_NOTES && (
          <li>and {count(notes.length - SHOWN_NOTES, 'more', 'more')}.</li>
        )}
      </ul>
    </div>
  );
}

const megabytes = (bytes: number) => `${Math.round(bytes / 100_000) / 10} MB`;
