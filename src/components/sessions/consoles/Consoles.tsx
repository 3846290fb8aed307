/** Two or three sessions of one PostgreSQL, into which the reader types. */
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { href } from '../../../config/href.ts';
import type { PlayEvent, SessionName } from '../../../engine/sessions/play.ts';
import { ShareError } from '../../lab/share-code.ts';
import { copyLink } from '../history.ts';
import { waitWords } from '../words.ts';
import { keep } from './kept.ts';
import { Left } from './Left.tsx';
import { firstShown, keptOf, Machine, type Shown } from './machine.ts';
import { SessionInput } from './SessionInput.tsx';
import { type Preset, SetUp } from './SetUp.tsx';
import { scriptFragment, sessionNames, statementsOf } from './script.ts';
import { Timeline } from './Timeline.tsx';

interface Props {
  /** The first is the one to begin with. */
  presets: readonly Preset[];
  /** What is shown once the build's markup has been taken hold of. */
  first?: Shown | undefined;
  /** The text of the link with which the page was opened. */
  link?: string | undefined;
  /** False when the page is built: then nothing can be pressed yet. */
  live: boolean;
}

const TIMEOUT = /_timeout/i;

/** All of the consoles below their head. */
export function Consoles({ presets, first, link, live }: Props) {
  const fresh = useMemo(() => firstShown(presets[0]?.setup ?? ''), [presets]);
  const [shown, setShown] = useState(fresh);
  /** What had the focus, and where: it stays under the eye when something comes above it. */
  const held = useRef<{ field: Element; top: number }>();
  const root = useRef<HTMLDivElement>(null);
  const [machine] = useState(
    () =>
      new Machine(first ?? fresh, (next) => {
        const field = document.activeElement;
        if (field && root.current?.contains(field)) {
          held.current ??= { field, top: field.getBoundingClientRect().top };
        }
        setShown(next);
      }),
  );
  // The first drawing has to be the build's, of which it takes hold; nobody sees it.
  useLayoutEffect(() => setShown(machine.shown), [machine]);
  useLayoutEffect(() => {
    const { field, top } = held.current ?? {};
    held.current = undefined;
    if (!field || top === undefined) return;
    if (!field.isConnected) {
      // A button that has done its work is gone: its session's field is next.
      const { cancel, pass } = (field as HTMLElement).dataset;
      const next = `[data-input=${cancel ?? pass ?? 'A'}]`;
      root.current?.querySelector<HTMLElement>(next)?.focus();
      return;
    }
    scrollBy({ top: field.getBoundingClientRect().top - top, behavior: 'instant' });
  }, [shown]);
  useEffect(() => {
    if (live && shown !== fresh && shown !== first) keep(link, keptOf(shown));
  }, [shown]);

  const { acts, left, problem, waiting, events, sessions, history, texts } = shown;
  const busy = shown.busy !== undefined;
  const names = sessionNames(shown);
  const statements = useMemo(() => statementsOf(acts), [acts]);
  const timeouts = TIMEOUT.test([shown.setup, ...statements.values()].join(' '));
  const copy = (button: HTMLElement) => {
    try {
      void copyLink(scriptFragment({ ...shown, acts: [...acts, ...left] }), button);
    } catch (error) {
      if (!(error instanceof ShareError)) throw error;
      machine.set({ problem: { at: 'page', text: error.message }, said: error.message });
    }
  };
  const usesThird = [...acts, ...left].some((act) => 'session' in act && act.session === 'C');
  return (
    <div ref={root}>
      <SetUp
        {...{ presets, busy }}
        setup={shown.setup}
        begun={shown.begun}
        problem={problem?.at === 'setup' ? problem.text : undefined}
        change={live ? (setup) => machine.set({ setup }) : undefined}
        start={live ? () => void machine.start() : undefined}
      />
      <div class="kj-con-acts">
        <button
          type="button"
          class="kj-quiet"
          data-undo
          aria-disabled={busy || acts.length === 0 || undefined}
          onClick={live ? () => void machine.undo() : undefined}
        >
          Undo the last
        </button>
        <button
          type="button"
          class="kj-quiet"
          data-reset
          aria-disabled={busy || undefined}
          onClick={live ? () => busy || machine.reset(fresh) : undefined}
        >
          Reset
        </button>
        <button
          type="button"
          class="kj-quiet"
          data-third
          aria-disabled={busy || usesThird || undefined}
          title={usesThird ? 'C has sent something: undo that first' : undefined}
          onClick={
            live
              ? () => busy || usesThird || void machine.setSessions(sessions === 2 ? 3 : 2)
              : undefined
          }
        >
          {sessions === 2 ? 'Add a third session' : 'Without session C'}
        </button>
        <button
          type="button"
          class="kj-quiet"
          data-copy
          onClick={live ? (event) => copy(event.currentTarget) : undefined}
        >
          Copy link
        </button>
        <span class="kj-con-busy" data-busy>
          {shown.busy}
        </span>
        {busy && (
          <button type="button" class="kj-quiet" data-stop onClick={() => machine.stop()}>
            Stop
          </button>
        )}
      </div>
      {problem?.at === 'page' && (
        <p class="kj-note kj-ses-problem" data-problem>
          {problem.text}{' '}
          {problem.recordings && (
            <a href={href('/sessions/')}>The recorded scenarios show what a server does.</a>
          )}
        </p>
      )}
      {shown.undone && (
        <p class="kj-note" data-was-reset>
          All is as at first.{' '}
          <button
            type="button"
            class="kj-quiet"
            data-unreset
            onClick={() => machine.unreset(fresh)}
          >
            Bring it back
          </button>
        </p>
      )}
      <Left
        {...{ left, busy }}
        fromLink={link !== undefined && acts.length === 0}
        play={live ? (how) => void machine.play(how) : undefined}
        forget={live ? () => machine.set({ left: [], said: 'They are left out.' }) : undefined}
      />
      <Timeline sessions={names} {...{ events, statements }} differing={shown.differing} />
      <div class="kj-con-inputs" style={`--kj-lanes: ${sessions}`}>
        {names.map((name) => (
          <SessionInput
            key={name}
            name={name}
            text={texts[name]}
            history={history[name]}
            waits={waiting.has(name) ? waitOf(events, name) : undefined}
            problem={problem?.at === name ? problem : undefined}
            {...{ busy, timeouts }}
            act={
              live
                ? {
                    type: (text) => machine.type(name, text),
                    run: () => void machine.run(name),
                    cancel: () => void machine.cancel(name),
                    pass: () => void machine.pass(),
                  }
                : undefined
            }
          />
        ))}
      </div>
      <p class="kj-ses-hint kj-con-hint">
        <kbd>Ctrl</kbd> <kbd>Enter</kbd> runs, <kbd>Alt</kbd> <kbd>↑</kbd> and <kbd>Alt</kbd>{' '}
        <kbd>↓</kbd> bring back what was run. Several statements, with semicolons between them, are
        sent one after the other, up to one that waits or fails.
      </p>
      <p class="kj-hidden" role="status" data-live>
        {shown.said}
      </p>
    </div>
  );
}

/** For what a session waits, in words. */
function waitOf(events: readonly PlayEvent[], name: SessionName): string {
  const last = events.findLast(({ step }) => step.startsWith(name));
  return last?.kind === 'waits' ? waitWords(last.wait) : 'waits';
}
