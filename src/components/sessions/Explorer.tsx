/** The interleaving explorer: which order at which level, what came of it, and all other orders. */
import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Play, StepId } from '../../engine/sessions/play.ts';
import { Recording } from '../../engine/sessions/recording.ts';
import { stepsOf } from '../../engine/sessions/scenario.ts';
import { askedText, choiceHref, readAsked } from './address.ts';
import { Board } from './Board.tsx';
import { Controls } from './Controls.tsx';
import { DynamoDBSide } from './DynamoDBSide.tsx';
import { type Choice, levelName, type ScenarioData } from './data.ts';
import { dragCard } from './drag.ts';
import { copyLink, type Entry, remember, rememberedText } from './history.ts';
import { LiveCheck } from './LiveCheck.tsx';
import { idsOf, lastPlace, moveStep, orderOf, place, placeWords, wholeOrder } from './moves.ts';
import { OverviewView } from './OverviewView.tsx';
import { outcomeOf, overviewOf, whyOf } from './outcomes.ts';
import { presetsOf } from './presets.ts';
import { pressResult } from './result-buttons.ts';
import { movedWords, sentenceOf } from './sentences.ts';
import { Text } from './Text.tsx';
import { useDynamoDB } from './use-dynamodb.ts';
import { useLive } from './use-live.ts';
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

/** All of the explorer below its head. */
export function Explorer({ data, first, anchor, fragment, live }: Props) {
  const { scenario } = data;
  const recording = useMemo(() => new Recording(data.recording), [data]);
  const [choice, setChoice] = useState(first);
  const [problem, setProblem] = useState<string>();
  const [said, say] = useState('');
  const board = useRef<HTMLDivElement>(null);
  const kept = useRef<{ id: string; top?: number }>();

  const play = useMemo(
    () => recording.play(choice.level, choice.order) as Play,
    [recording, choice],
  );
  const overview = overviewOf(scenario, recording, choice.level);
  const outcome = outcomeOf(overview, choice.order);
  const steps = stepsOf(scenario, choice.level);
  const ids = wholeOrder(play.events, idsOf(steps, choice.order));
  const why = scenario.why[whyOf(scenario, play, choice.level)];

  const show = useCallback(
    (next: Choice, entry: Entry, moved = '') => {
      const found = recording.play(next.level, next.order);
      if (!found) {
        const words = `The order ${next.order} was not recorded at ${levelName(next.level).toLowerCase()}.`;
        kept.current = undefined;
        setProblem(words);
        say(words);
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
    const card = board.current?.querySelector(`[data-step=${id}]`);
    if (card) kept.current = { id, top: card.getBoundingClientRect().top };
    const next = recording.play(choice.level, order);
    show({ ...choice, order }, 'push', movedWords(ids, moved, id, next));
  };
  /** One place up or down; past orders that were not recorded, where a later one was. */
  const step = (id: StepId, by: 1 | -1) => {
    const at = place(ids, id);
    const recorded = (target: number) =>
      recording.play(choice.level, orderOf(moveStep(ids, id, target))) !== undefined;
    let target = at + by;
    while (target > 0 && target < lastPlace(ids, id) && !recorded(target)) target += by;
    if (target >= 0 && target <= lastPlace(ids, id)) move(id, target);
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

  const dynamodb = useDynamoDB(scenario, choice);
  const played = useLive(scenario, choice, play);
  const pressed = ({ target }: MouseEvent) =>
    pressResult(target as Element).then((words) => words && say(words));

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
          <b data-shown-level>{levelName(choice.level)}</b>{' '}
          <code data-shown-order>{choice.order}</code>{' '}
          {placeAmong(overview, choice.order, scenario)}
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
        Drag a card by its dots, or focus it and press <kbd>Alt</kbd> <kbd>↑</kbd> or <kbd>Alt</kbd>{' '}
        <kbd>↓</kbd>: it moves past the steps of the other{' '}
        {scenario.sessions.C ? 'sessions' : 'session'}.
      </p>
      <div ref={board}>
        <Board
          {...{ data, play, anchor, ids }}
          level={choice.level}
          moving={live ? { step, grab } : undefined}
        />
      </div>
      <LiveCheck
        live={played.live}
        sessions={scenario.sessions.C ? 'three' : 'two'}
        start={live ? played.start : undefined}
        warm={live ? played.warm : undefined}
      />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: what is pressed are the buttons in it */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: which keys press as well */}
      <div onClick={live ? pressed : undefined}>
        <DynamoDBSide
          {...{ data, choice, play, anchor }}
          run={dynamodb.run}
          start={live ? dynamodb.start : undefined}
          warm={live ? dynamodb.warm : undefined}
        />
      </div>
      <p class="kj-hidden" role="status" data-live>
        {said}
      </p>
    </>
  );
}
