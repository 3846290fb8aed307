/** Time runs downwards: a row for each event, a lane for each session, the rows' versions beside them. */

import type { ComponentChildren } from 'preact';
import type { Level } from '../../engine/sessions/conditions.ts';
import type { Play, PlayEvent, SessionName, StepId, Wait } from '../../engine/sessions/play.ts';
import { sessionsOf } from '../../engine/sessions/scenario.ts';
import { AnswerView, RowsTable } from './AnswerView.tsx';
import { doesOf, type ScenarioData, sqlHtml } from './data.ts';
import { lastPlace, place } from './moves.ts';
import { VersionsView } from './VersionsView.tsx';
import { waitWords } from './words.ts';

/** What moving a card does. */
export interface Moving {
  /** Past a step of another session. */
  step(id: StepId, by: 1 | -1): void;
  /** The pointer went down on a card's grip or head. */
  grab(event: PointerEvent, id: StepId): void;
}

interface Props {
  data: ScenarioData;
  level: Level;
  play: Play;
  /** All steps, in the order in which they were sent. */
  ids: readonly StepId[];
  /** Names the explorer among others on the page. */
  anchor: string;
  /** Absent when the page is built: then there is nothing to press yet. */
  moving?: Moving | undefined;
}

/** The play as a board. */
export function Board({ data, level, play, ids, anchor, moving }: Props) {
  const { scenario } = data;
  const sessions = sessionsOf(scenario);
  const watched = play.versions !== undefined;
  const lanes = sessions.length;
  return (
    <div
      class="kj-ses-board"
      data-board
      data-lanes={lanes}
      data-watched={watched ? '' : undefined}
      style={`--kj-lanes: ${lanes}`}
    >
      <div class="kj-ses-heads" aria-hidden="true">
        <span />
        {sessions.map((name) => (
          <span class="kj-ses-lane" key={name}>
            <Badge name={name} /> Session {name}
          </span>
        ))}
        {watched && <span class="kj-ses-lane">Row versions, where they change</span>}
      </div>
      <ol class="kj-ses-time" aria-label="What happens, in the order of time">
        {play.events.map((event, index) => (
          <EventRow
            key={`${event.step} ${event.kind}`}
            {...{ data, level, play, event, index, ids, anchor, moving }}
            column={sessions.indexOf(event.step[0] as SessionName)}
          />
        ))}
      </ol>
      <FinalState finals={play.final} queries={scenario.final} who={lanes > 2 ? 'all' : 'both'} />
      <div class="kj-ses-drop" data-drop hidden>
        <span />
      </div>
    </div>
  );
}

export function Badge({ name }: { name: string }) {
  return (
    <b class="kj-ses-badge" data-session={name}>
      {name}
    </b>
  );
}

interface RowProps extends Props {
  event: PlayEvent;
  index: number;
  /** The lane's, from 0. */
  column: number;
}

function EventRow({ data, level, play, event, index, ids, anchor, moving, column }: RowProps) {
  const { step } = event;
  const isSent = play.events.findIndex((each) => each.step === step) === index;
  const next = play.events.findIndex((each, at) => at > index && each.step === step);
  // What waits reaches down to the row in which it goes on.
  const end = next < 0 ? index + 2 : next + 1;
  const versions = changedVersions(play, index);
  const unseen = isKeptOut(play, index) && !isKeptOut(play, index - 1);
  const during = waitingDuring(play, index);
  return (
    <li
      class="kj-ses-event"
      data-during={during.length > 0 ? during.join(' ') : undefined}
      style={`--row: ${index + 1}; --end: ${end}; --lane: ${column + 2}`}
    >
      <span class="kj-ses-number" aria-hidden="true">
        {index + 1}
      </span>
      {isSent ? (
        <StepCard
          {...{ data, level, ids, anchor, moving }}
          id={step}
          wait={event.kind === 'waits' ? event.wait : undefined}
        >
          {event.kind === 'answered' && <AnswerView answer={event.answer} />}
        </StepCard>
      ) : (
        <div class="kj-ses-after" data-goes-on={next < 0 ? undefined : ''}>
          <p class="kj-ses-after-title">
            <Badge name={step} />{' '}
            {event.kind === 'cancelled'
              ? 'is cancelled: nothing that is left could end its wait'
              : 'is answered, after its wait'}
          </p>
          {event.kind === 'answered' && <AnswerView answer={event.answer} />}
        </div>
      )}
      {(versions || unseen) && (
        <div class="kj-ses-in-table">
          {versions ? (
            <VersionsView tables={versions} after={step} />
          ) : (
            <p class="kj-ses-tag">Not seen: a lock keeps the watcher out of the table.</p>
          )}
        </div>
      )}
    </li>
  );
}

/**
 * Whether a lock kept the watcher out of the tables after an event. Where events came at once, as a
 * commit and the answer to who had waited for it, the watcher only saw what was after the last.
 */
function isKeptOut({ events, versions }: Play, index: number): boolean {
  if (versions?.[index] !== null) return false;
  const next = events[index + 1];
  const cameAtOnce =
    next?.kind === 'answered' &&
    events.slice(0, index).some(({ kind, step }) => kind === 'waits' && step === next.step);
  return !cameAtOnce;
}

/** Sessions that wait when an event comes, the one that it begins or ends the wait of included. */
function waitingDuring({ events }: Play, index: number): SessionName[] {
  const waiting = new Set<SessionName>();
  for (const [at, { kind, step }] of events.slice(0, index + 1).entries()) {
    const session = step[0] as SessionName;
    if (kind === 'waits') waiting.add(session);
    if (kind === 'answered' && at < index) waiting.delete(session);
  }
  return [...waiting].sort();
}

/** The versions after an event, where they are not as after the one before. */
function changedVersions({ versions }: Play, index: number) {
  const now = versions?.[index];
  const before = versions?.slice(0, index).findLast((each) => each !== null);
  return now && JSON.stringify(now) !== JSON.stringify(before) ? now : undefined;
}

interface CardProps extends Omit<Props, 'play'> {
  id: StepId;
  wait: Wait | undefined;
  children: ComponentChildren;
}

function StepCard({ data, level, anchor, moving, id, ids, wait, children }: CardProps) {
  const does = doesOf(data.scenario, id);
  const at = place(ids, id);
  const last = lastPlace(ids, id);
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
    if (by === 0 || event.target !== event.currentTarget) return;
    event.preventDefault();
    if (event.altKey) moving?.step(id, by);
    else focusNeighbour(event.currentTarget as HTMLElement, by);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for what is filled in
    <div
      class="kj-ses-card"
      id={`${anchor}--${id}`}
      data-step={id}
      data-waits={wait ? '' : undefined}
      role="group"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard moves it
      tabIndex={0}
      aria-label={`${id}: ${does}`}
      aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
      onKeyDown={moving && onKeyDown}
    >
      <div class="kj-ses-card-head" onPointerDown={moving && ((event) => moving.grab(event, id))}>
        <span class="kj-ses-grip" data-grip aria-hidden="true">
          ⠿
        </span>
        <Badge name={id} />
        <span class="kj-ses-does">{does}</span>
        <span class="kj-ses-moves">
          <button
            type="button"
            tabIndex={-1}
            data-move="-1"
            aria-label={`${id} earlier`}
            title="Earlier (Alt ↑)"
            aria-disabled={at === 0}
            onClick={moving && (() => moving.step(id, -1))}
          >
            ↑
          </button>
          <button
            type="button"
            tabIndex={-1}
            data-move="1"
            aria-label={`${id} later`}
            title="Later (Alt ↓)"
            aria-disabled={at === last}
            onClick={moving && (() => moving.step(id, 1))}
          >
            ↓
          </button>
        </span>
      </div>
      <div class="kj-ses-said">
        <pre class="kj-ses-sql">
          <code dangerouslySetInnerHTML={{ __html: sqlHtml(data, id, level) }} />
        </pre>
        {children}
      </div>
      {wait && (
        <p class="kj-ses-bar">
          <span>{waitWords(wait)}</span>
        </p>
      )}
    </div>
  );
}

/** The card above or below, in the order of time. */
function focusNeighbour(card: HTMLElement, by: number): void {
  const cards = [
    ...(card.closest('[data-board]')?.querySelectorAll<HTMLElement>('[data-step]') ?? []),
  ];
  cards[cards.indexOf(card) + by]?.focus();
}

interface FinalProps {
  finals: Play['final'];
  queries: readonly string[];
  who: 'both' | 'all';
}

function FinalState({ finals, queries, who }: FinalProps) {
  return (
    <div class="kj-ses-final">
      <p class="kj-ses-part">When {who} have ended</p>
      {finals.map((rows, index) => (
        <div class="kj-ses-final-query" key={index}>
          <code>{queries[index]}</code>
          {rows.rows.length > 0 ? (
            <RowsTable {...rows} caption={`Final state: ${queries[index]}`} />
          ) : (
            <p class="kj-ses-tag">no rows</p>
          )}
        </div>
      ))}
    </div>
  );
}
