/** A session of a client that speaks PostgreSQL's protocol, as a program's `pg` does: its requests are passed on, and what they execute is told as a statement is. */
import { type messages, protocol } from '@electric-sql/pglite';
import type { SqlStatement } from '../lab/engines.ts';
import type { StatementResult } from '../lab/result.ts';
import {
  type AskedStatement,
  joined,
  RequestReader,
  type WireMessage,
  wireMessage,
  wireMessages,
} from './client-messages.ts';
import type { Message } from './instance.ts';
import { type Connection, failed, runQuery } from './statement.ts';

/** PostgreSQL, which also hands over the bytes of its answer. */
export interface RawConnection extends Connection {
  send(
    message: Uint8Array,
    onMessage: (message: Message) => void,
    onBytes?: (bytes: Uint8Array) => void,
  ): Promise<boolean>;
}

/** What came of a request. */
export interface Answered {
  /** What PostgreSQL answered, for the client. */
  answer: Uint8Array;
  /** What it executed and what that cost; absent where it executed nothing. */
  result?: StatementResult;
}

/** One client's session. */
export class ClientSession {
  readonly #requests = new RequestReader();
  /** Whether a transaction is open, as PostgreSQL said last. */
  #isOpen = false;

  /** Passes a request on. Undefined when PostgreSQL was lost with it. */
  async exchange(connection: RawConnection, request: Uint8Array): Promise<Answered | undefined> {
    const { bytes, statement } = this.#requests.read(request);
    const chunks: Uint8Array[] = [];
    const heard = (chunk: Uint8Array) => chunks.push(chunk.slice());
    let result: StatementResult | undefined;
    if (statement) {
      let sent = false;
      const listening: Connection = {
        explain: (on) => connection.explain(on),
        send(message, onMessage) {
          // Of what is asked for about the answer, as names of types, the client hears nothing.
          const first = !sent;
          sent = true;
          return connection.send(message, onMessage, first ? heard : undefined);
        },
      };
      result = await runQuery(listening, asStatement(statement), {
        text: statement.text,
        explained: true,
        message: bytes,
      });
      if (!result) return undefined;
    } else if (!(await connection.send(bytes, () => {}, heard))) return undefined;
    const answer = wireMessages(joined(chunks)) ?? [];
    this.#isOpen = answer.findLast(({ type }) => type === 'Z')?.bytes.at(-1) !== IDLE;
    return {
      answer: joined(answer.filter((message) => !isPlan(message)).map((message) => message.bytes)),
      ...(result && statement && { result: asTold(result, statement) }),
    };
  }

  /** The client has gone: what it has not committed is undone. False when PostgreSQL was lost. */
  async end(connection: Connection): Promise<boolean> {
    const statements = [
      ...(this.#isOpen ? ['ROLLBACK'] : []),
      'DISCARD ALL',
      'SET SESSION AUTHORIZATION postgres',
    ];
    for (const text of statements) {
      if (!(await connection.send(protocol.serialize.query(text), () => {}))) return false;
    }
    return true;
  }
}

/** What a client hears when its request broke PostgreSQL, and what is told of it. */
export function lost(request: Uint8Array, message: string): Answered {
  const { statement } = new RequestReader().read(request);
  const error = { severity: 'FATAL', message };
  const fields = ['SFATAL', 'VFATAL', 'C57P02', `M${message}`, new Uint8Array(1)];
  return {
    answer: joined([wireMessage('E', ...fields), wireMessage('Z', new Uint8Array([IDLE]))]),
    ...(statement && { result: failed(asStatement(statement), error) }),
  };
}

/** The status of a session without an open transaction. */
const IDLE = 'I'.charCodeAt(0);

/** Where the text stands in the program, its runtime knows. */
const asStatement = ({ text }: AskedStatement): SqlStatement => ({ text, line: 1, column: 1 });

function asTold(result: StatementResult, { parameters }: AskedStatement): StatementResult {
  const { error, ...rest } = result;
  const told: StatementResult = { ...rest };
  if (parameters && parameters.length > 0) told.parameters = parameters;
  if (error) {
    const { line: _line, column: _column, ...withoutPlace } = error;
    told.error = withoutPlace;
  }
  return told;
}

/** auto_explain speaks to us, not to the client. */
function isPlan({ type, bytes }: WireMessage): boolean {
  if (type !== 'N') return false;
  let plan = false;
  new protocol.Parser().parse(bytes, (message) => {
    plan = (message as messages.NoticeMessage).file === 'auto_explain.c';
  });
  return plan;
}
