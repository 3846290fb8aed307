/** Gathers PostgreSQL's answer to one statement, message by message, within limits. */
import type { messages } from '@electric-sql/pglite';
import type { SqlStatement } from '../lab/engines.ts';
import type { Notice, PlanNode, PostgresError } from '../lab/result.ts';
import type { Message } from './instance.ts';
import { readPlan } from './plan.ts';
import type { TypeId } from './types.ts';

/** Rows of a result that are kept; all are counted. */
export const ROW_LIMIT = 1000;
/** UTF-16 units of a value that are kept; what is cut off is said in its place. */
export const VALUE_LIMIT = 100_000;
/** UTF-16 units of a result that are kept, counted over its rows. */
export const RESULT_LIMIT = 4_000_000;
/** Notices of a statement that are kept. */
export const NOTICE_LIMIT = 1000;
/** Plans of a statement beyond which its cost is not known: a loop with that many statements in it. */
export const PLAN_LIMIT = 200;

/** One result; `columns` still have PostgreSQL's numbers for their types. */
export interface Finished {
  tag: string;
  /** Absent when it has no rows at all. */
  columns: Array<{ name: string; type: TypeId }> | undefined;
  rows: Array<Array<string | null>>;
  rowCount: number;
}

/** What one query answered. */
export class Answer {
  /** Its results: one, unless several statements were sent together. */
  finished: Finished[] = [];
  notices: Notice[] = [];
  error: PostgresError | undefined;
  /** Plans that were run, unless there were more than `PLAN_LIMIT`. */
  plans: PlanNode[] = [];

  readonly #placeOf: (position: number) => { line: number; column: number };
  readonly #tooManyPlans: () => void;
  #current: Finished = nothing();
  #units = 0;
  #droppedNotices = 0;
  #planCount = 0;
  readonly #decoder = new TextDecoder();

  /**
   * `placeOf` tells the reader's place of a position in the query. `tooManyPlans` is called once,
   * when auto_explain should be silenced for the rest.
   */
  constructor(
    placeOf: (position: number) => { line: number; column: number },
    tooManyPlans: () => void,
  ) {
    this.#placeOf = placeOf;
    this.#tooManyPlans = tooManyPlans;
  }

  /** Takes one message. */
  add(message: Message): void {
    switch (message.name) {
      case 'rowDescription':
        this.#begin(
          (message as messages.RowDescriptionMessage).fields.map((field) => ({
            name: field.name,
            type: { oid: field.dataTypeID, modifier: field.dataTypeModifier },
          })),
        );
        break;
      case 'copyOutResponse':
        // psql prints these lines as they are; in a table they are one column of text.
        this.#begin([{ name: 'copy', type: { oid: 25, modifier: -1 } }]);
        break;
      case 'dataRow':
        this.#row((message as messages.DataRowMessage).fields);
        break;
      case 'copyData':
        this.#row([
          this.#decoder.decode((message as messages.CopyDataMessage).chunk).replace(/\n$/, ''),
        ]);
        break;
      case 'commandComplete':
        this.finished.push({
          ...this.#current,
          tag: (message as messages.CommandCompleteMessage).text,
        });
        this.#current = nothing();
        break;
      case 'notice':
        this.#notice(message as messages.NoticeMessage);
        break;
      case 'notification':
        this.#notification(message as messages.NotificationResponseMessage);
        break;
      case 'error':
        this.#fail(message as unknown as messages.DatabaseError);
        break;
      case 'readyForQuery':
        this.#end();
        break;
      default:
        // What remains only concerns the connection, which the reader does not see.
        break;
    }
  }

  #begin(columns: Array<{ name: string; type: TypeId }>): void {
    this.#current = { ...nothing(), columns };
    this.#units = 0;
  }

  #row(fields: ReadonlyArray<string | null>): void {
    const { rows } = this.#current;
    this.#current.rowCount += 1;
    if (rows.length >= ROW_LIMIT || this.#units >= RESULT_LIMIT) return;
    const row = fields.map(shortened);
    rows.push(row);
    this.#units += row.reduce((sum, value) => sum + (value?.length ?? 0), 0);
  }

  #notice(notice: messages.NoticeMessage): void {
    const { file, severity, message, code, detail, hint } = notice;
    if (file === 'auto_explain.c' && severity === 'INFO') this.#plan(message ?? '');
    else {
      this.#keep({
        severity: severity ?? 'NOTICE',
        message: message ?? '',
        // 00000 stands for success: it says nothing.
        ...(code !== undefined && code !== '00000' ? { code } : {}),
        ...(detail === undefined ? {} : { detail }),
        ...(hint === undefined ? {} : { hint }),
      });
    }
  }

  #plan(message: string): void {
    this.#planCount += 1;
    if (this.#planCount > PLAN_LIMIT) {
      if (this.plans.length > 0) this.#tooManyPlans();
      this.plans = [];
      return;
    }
    const plan = readPlan(message);
    if (plan) this.plans.push(plan);
  }

  #notification({ channel, payload, processId }: messages.NotificationResponseMessage): void {
    const text = payload === '' ? '' : ` with payload "${payload}"`;
    this.#keep({
      severity: 'NOTIFY',
      message: `Asynchronous notification "${channel}"${text} received from server process with PID ${processId}.`,
    });
  }

  #keep(notice: Notice): void {
    if (this.notices.length < NOTICE_LIMIT) this.notices.push(notice);
    else this.#droppedNotices += 1;
  }

  #end(): void {
    if (this.#droppedNotices === 0) return;
    const message = `${this.#droppedNotices} further messages are not shown.`;
    this.notices.push({ severity: 'INFO', message });
  }

  #fail(error: messages.DatabaseError): void {
    const { severity, message, code, detail, hint, internalQuery, where, constraint, position } =
      error;
    // The first error is the cause; what may follow it are its consequences.
    this.error ??= {
      severity: severity ?? 'ERROR',
      message,
      ...(code === undefined ? {} : { code }),
      ...(detail === undefined ? {} : { detail }),
      ...(hint === undefined ? {} : { hint }),
      ...(internalQuery === undefined ? {} : { query: internalQuery }),
      ...(where === undefined ? {} : { where }),
      ...(constraint === undefined ? {} : { constraint }),
      ...(position === undefined ? {} : this.#placeOf(Number(position))),
    };
  }
}

function nothing(): Finished {
  return { tag: '', columns: undefined, rows: [], rowCount: 0 };
}

function shortened(value: string | null): string | null {
  if (value === null || value.length <= VALUE_LIMIT) return value;
  return `${value.slice(0, VALUE_LIMIT)}... (${value.length} characters)`;
}

/**
 * The place in the reader's file of a position in a statement. PostgreSQL counts characters from
 * 1; lines and columns are 1-based, columns in UTF-16 units.
 */
export function placeIn(
  { text, line, column }: SqlStatement,
  position: number,
): { line: number; column: number } {
  const before = [...text].slice(0, position - 1).join('');
  const lines = before.split('\n');
  const last = lines.at(-1) ?? '';
  return lines.length === 1
    ? { line, column: column + last.length }
    : { line: line + lines.length - 1, column: last.length + 1 };
}
