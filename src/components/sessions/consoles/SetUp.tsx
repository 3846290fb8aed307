/** The set-up: what stands in the database before the sessions begin. */

/** A set-up by its name. */
export interface Preset {
  title: string;
  setup: string;
}

interface Props {
  setup: string;
  /** Of the sessions that have begun. */
  begun: string | undefined;
  presets: readonly Preset[];
  busy: boolean;
  problem: string | undefined;
  /** Absent when the page is built. */
  change?: ((setup: string) => void) | undefined;
  start?: (() => void) | undefined;
}

/** The set-up, folded. */
export function SetUp({ setup, begun, presets, busy, problem, change, start }: Props) {
  const isChanged = begun !== undefined && begun !== setup;
  return (
    <details class="kj-con-setup" open={problem !== undefined}>
      <summary>
        Set-up <code>{shortly(setup)}</code>
        {isChanged && <span class="kj-con-changed"> changed: start again to use it</span>}
      </summary>
      <div class="kj-con-setup-body">
        <div class="kj-con-row">
          <label>
            Take that of{' '}
            <select
              data-preset
              onChange={
                change &&
                ((event) => {
                  const preset = presets[Number(event.currentTarget.value)];
                  if (preset) change(preset.setup);
                })
              }
            >
              <option value="own" selected={!presets.some((each) => each.setup === setup)}>
                your own
              </option>
              {presets.map(({ title, setup: own }, index) => (
                <option key={title} value={index} selected={own === setup}>
                  {title}
                </option>
              ))}
            </select>
          </label>
        </div>
        <textarea
          data-setup
          rows={Math.min(Math.max(setup.split('\n').length, 4), 16)}
          spellcheck={false}
          autocapitalize="off"
          autocomplete="off"
          aria-label="Set-up, as SQL"
          aria-invalid={problem ? true : undefined}
          aria-describedby="kj-con-setup-problem"
          value={setup}
          onInput={change && ((event) => change(event.currentTarget.value))}
        />
        <p id="kj-con-setup-problem" class="kj-con-state" data-setup-problem>
          {problem}
        </p>
        <button
          type="button"
          class="kj-quiet"
          data-start
          aria-disabled={busy || undefined}
          onClick={start}
        >
          {begun === undefined ? 'Start' : 'Start again'}
        </button>
      </div>
    </details>
  );
}

const TABLE = /\bCREATE\s+(?:TEMP\s+|UNLOGGED\s+)?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?([\w."]+)/gi;

/** The tables that it makes; else its first line. */
function shortly(setup: string): string {
  const tables = [...setup.matchAll(TABLE)].map(([, name]) => name);
  if (tables.length > 0) return tables.join(', ');
  return setup.trim().split('\n')[0] || 'an empty database';
}
