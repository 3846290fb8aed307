/** The slider through the steps of a run, for both sides at once. */
import type { Since, Stop } from './moments.ts';

interface Props {
  id: string;
  stops: readonly Stop[];
  at: number;
  since: Since;
  onMove(at: number): void;
  onCompare(since: Since): void;
}

const CHOICES: ReadonlyArray<[Since, string]> = [
  ['dataset', 'the beginning'],
  ['step', 'the step before'],
];

/** Moves through the stops; says in words where it stands. */
export function Timeline({ id, stops, at, since, onMove, onCompare }: Props) {
  const label = stops[at]?.label ?? '';
  const last = stops.length - 1;
  return (
    <div class="kj-data-time">
      <div class="kj-data-moves">
        <label class="kj-hidden" for={`${id}-time`}>
          Moment of the run
        </label>
        <button
          type="button"
          class="kj-data-button"
          aria-label="One step back"
          aria-disabled={at === 0}
          onClick={() => at > 0 && onMove(at - 1)}
        >
          <span aria-hidden="true">‹</span>
        </button>
        <input
          id={`${id}-time`}
          type="range"
          min={0}
          max={last}
          step={1}
          value={at}
          list={`${id}-stops`}
          aria-valuetext={label}
          onInput={({ currentTarget }) => onMove(Number(currentTarget.value))}
        />
        <datalist id={`${id}-stops`}>
          {stops.map((stop, index) => (
            <option key={stop.label} value={index} />
          ))}
        </datalist>
        <button
          type="button"
          class="kj-data-button"
          aria-label="One step on"
          aria-disabled={at === last}
          onClick={() => at < last && onMove(at + 1)}
        >
          <span aria-hidden="true">›</span>
        </button>
        <output class="kj-data-where" for={`${id}-time`} aria-live="off">
          {label}
        </output>
      </div>
      <fieldset class="kj-data-since">
        <legend>Mark changes since</legend>
        {CHOICES.map(([value, words]) => (
          <label key={value}>
            <input
              type="radio"
              name={`${id}-since`}
              checked={since === value}
              onChange={() => onCompare(value)}
            />
            {words}
          </label>
        ))}
      </fieldset>
    </div>
  );
}
