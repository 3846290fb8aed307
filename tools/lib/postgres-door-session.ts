/** One client's session at PostgreSQL's door. */
import type { Socket } from 'node:net';
import { protocol } from '@electric-sql/pglite';
import type { Instance, InstanceImage } from '../../src/engine/postgres/instance.ts';
import { query } from '../../src/engine/postgres/query.ts';
import {
  type ClientReader,
  errorField,
  fatal,
  int32,
  message,
  serverMessages,
  type WireMessage,
} from './wire.ts';

const USER = 'postgres';
const DATABASE = 'postgres';

/** Settings that a server tells each client. Source: PostgreSQL documentation, "Asynchronous Operations". */
const REPORTED = [
  'application_name',
  'client_encoding',
  'DateStyle',
  'default_transaction_read_only',
  'in_hot_standby',
  'integer_datetimes',
  'IntervalStyle',
  'is_superuser',
  'scram_iterations',
  'search_path',
  'server_encoding',
  'server_version',
  'session_authorization',
  'standard_conforming_strings',
  'TimeZone',
];

/** Messages after which a client waits: Query, Sync, Flush, FunctionCall, CopyDone, CopyFail. */
const ENDS_BATCH = 'QSHFcf';
const COPY_FROM_CLIENT = /\bcopy\b[^;]*\bfrom\s+stdin\b/i;
const COPY_IN_RESPONSE = 'G';

/** Why a session ends at once. */
class FatalError extends Error {
  readonly bytes: Buffer;
  constructor(code: string, text: string, hint?: string) {
    super(text);
    this.bytes = fatal(code, text, hint);
  }
}

/**
 * Carries messages between a client and PostgreSQL.
 *
 * PGlite takes all of a request at once, and gives all of its answer. So messages are gathered until
 * one that the client waits for; and COPY FROM STDIN, which asks for data in the middle of a request,
 * is run on a copy of the database first, to see what it answers until then.
 */
export class DoorSession {
  readonly #instance: Instance;
  readonly #image: InstanceImage;
  readonly #reader: ClientReader;
  readonly #socket: Socket;
  /** A prepared statement of the session may be a COPY FROM STDIN. */
  #hasPreparedCopy = false;

  constructor(instance: Instance, image: InstanceImage, reader: ClientReader, socket: Socket) {
    this.#instance = instance;
    this.#image = image;
    this.#reader = reader;
    this.#socket = socket;
  }

  /** Serves the client until it goes. Then call `end`. */
  async serve(parameters: ReadonlyMap<string, string>): Promise<void> {
    try {
      await this.#begin(parameters);
      await this.#carry();
    } catch (error) {
      if (!(error instanceof FatalError)) throw error;
      this.#socket.write(error.bytes);
    }
  }

  async #begin(parameters: ReadonlyMap<string, string>): Promise<void> {
    const user = parameters.get('user') ?? '';
    const database = parameters.get('database') ?? user;
    const [role] = await this.#ask(
      `SELECT rolcanlogin FROM pg_roles WHERE rolname = ${literal(user)}`,
    );
    if (!role) {
      const text = `role "${user}" does not exist`;
      throw new FatalError(
        '28000',
        text,
        `The database's owner is ${USER}; no password is needed.`,
      );
    }
    if (role[0] !== 't') {
      throw new FatalError('28000', `role "${user}" is not permitted to log in`);
    }
    // Any value but "off" asks for a walsender, which PGlite is none.
    if (!/^(?:|off|false|no|0)$/.test(parameters.get('replication') ?? '')) {
      throw new FatalError('0A000', 'there is no replication from this PostgreSQL');
    }
    if (database !== DATABASE) {
      const text = `database "${database}" does not exist`;
      throw new FatalError('3D000', text, `The only database is ${DATABASE}.`);
    }
    for (const [name, value] of settingsOf(parameters)) {
      if (name === 'client_encoding' && !/^utf-?8$/i.test(value.replaceAll("'", ''))) {
        throw new FatalError('0A000', `client_encoding must be UTF8 and not ${value}`);
      }
      await this.#ask(`SELECT set_config(${literal(name)}, ${literal(value)}, false)`);
    }
    if (user !== USER) await this.#ask(`SET SESSION AUTHORIZATION ${literal(user)}`);
    const told = await this.#ask(
      `SELECT name, current_setting(name) FROM unnest('{${REPORTED.join()}}'::text[]) name`,
    );
    const [process] = await this.#ask('SELECT pg_backend_pid()');
    this.#socket.write(
      Buffer.concat([
        message('R', int32(0)),
        ...told.map(([name, value]) => message('S', name ?? '', value ?? '')),
        message('K', int32(Number(process?.[0])), int32(0)),
        message('Z', Buffer.from('I')),
      ]),
    );
  }

  async #carry(): Promise<void> {
    let batch: Buffer[] = [];
    let mayCopy = false;
    for (;;) {
      const next = await this.#reader.message();
      if (!next || next.type === 'X') return;
      batch.push(next.bytes);
      const hasCopy =
        (next.type === 'Q' || next.type === 'P') && COPY_FROM_CLIENT.test(next.bytes.toString());
      if (next.type === 'P') this.#hasPreparedCopy ||= hasCopy;
      mayCopy ||= hasCopy || (next.type === 'E' && this.#hasPreparedCopy);
      if (!ENDS_BATCH.includes(next.type)) continue;
      const request = Buffer.concat(batch);
      if (mayCopy) await this.#copy(request);
      else await this.#pass(request, next.type);
      batch = [];
      mayCopy = false;
    }
  }

  /** Passes a request on, and its answer back. */
  async #pass(request: Buffer, lastType: string): Promise<void> {
    const answer = await this.#exchange(request);
    this.#write(answer);
    const isWhole = answer.some(({ type }) => type === 'Z');
    if ('QSF'.includes(lastType) && !isWhole) this.#lost();
  }

  /**
   * A request that may ask the client for data. It is tried with what data there are, and no more, on
   * a copy; where it asks for more, the client is told what came before and sends the next.
   */
  async #copy(request: Buffer): Promise<void> {
    let input = request;
    let told = 0;
    for (let copies = 0; ; copies += 1) {
      const trial = await this.#instance.aside(() =>
        this.#exchange(Buffer.concat([input, message('f', 'more data are needed')])),
      );
      const asks = trial.flatMap(({ type }, index) => (type === COPY_IN_RESPONSE ? [index] : []));
      const ask = asks[copies];
      if (ask === undefined) break;
      this.#write(trial.slice(told, ask + 1));
      told = ask + 1;
      input = Buffer.concat([input, await this.#copyData()]);
    }
    const answer = await this.#exchange(input);
    this.#write(answer.slice(told));
    // Within a COPY, a Sync is ignored: the client sends another one.
    const isQuery = request.toString('latin1', 0, 1) === 'Q';
    if (isQuery && !answer.some(({ type }) => type === 'Z')) this.#lost();
  }

  /** What the client sends for a COPY, with the message that ends it. */
  async #copyData(): Promise<Buffer> {
    const data: Buffer[] = [];
    for (;;) {
      const next = await this.#reader.message();
      if (!next) return message('f', 'the client has gone');
      // Flush and Sync mean nothing here.
      if ('dcf'.includes(next.type)) data.push(next.bytes);
      if (next.type === 'c' || next.type === 'f') return Buffer.concat(data);
    }
  }

  async #exchange(request: Uint8Array): Promise<WireMessage[]> {
    const chunks: Uint8Array[] = [];
    await this.#instance.exchange(request, (bytes) => chunks.push(bytes.slice()));
    return serverMessages(Buffer.concat(chunks));
  }

  #write(answer: readonly WireMessage[]): void {
    this.#socket.write(Buffer.concat(answer.map(({ bytes }) => bytes)));
    const isFatal = answer.some(
      ({ type, bytes }) =>
        type === 'E' && ['FATAL', 'PANIC'].includes(errorField(bytes, 'V') ?? ''),
    );
    if (isFatal) this.#lost();
  }

  #lost(): never {
    this.#image.restore();
    throw new FatalError(
      '57P02',
      'PostgreSQL broke and was restored from its snapshot: this statement is beyond what PGlite can do',
      'Connect again. What was stored before is undone.',
    );
  }

  /** Removes the session's traces, as at the end of a connection to a server: nothing stays but the data. */
  async end(): Promise<void> {
    try {
      // Whatever was skipped until a Sync, there it is.
      const answer = await this.#exchange(protocol.serialize.sync());
      const status = answer.find(({ type }) => type === 'Z')?.bytes.at(-1);
      if (status !== 'I'.charCodeAt(0)) await this.#ask('ROLLBACK');
      await this.#ask(`SET SESSION AUTHORIZATION ${USER}`);
      await this.#ask('DISCARD ALL');
    } catch (error) {
      if (!(error instanceof FatalError)) throw error;
      this.#image.restore();
    }
  }

  /** A statement of our own. Its error ends the session. */
  async #ask(sql: string): Promise<Array<ReadonlyArray<string | null>>> {
    const { rows, error, alive } = await query(this.#instance, sql);
    if (error) throw new FatalError(error.code ?? 'XX000', error.message);
    if (!alive) throw new FatalError('57P02', 'PostgreSQL does not answer');
    return rows;
  }
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** What a client asks for at the start, beside user and database: settings, also in `options`. */
function settingsOf(parameters: ReadonlyMap<string, string>): Array<[string, string]> {
  const settings: Array<[string, string]> = [];
  for (const [name, value] of parameters) {
    if (name === 'options') {
      // As postgres takes them on its command line: -c name=value, --name=value.
      for (const [, key = '', text = ''] of value.matchAll(
        /(?:-c\s*|--)([\w.-]+)=((?:\\.|\S)*)/g,
      )) {
        settings.push([key.replaceAll('-', '_'), text.replace(/\\(.)/g, '$1')]);
      }
    } else if (!['user', 'database', 'replication'].includes(name) && !name.startsWith('_pq_.')) {
      settings.push([name, value]);
    }
  }
  return settings;
}
