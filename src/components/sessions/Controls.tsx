/** What the reader chooses: the isolation level, and orders that have a name. */
import { LEVELS, type Level } from '../../engine/sessions/conditions.ts';
import type { NamedScenario } from '../../engine/sessions/scenario.ts';
import { type Choice, levelName } from './data.ts';
import type { Preset } from './presets.ts';

interface Props {
  scenario: NamedScenario;
  presets: readonly Preset[];
  choice: Choice;
  anchor: string;
  /** Absent when the page is built. */
  choose?: ((choice: Partial<Choice>) => void) | undefined;
  /** Back to what is shown first. */
  reset?: (() => void) | undefined;
  /** Copies the address of what is shown. */
  copy?: ((button: HTMLElement) => void) | undefined;
}

/** Level and order. */
export function Controls({ scenario, presets, choice, anchor, choose, reset, copy }: Props) {
  const levels = LEVELS.filter((level) => scenario.levels.includes(level));
  const named = scenario.orders ?? [];
  return (
    <div class="kj-ses-controls">
      <fieldset class="kj-ses-levels">
        <legend>Isolation level</legend>
        {levels.map((level) => (
          <LevelChoice key={level} {...{ level, anchor, choose }} chosen={level === choice.level} />
        ))}
      </fieldset>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for what is filled in */}
      <div class="kj-ses-presets" role="group" aria-labelledby={`${anchor}-orders`}>
        <span class="kj-ses-label" id={`${anchor}-orders`}>
          Order
        </span>
        {presets.map(({ name, order }) => (
          <button
            type="button"
            class="kj-quiet"
            key={order}
            data-preset={order}
            aria-pressed={order === choice.order}
            onClick={choose && (() => choose({ order }))}
          >
            {name}
          </button>
        ))}
        {named.length > 0 && (
          <select
            aria-label="Orders with a name"
            data-named
            onChange={choose && ((event) => choose({ order: event.currentTarget.value }))}
          >
            {!named.some(({ order }) => order === choice.order) && (
              <option value={choice.order} selected>
                {choice.order}
              </option>
            )}
            {named.map(({ order, name }) => (
              <option key={order} value={order} selected={order === choice.order}>
                {name}
              </option>
            ))}
          </select>
        )}
      </div>
      <div class="kj-ses-acts">
        <button type="button" class="kj-quiet" data-reset onClick={reset}>
          Reset
        </button>
        <button
          type="button"
          class="kj-quiet"
          data-copy
          onClick={copy && ((event) => copy(event.currentTarget))}
        >
          Copy link
        </button>
      </div>
    </div>
  );
}

interface LevelProps extends Pick<Props, 'anchor' | 'choose'> {
  level: Level;
  chosen: boolean;
}

function LevelChoice({ level, chosen, anchor, choose }: LevelProps) {
  return (
    <label>
      <input
        type="radio"
        name={`${anchor}-level`}
        value={level}
        checked={chosen}
        onChange={choose && (() => choose({ level }))}
      />
      <span>{levelName(level)}</span>
    </label>
  );
}
