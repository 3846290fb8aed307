/** A session on a PostgreSQL server, spoken to as PGlite is: PostgreSQL's own protocol, parsed by PGlite's parser. */
import { connect, type Socket } from 'node:net';
import { type messages, protocol } from '@electric-sql/pglite';
import type { Message } from '../../src/engine/postgres/instance.ts';
import { query } from '../../src/engine/postgres/query.ts';
import type { Connection } from '../../src/engine/postgres/statement.ts';
import { type ServerAddress, ServerError } from './server.ts';

/** One session, which does one thing at a time. */
export class ServerConnection implements Connection {
  readonly #socket: Socket;
  readonly #parser = new protocol.Parser();
  #explaining = false;
  #onMessage: (message: Message) => void = () => {};
  /** Ends the wait for an answer; false when none will come. */
  #onEnd: (alive: boolean) => void = () => {};
  #open = true;
  /** Of the session's process on the server. */
  pid = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (bytes: Buffer) =>
      this.#parser.parse(bytes, (message: Message) => this.#take(message)),
    );
    socket.once('close', () => {
      this.#open = false;
      this.#onEnd(false);
    });
    // The close that follows says all that matters.
    socket.on('error', () => {});
  }

  /**
   * Opens a session.
   * @throws {ServerError} when the server does not let us in.
   */
  static async open(
    { host, port, user, password }: ServerAddress,
    database: string,
  ): Promise<ServerConnection> {
    const socket = connect(port, host);
    socket.setNoDelay();
    const connection = new ServerConnection(socket);
    let refused = 'the server closed the connection';
    const entered = await connection.send(
      protocol.serialize.startup({ user, database }),
      (message) => {
        if (message.name === 'authenticationCleartextPassword') {
          socket.write(protocol.serialize.password(password));
        }
        if (message.name === 'backendKeyData') {
          connection.pid = (message as messages.BackendKeyDataMessage).processID;
        }
        if (message.name === 'error') refused = (message as messages.DatabaseError).message;
      },
    );
    if (!entered) throw new ServerError(`database "${database}": ${refused}`);
    return connection;
  }

  /** Sends messages and hands over each message of the answer; false when the session is over. */
  async send(message: Uint8Array, onMessage: (message: Message) => void): Promise<boolean> {
    if (!this.#open) return false;
    const ended = new Promise<boolean>((resolve) => {
      this.#onEnd = resolve;
    });
    this.#onMessage = onMessage;
    this.#socket.write(message);
    return ended;
  }

  /**
   * Runs a query that must succeed.
   * @throws {ServerError} with what the server says.
   */
  async must(sql: string): Promise<Array<Array<string | null>>> {
    const { rows, error, alive } = await query(this, sql);
    if (alive && !error) return rows;
    const problem = error?.message ?? 'the server closed the connection';
    throw new ServerError(`${sql.slice(0, 200)}: ${problem}`);
  }

  /** What auto_explain tells is handed over only while this is on: the server tells it of everything. */
  explain(on: boolean): void {
    this.#explaining = on;
  }

  /** Ends the session, and waits until the server has noticed. */
  async close(): Promise<void> {
    if (!this.#open) return;
    const closed = new Promise<void>((done) => this.#socket.once('close', () => done()));
    this.#socket.end(protocol.serialize.end());
    await closed;
  }

  #take(message: Message): void {
    if (message.name === 'readyForQuery') {
      this.#onMessage(message);
      this.#onEnd(true);
    } else if (this.#explaining || !isPlan(message)) this.#onMessage(message);
  }
}

function isPlan(message: Message): boolean {
  return message.name === 'notice' && (message as messages.NoticeMessage).file === 'auto_explain.c';
}
