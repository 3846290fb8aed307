/** What is in both databases, at every step of a run: tables, their structure, rows, pages, partitions. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Side } from '../../../engine/lab/result.ts';
import type { RunStates } from '../../../engine/lab/states.ts';
import { momentOf, type Since, stopsOf } from './moments.ts';
import { momentKey, SideData } from './SideData.tsx';
import { Timeline } from './Timeline.tsx';

/** States that are shown, and what is to be said of them. */
export interface ShownStates {
  states: RunStates;
  /** Where they come from, a sentence, if that is not plain. */
  note?: string | undefined;
}

/** Where the databases come from. */
export interface DataSource {
  /** The sides to show, in their order. */
  sides: readonly Side[];
  /** The states of the run that is to be seen; of the dataset alone, before anything was run. */
  open(): Promise<ShownStates>;
}

/** What has changed on a side, in a sentence. */
interface Summary {
  /** Of which moment. */
  key: string;
  text: string;
}

interface Props extends DataSource {
  /** States of a run that has just ended; those of `open` without them. */
  shown?: ShownStates | undefined;
  /** Prefix of the ids in the page. */
  id: string;
  /** Of the headings of the sides; those of tables are one below. */
  level: 2 | 3 | 4 | 5;
}

/** The browser. It opens itself, and follows the runs that it is given. */
export function DataBrowser({ sides, open, shown, id, level }: Props) {
  const [current, setCurrent] = useState(shown);
  const [problem, setProblem] = useState('');
  const [at, setAt] = useState(Number.POSITIVE_INFINITY);
  const [since, setSince] = useState<Since>('dataset');
  const [summaries, setSummaries] = useState<Partial<Record<Side, Summary>>>({});
  const said = useRef('');
  const reopened = useRef(false);

  const reopen = () => {
    // Where even fresh states are gone, the message stays.
    if (reopened.current) return;
    reopened.current = true;
    open().then(setCurrent, (error: unknown) => setProblem((error as Error).message));
  };
  useEffect(() => {
    setProblem('');
    setAt(Number.POSITIVE_INFINITY);
    reopened.current = false;
    if (shown) setCurrent(shown);
    else reopen();
  }, [shown]);

  if (!current) {
    return (
      <p class="kj-data-note" role="status">
        {problem || 'The databases are being opened.'}
      </p>
    );
  }
  const { states, note } = current;
  const stops = stopsOf(states);
  const place = Math.min(at, stops.length - 1);
  const moments = sides.map((side) => momentOf(stops, place, side, since));
  // Said once, when both databases have answered of this moment.
  const told = sides.map((side, index) => {
    const moment = moments[index];
    if (!moment) return '';
    const { key, text } = summaries[side] ?? {};
    return key === momentKey(states, moment) ? text : undefined;
  });
  if (!told.includes(undefined)) {
    said.current = [stops[place]?.label, ...told].filter(Boolean).join('. ');
  }
  return (
    <>
      {stops.length > 1 ? (
        <Timeline
          id={id}
          stops={stops}
          at={place}
          since={since}
          onMove={setAt}
          onCompare={setSince}
        />
      ) : (
        <p class="kj-data-note">
          This is the data that every run begins with. Run the code to see what each step changes.
        </p>
      )}
      {note && <p class="kj-data-note">{note}</p>}
      <div class="kj-data-sides">
        {sides.map((side, index) => (
          <SideData
            key={side}
            id={`${id}-${side}`}
            side={side}
            level={level}
            states={states}
            moment={moments[index]}
            onLost={reopen}
            onSummary={(summary) => setSummaries((all) => ({ ...all, [side]: summary }))}
          />
        ))}
      </div>
      <p class="kj-hidden" role="status">
        {said.current}
      </p>
    </>
  );
}
