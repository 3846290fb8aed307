/** What the consoles say to a screen reader and while they load. */

import type { LoadProgress } from '../../../engine/client.ts';
import type { ConsoleEvent } from '../../../engine/postgres/sessions/client.ts';
import type { PlayEvent, StepAnswer } from '../../../engine/sessions/play.ts';
import { count } from '../../lab/names.ts';
import { waitWords } from '../words.ts';

const MEGABYTE = 1_000_000;

/** `B2 waits for A: ShareLock on A’s transaction.` */
export function eventWords(event: ConsoleEvent, before: readonly PlayEvent[]): string {
  const { step } = event;
  if (event.kind === 'waits') return `${step} ${waitWords(event.wait)}.`;
  if (event.kind === 'cancelled') return `${step} is cancelled.`;
  const answer = answerWords(event.answer);
  if (event.kind === 'differs') return `${step} now answers otherwise: ${answer}`;
  const waited = before.some((each) => each.kind === 'waits' && each.step === step);
  return `${step}${waited ? ', after its wait' : ''}: ${answer}`;
}

function answerWords({ tag, rows, error }: StepAnswer): string {
  if (error) return `${error.code}, ${error.message}.`;
  return rows ? `${tag}, ${count(rows.length, 'row')}.` : `${tag}.`;
}

/** `PostgreSQL is loading: 1.2 of 4.4 MB.` */
export function loadingWords({ step, loaded, total }: LoadProgress): string {
  if (step === 'ready') return 'The set-up runs.';
  if (step === 'restore') return 'PostgreSQL starts.';
  if (loaded === undefined || total === undefined) return 'PostgreSQL is loading.';
  const megabytes = (bytes: number) => (bytes / MEGABYTE).toFixed(1);
  return `PostgreSQL is loading: ${megabytes(loaded)} of ${megabytes(total)} MB.`;
}
