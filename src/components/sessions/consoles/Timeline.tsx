/** What has happened: a row for each event, a lane for each session, as in the explorer. */
import type { PlayEvent, SessionName, StepId, Wait } from '../../../engine/sessions/play.ts';
import { AnswerView } from '../AnswerView.tsx';
import { Badge } from '../Board.tsx';
import { waitWords } from '../words.ts';
import { Sql } from './Sql.tsx';

interface Props {
  sessions: readonly SessionName[];
  events: readonly PlayEvent[];
  statements: ReadonlyMap<StepId, string>;
  differing: ReadonlySet<StepId>;
}

/** The timeline; it grows downwards. */
export function Timeline({ sessions, events, statements, differing }: Props) {
  return (
    <div class="kj-ses-board" data-board style={`--kj-lanes: ${sessions.length}`}>
      <div class="kj-ses-heads" aria-hidden="true">
        <span />
        {sessions.map((name) => (
          <span class="kj-ses-lane" key={name}>
            <Badge name={name} /> Session {name}
          </span>
        ))}
      </div>
      {events.length === 0 ? (
        <p class="kj-con-empty">
          Nothing has been sent yet. Each statement becomes a card here, in the lane of its session.
        </p>
      ) : (
        <ol class="kj-ses-time" aria-label="What has happened, in the order of time">
          {events.map((event, index) => (
            <EventRow
              key={`${event.step} ${event.kind}`}
              {...{ events, event, index }}
              column={sessions.indexOf(event.step[0] as SessionName)}
              sql={statements.get(event.step) ?? ''}
              differs={differing.has(event.step)}
            />
          ))}
        </ol>
      )}
    </div>
  );
}

interface RowProps extends Pick<Props, 'events'> {
  event: PlayEvent;
  index: number;
  column: number;
  sql: string;
  differs: boolean;
}

function EventRow({ events, event, index, column, sql, differs }: RowProps) {
  const { step, kind } = event;
  const isSent = events.findIndex((each) => each.step === step) === index;
  const next = events.findIndex((each, at) => at > index && each.step === step);
  const goesOn = kind !== 'answered' && next < 0;
  // What still waits reaches down to where the next row will be.
  const end = goesOn ? events.length + 2 : next < 0 ? index + 2 : next + 1;
  const during = waitingDuring(events, index);
  const answer = kind === 'answered' && (
    <>
      {differs && <p class="kj-con-differs">Played again: not as it answered before.</p>}
      <AnswerView answer={event.answer} />
    </>
  );
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
        <div class="kj-ses-card" data-step={step} data-waits={kind === 'waits' ? '' : undefined}>
          <div class="kj-ses-said">
            <div class="kj-con-sent">
              <Badge name={step} />
              <Sql text={sql} />
            </div>
            {answer}
          </div>
          {kind === 'waits' && <WaitBar wait={event.wait} goesOn={goesOn} />}
        </div>
      ) : (
        <div class="kj-ses-after" data-after={step} data-goes-on={next < 0 ? undefined : ''}>
          <p class="kj-ses-after-title">
            <Badge name={step} />{' '}
            {kind === 'cancelled'
              ? 'is cancelled, as by its user'
              : kind === 'waits'
                ? waitWords(event.wait)
                : 'is answered, after its wait'}
          </p>
          {answer}
        </div>
      )}
    </li>
  );
}

function WaitBar({ wait, goesOn }: { wait: Wait; goesOn: boolean }) {
  return (
    <p class="kj-ses-bar" data-goes-on={goesOn ? '' : undefined}>
      <span>{waitWords(wait)}</span>
    </p>
  );
}

/** Sessions that wait when an event comes, the one whose wait it begins or ends included. */
function waitingDuring(events: readonly PlayEvent[], index: number): SessionName[] {
  const waiting = new Set<SessionName>();
  for (const [at, { kind, step }] of events.slice(0, index + 1).entries()) {
    const session = step[0] as SessionName;
    if (kind === 'waits') waiting.add(session);
    if (kind === 'answered' && at < index) waiting.delete(session);
  }
  return [...waiting].sort();
}
