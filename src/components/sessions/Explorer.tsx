/** The interleaving explorer: which order at which level, what came of it, and all other orders. */
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Play, StepId } from '../../engine/sessions/play.ts';
import { Recording } from '../../engine/sessions/recording.ts';
import { askedText, choiceHref, readAsked } from './address.ts';
import { Board } from './Board.tsx';
import { Controls } from './Controls.tsx';
import { DynamoDBSide } from './DynamoDBSide.tsx';
import { type Choice, levelName, type ScenarioData } from './data.ts';
import { dragCard } from './drag.ts';
import type { DynamoDBRun } from './dynamodb-run.ts';
import { moveStep, orderOf, place, placeWords, sentOrder, takenAlong } from './moves.ts';
import { OverviewView } from './OverviewView.tsx';
import { finalWords, outcomeOf, overviewOf, whyOf } from './outcomes.ts';
import { presetsOf } from './presets.ts';
import { Text } from './Text.tsx';
import { placeAmong } from './words.ts';

interface Props {
  data: ScenarioData;
  /** What is shown first, here. */
  first: Choice;
  anchor: string;
  /** Its name in the fragment of addresses; undefined where the page is its own. */
  fragment: string | undefined;
  /** False when the page is built: then nothing can be pressed yet. */
  live: boolean;
}

/** How a choice gets into the history: as an entry of its own, in place of the last, or not at all. */
type Entry = 'push' | 'replace' | 'none';

/** All of the explorer below its head. */
export function Explorer({ data, first, anchor, fragment, live }: Props) {
  const { scenario } = data;
  const recording = useMemo(() => new Recording(data.recording), [data]);
  const [choice, setChoice] = useState(first);
  const [problem, setProblem] = useState<string>();
  const [said, say] = useState('');
  const board = useRef<HTMLDivElement>(null);
  const kept = useRef<{ id: string; top?: number }>();
  const [run, setRun] = useState<DynamoDBRun>();

  const play = recording.play(choice.level, choice.order) as Play;
  const overview = overviewOf(scenario, recording, choice.level);
  const outcome = outcomeOf(overview, choice.order);
  const ids = sentOrder(play.events);
  const why = scenario.why[whyOf(scenario, play, choice.level)];

  const show = useCallback(
    (next: Choice, entry: Entry, moved = '') => {
      const found = recording.play(next.level, next.order);
      if (!found) {
        setProblem(`The order ${next.order} was not recorded at ${levelName(next.level)}.`);
        return;
      }
      // A card that has the focus may get another place in the document, which would take it away.
      const card = document.activeElement?.closest<HTMLElement>('[data-step]');
      if (card && board.current?.contains(card))
        kept.current ??= { id: card.dataset['step'] ?? '' };
      setProblem(undefined);
      setChoice(next);
      say([moved, sentenceOf(data, recording, next, found)].filter(Boolean).join(' '));
      if (entry !== 'none') remember(next, anchor, fragment, entry);
    },
    [data, recording, anchor, fragment],
  );

  /**
   * What the address asks for, when the page is opened and when the reader goes back or forward. Before
   * anything that was pressed meanwhile is done.
   */
  useLayoutEffect(() => {
    if (!live) return undefined;
    const open = () => {
      const text = askedText(location, fragment) ?? rememberedText(anchor, fragment);
      const asked = readAsked(text ?? '', scenario, recording, first);
      show(asked.choice, 'none');
      setProblem(asked.problem);
      if (asked.problem) say(`${asked.problem} Shown is what is shown first.`);
    };
    if (askedText(location, fragment) !== undefined) open();
    addEventListener('popstate', open);
    return () => removeEventListener('popstate', open);
  }, [live, show]);

  /** A moved card keeps the focus, and its place under the eye. */
  useLayoutEffect(() => {
    const before = kept.current;
    kept.current = undefined;
    const card = before && board.current?.querySelector<HTMLElement>(`[data-step=${before.id}]`);
    if (!card) return;
    card.focus({ preventScroll: true });
    if (before.top === undefined) return;
    scrollBy({ top: card.getBoundingClientRect().top - before.top, behavior: 'instant' });
  }, [choice]);

  const move = (id: StepId, target: number) => {
    const moved = moveStep(ids, id, target);
    const order = orderOf(moved);
    const next = recording.play(choice.level, order);
    const card = board.current?.querySelector(`[data-step=${id}]`);
    if (card) kept.current = { id, top: card.getBoundingClientRect().top };
    show({ ...choice, order }, 'push', movedWords(ids, moved, id, next));
  };
  const preview = (id: StepId) => (target: number) => {
    const moved = moveStep(ids, id, target);
    const found = outcomeOf(overview, orderOf(moved));
    return `${id} ${placeWords(moved, id)}${found ? `: ${found.label}` : ': not recorded'}`;
  };
  const grab = (event: PointerEvent, id: StepId) => {
    const root = board.current?.querySelector<HTMLElement>('[data-board]');
    if (!root) return;
    const drop = (target: number) => move(id, target);
    dragCard(event, { board: root, id, from: place(ids, id), preview: preview(id), drop });
  };

  // ------------------------------------------------------------- DynamoDB's side
  const started = run !== undefined;
  const start = useCallback(
    (signal: AbortSignal) => {
      setRun({ state: 'busy', says: 'Running.' });
      import('./dynamodb-run.ts')
        .then(({ runDynamoDB }) => runDynamoDB(scenario, choice, signal, setRun))
        .catch((error: unknown) => {
          setRun({ state: 'broken', says: 'What runs it could not be loaded. Try again.' });
          console.error('The DynamoDB side could not be loaded:', error);
        });
    },
    [scenario, choice],
  );
  const [asked, ask] = useState(0);
  useEffect(() => {
    if (asked === 0) return undefined;
    const abort = new AbortController();
    start(abort.signal);
    return () => abort.abort();
  }, [asked, choice.order]);

  return (
    <>
      {problem && (
        <p class="kj-note kj-ses-problem" data-problem>
          {problem} Shown is {choice.order} at {levelName(choice.level).toLowerCase()}.
        </p>
      )}
      <Controls
        scenario={scenario}
        presets={presetsOf(scenario, recording, choice)}
        choice={choice}
        anchor={anchor}
        choose={live ? (part) => show({ ...choice, ...part }, 'push') : undefined}
        reset={live ? () => show(first, 'push') : undefined}
        copy={live ? (button) => void copyLink(choiceHref(choice, fragment), button) : undefined}
      />
      <OverviewView
        overview={overview}
        scenario={scenario}
        order={choice.order}
        fragment={fragment}
        choose={
          live
            ? (order, walked) => show({ ...choice, order }, walked ? 'replace' : 'push')
            : undefined
        }
      />
      <div class="kj-ses-outcome" data-kind={outcome?.kind}>
        <p class="kj-ses-where">
          <b>{levelName(choice.level)}</b> <code data-shown-order>{choice.order}</code>{' '}
          {placeAmong(overview, choice.order)}
          {orderOf(ids) !== choice.order && (
            <>
              {' '}
              Sent as <code>{orderOf(ids)}</code>: a session that waits gets its next step when the
              wait has ended.
            </>
          )}
        </p>
        {why && (
          <p class="kj-ses-why" data-why>
            <Text text={why.says} />
          </p>
        )}
      </div>
      <p class="kj-ses-hint">
        Drag a card by its head, or focus it and press <kbd>Alt</kbd> <kbd>↑</kbd> or <kbd>Alt</kbd>{' '}
        <kbd>↓</kbd>: it moves past the steps of the other{' '}
        {scenario.sessions.C ? 'sessions' : 'session'}.
      </p>
      <div ref={board}>
        <Board
          {...{ data, play, anchor }}
          level={choice.level}
          moving={live ? { move, grab } : undefined}
        />
      </div>
      <DynamoDBSide
        {...{ data, choice, play, anchor, run }}
        start={
          live ? () => (run?.state === 'busy' && started ? undefined : ask(asked + 1)) : undefined
        }
      />
      <p class="kj-hidden" role="status" data-live>
        {said}
      </p>
    </>
  );
}

/** `Repeatable read, order 3 of 70, AABB: B fails: 40001. At the end balance 90.` */
function sentenceOf(data: ScenarioData, recording: Recording, choice: Choice, play: Play): string {
  const overview = overviewOf(data.scenario, recording, choice.level);
  const { label = '' } = outcomeOf(overview, choice.order) ?? {};
  const ending = finalWords(play);
  const at = overview.orders.indexOf(choice.order) + 1;
  return `${levelName(choice.level)}, order ${at} of ${overview.orders.length}, ${choice.order}: ${label}.${ending && !label.includes(ending) ? ` At the end: ${ending}.` : ''}`;
}

/** What a move did to the sequence, also where a wait keeps the step where it was. */
function movedWords(
  before: readonly StepId[],
  after: readonly StepId[],
  id: StepId,
  play: Play | undefined,
): string {
  const along = takenAlong(before, after, id);
  const took = along.length > 0 ? `, and takes ${along.join(', ')} along` : '';
  const shown = play && sentOrder(play.events);
  const held =
    shown && orderOf(shown) !== orderOf(after)
      ? ` It is sent as ${orderOf(shown)}: a session that waits gets its next step when the wait has ended.`
      : '';
  return `${id} now comes ${placeWords(after, id)}${took}.${held}`;
}

/** How long the button says that it is done, in milliseconds. */
const DONE = 2000;

/** Copies an address; where the browser refuses, the address bar has it, and the button says so. */
async function copyLink(address: string, button: HTMLElement): Promise<void> {
  const link = new URL(address, location.href).href;
  const done = await navigator.clipboard.writeText(link).then(
    () => true,
    () => false,
  );
  if (!done) history.replaceState(history.state, '', link);
  button.textContent = done ? 'Copied' : 'See the address bar';
  setTimeout(() => {
    button.textContent = 'Copy link';
  }, DONE);
}

/** What each explorer of the page showed at an entry of the history. */
type Shown = Record<string, Choice>;

function remember(
  choice: Choice,
  anchor: string,
  fragment: string | undefined,
  entry: Entry,
): void {
  const state = (history.state ?? {}) as { sessions?: Shown };
  const next = { ...state, sessions: { ...state.sessions, [anchor]: choice } };
  const address = choiceHref(choice, fragment);
  if (entry === 'push') history.pushState(next, '', address);
  else history.replaceState(next, '', address);
}

/** Where the address is another explorer's: what this one showed then. */
function rememberedText(anchor: string, fragment: string | undefined): string | undefined {
  const shown = (history.state as { sessions?: Shown } | null)?.sessions?.[anchor];
  return shown && fragment !== undefined ? choiceHref(shown, undefined).slice(1) : undefined;
}
