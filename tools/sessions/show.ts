/** A play as text, for who writes a scenario. */
import type {
  FinalRows,
  Play,
  PlayEvent,
  StepAnswer,
  Wait,
} from '../../src/engine/sessions/play.ts';

/** A line for each event, and the final state. */
export function playText({ events, final }: Play): string {
  return [...events.map((event) => `  ${event.step}  ${eventText(event)}`), ...final.map(rowsText)]
    .join('\n')
    .replaceAll(/ +$/gm, '');
}

function eventText(event: PlayEvent): string {
  if (event.kind === 'cancelled') return 'is cancelled: nothing that is left could end its wait';
  return event.kind === 'waits' ? waitText(event.wait) : answerText(event.answer);
}

function waitText({ lock, mode, relation, blockedBy }: Wait): string {
  const of = relation === undefined ? '' : ` of ${relation}`;
  return `waits for ${blockedBy.join(', ')}: ${mode} on ${lock}${of}`;
}

function answerText({ tag, columns, rows = [], notices = [], error }: StepAnswer): string {
  const lines = [...notices];
  if (error) lines.push(`${error.code} ${error.message}`, ...(error.detail?.split('\n') ?? []));
  else lines.push(tag);
  if (columns) lines.push(...table({ columns, rows }));
  return lines.join('\n      ');
}

const table = ({ columns, rows }: FinalRows): string[] =>
  [columns, ...rows].map((row) => row.map((value) => value ?? 'NULL').join(' | '));

const rowsText = (final: FinalRows): string => `  end ${table(final).join('\n      ')}`;
