/** Where a session's statements are typed: run by button or keys, with the history of what was run. */
import { useRef } from 'preact/hooks';
import type { SessionName } from '../../../engine/sessions/play.ts';
import { Badge } from '../Board.tsx';
import type { Problem } from './failures.ts';

interface Props {
  name: SessionName;
  text: string;
  history: readonly string[];
  waits: string | undefined;
  busy: boolean;
  problem: Problem | undefined;
  /** A session that waits may have a timeout. */
  timeouts: boolean;
  /** Absent when the page is built. */
  act?: SessionActs | undefined;
}

/** What can be done in a session. */
export interface SessionActs {
  type(text: string): void;
  run(): void;
  cancel(): void;
  pass(): void;
}

const ROWS = 3;
const MOST_ROWS = 14;

/** The input of a session. */
export function SessionInput(props: Props) {
  const { name, text, history, waits, busy, problem, timeouts, act } = props;
  /** Where in the history the text is from; what was typed stands behind its end. */
  const past = useRef<{ at: number; typed: string }>();
  const field = useRef<HTMLTextAreaElement>(null);
  const id = `kj-con-${name}`;
  const cannot = busy || waits !== undefined;
  const walk = (by: 1 | -1) => {
    const { at, typed } = past.current ?? { at: history.length, typed: text };
    const next = Math.min(Math.max(at + by, 0), history.length);
    past.current = { at: next, typed };
    act?.type(history[next] ?? typed);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const { key, altKey, ctrlKey, metaKey } = event;
    if (key === 'Enter' && (ctrlKey || metaKey)) {
      event.preventDefault();
      past.current = undefined;
      act?.run();
    } else if (altKey && (key === 'ArrowUp' || key === 'ArrowDown')) {
      event.preventDefault();
      walk(key === 'ArrowUp' ? -1 : 1);
    }
  };
  const rows = Math.min(Math.max(text.split('\n').length, ROWS), MOST_ROWS);
  return (
    <div class="kj-con-input" data-session={name} data-waits={waits === undefined ? undefined : ''}>
      <div class="kj-con-input-head">
        <label for={id}>
          <Badge name={name} /> Session {name}
        </label>
        <button
          type="button"
          class="kj-quiet kj-con-run"
          data-run={name}
          aria-label={`Run in session ${name}`}
          aria-disabled={cannot || undefined}
          title="Ctrl Enter"
          onClick={
            act &&
            (() => {
              past.current = undefined;
              act.run();
              field.current?.focus();
            })
          }
        >
          Run
        </button>
      </div>
      <textarea
        id={id}
        ref={field}
        data-input={name}
        rows={rows}
        spellcheck={false}
        autocapitalize="off"
        autocomplete="off"
        aria-describedby={`${id}-state`}
        aria-invalid={problem ? true : undefined}
        aria-keyshortcuts="Control+Enter Alt+ArrowUp Alt+ArrowDown"
        value={text}
        onInput={
          act &&
          ((event) => {
            past.current = undefined;
            act.type(event.currentTarget.value);
          })
        }
        onKeyDown={act && onKeyDown}
      />
      <p id={`${id}-state`} class="kj-con-state" data-state={name}>
        {waits === undefined ? (problem?.text ?? '') : `${name} ${waits}.`}
      </p>
      {waits !== undefined && (
        <p class="kj-con-ends">
          <button type="button" class="kj-quiet" data-cancel={name} onClick={act?.cancel}>
            Cancel {name}’s statement
          </button>
          {timeouts && (
            <button type="button" class="kj-quiet" data-pass={name} onClick={act?.pass}>
              Let time pass until a timeout
            </button>
          )}
        </p>
      )}
    </div>
  );
}
