/** Gathers what a session's statement answered from the messages of PostgreSQL's protocol. */
import { type messages, protocol } from '@electric-sql/pglite';
import type { StepAnswer } from './play.ts';

/** Said to a COPY FROM STDIN, for which there are no data. Everything else takes no notice of it. */
const NO_DATA = 'a step of a play has no data for COPY';

/** What to send for a step. */
export function stepMessage(sql: string): Uint8Array {
  const query = protocol.serialize.query(sql);
  const fail = protocol.serialize.copyFail(NO_DATA);
  const message = new Uint8Array(query.length + fail.length);
  message.set(query);
  message.set(fail, query.length);
  return message;
}

/** What a session shows, with its next answer, of a NOTIFY that has reached it. */
export function notificationText({
  channel,
  payload,
  processId,
}: messages.NotificationResponseMessage): string {
  const text = payload === '' ? '' : ` with payload "${payload}"`;
  return `NOTIFY: Asynchronous notification "${channel}"${text} received from server process ${processId}`;
}

/** Severities that are for whoever runs the server, and no part of an answer. */
const NOT_ANSWERED = new Set(['LOG', 'DEBUG', 'INFO']);

/** One statement's answer, message by message. Values stay as PostgreSQL prints them. */
export class AnswerCollector {
  #answer: StepAnswer = { tag: '' };

  /** Takes a message. */
  add(message: messages.BackendMessage): void {
    switch (message.name) {
      case 'rowDescription': {
        const { fields } = message as messages.RowDescriptionMessage;
        this.#answer.columns = fields.map(({ name }) => name);
        this.#answer.rows = [];
        break;
      }
      case 'dataRow':
        this.#answer.rows?.push((message as messages.DataRowMessage).fields);
        break;
      case 'commandComplete':
        this.#answer.tag = (message as messages.CommandCompleteMessage).text;
        break;
      case 'notice': {
        const { severity = '', message: text } = message as messages.NoticeMessage;
        if (NOT_ANSWERED.has(severity)) break;
        this.#answer.notices = [...(this.#answer.notices ?? []), `${severity}: ${text}`];
        break;
      }
      case 'error':
        this.#fail(message as unknown as messages.DatabaseError);
        break;
    }
  }

  /** What came so far; all of it when the server is ready for the next statement. */
  get answer(): StepAnswer {
    return this.#answer;
  }

  /** What a statement had answered before it failed is not shown, as psql does not show it. */
  #fail({ code = '', message, detail, hint }: messages.DatabaseError): void {
    const { notices } = this.#answer;
    const error = { code, message, ...(detail && { detail }), ...(hint && { hint }) };
    this.#answer = { tag: '', ...(notices && { notices }), error };
  }
}
