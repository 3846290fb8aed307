/** One database: its tables, and the one that is chosen. */
import { useEffect, useState } from 'preact/hooks';
import type { DatabaseDescription, TableDescription } from '../../../engine/lab/inspect.ts';
import type { Moment } from '../../../engine/lab/inspect-rows.ts';
import type { Side } from '../../../engine/lab/result.ts';
import type { RunStates } from '../../../engine/lab/states.ts';
import { SIDE_NAMES } from '../names.ts';
import { Rows } from './Rows.tsx';
import { Structure } from './Structure.tsx';
import { TableList } from './TableList.tsx';
import { useAsked } from './use-asked.ts';
import { summary, tableName } from './words.ts';

/** What the parts of a side have in common. */
export interface SideProps {
  side: Side;
  states: RunStates;
  /** Undefined when the side took no part in the run. */
  moment: Moment | undefined;
  /** Of ids in the page. */
  id: string;
  /** Of its heading. */
  level: 2 | 3 | 4 | 5;
  /** The states are gone: others are needed. */
  onLost(): void;
}

/** States have no text of their own: each gets a number, for the keys of what is asked. */
const numbers = new WeakMap<RunStates, number>();
let last = 0;

/** A text that is another one for another state. */
export function momentKey(states: RunStates, { state, since }: Moment): string {
  let number = numbers.get(states);
  if (number === undefined) {
    last += 1;
    number = last;
    numbers.set(states, number);
  }
  return `${number} ${state} ${since}`;
}

/** A side of the browser. `onSummary` is told what has changed at a moment, in a sentence. */
export function SideData(
  props: SideProps & { onSummary(summary: { key: string; text: string }): void },
) {
  const { side, states, moment, id, level, onLost, onSummary } = props;
  const Heading = `h${level}` as const;
  const TableHeading = `h${level + 1}` as 'h6';
  const [chosen, setChosen] = useState('');
  const key = moment && momentKey(states, moment);
  const { value, waiting, error } = useAsked(
    key,
    () => states.describe(side, moment as Moment),
    onLost,
  );
  const { name } = SIDE_NAMES[side];
  const isCompared = moment?.since !== undefined;
  const sentence = value && isCompared ? summary(value) : '';
  useEffect(() => {
    if (waiting || key === undefined) return;
    onSummary({ key, text: sentence && `${name}: ${sentence}`.replace(/\.$/, '') });
  }, [key, sentence, waiting]);
  const table = value && (find(value, chosen) ?? first(value));
  return (
    <section class="kj-data-side" data-of={side} aria-labelledby={`${id}-name`} aria-busy={waiting}>
      <header class="kj-data-head">
        <Heading id={`${id}-name`}>{name}</Heading>
        {value && <span>{where(value)}</span>}
      </header>
      {!moment && <p class="kj-data-note">This side was not run: run it to look into it.</p>}
      {error && <p class="kj-data-note kj-data-error">{error}</p>}
      {!value && waiting && <p class="kj-data-note">One moment.</p>}
      {value && moment && (
        <>
          {isCompared && <p class="kj-data-note">{sentence}</p>}
          {value.notes.map((note) => (
            <p class="kj-data-note" key={note}>
              {note}
            </p>
          ))}
          <TableList
            side={side}
            tables={value.tables}
            chosen={table ? tableName(table) : ''}
            marked={isCompared}
            onChoose={setChosen}
          />
          {table && (
            <div class="kj-data-table" key={tableName(table)}>
              <TableHeading>{tableName(table)}</TableHeading>
              <Structure table={table} database={value} />
              <Rows {...props} moment={moment} table={table} />
            </div>
          )}
        </>
      )}
    </section>
  );
}

function find({ tables }: DatabaseDescription, name: string): TableDescription | undefined {
  return tables.find((table) => tableName(table) === name);
}

/** The table to begin with: one that has changed, else one that holds something. */
function first({ tables }: DatabaseDescription): TableDescription | undefined {
  const score = ({ rowChanges, change, rows }: TableDescription) =>
    (rowChanges ? 4 : 0) + (change ? 2 : 0) + (rows?.count ? 1 : 0);
  return tables.toSorted((a, b) => score(b) - score(a))[0];
}

function where({ name, postgres, engine }: DatabaseDescription): string {
  if (engine === 'dynamodb') return name.includes(',') ? `Regions ${name}` : `Region ${name}`;
  const parts = [`database ${name}`, `role ${postgres?.role}`];
  if (postgres?.transaction !== 'none') parts.push(`transaction ${postgres?.transaction}`);
  return parts.join(', ');
}
