/** The socket of node-postgres: what it sends goes to the lab's PostgreSQL, a request at a time. */
import { Buffer } from 'buffer';
import { EventEmitter } from 'events';
import { endsRequest, joined, wireMessage, wireMessages } from '../../postgres/client-messages.ts';
import { sandbox } from './sandbox.ts';
import { whileAt } from './site.ts';

/** The one that has the session. */
let holder: PostgresSocket | undefined;
/** When those that are leaving have left. */
let left: Promise<void> = Promise.resolve();

const TOO_MANY =
  'sorry, too many clients already: this PostgreSQL has one session. End the other client first, or use it for both';

/** Any user is let in, as the owner: AuthenticationOk, what a server tells, no transaction. */
const GREETING = [
  wireMessage('R', new Uint8Array(4)),
  ...Object.entries({
    client_encoding: 'UTF8',
    DateStyle: 'ISO, MDY',
    integer_datetimes: 'on',
    server_encoding: 'UTF8',
    standard_conforming_strings: 'on',
  }).map(([name, value]) => wireMessage('S', name, value)),
  wireMessage('K', new Uint8Array(8)),
  wireMessage('Z', Buffer.from('I')),
];

class PostgresSocket extends EventEmitter {
  writable = true;
  #entered = false;
  #left: Promise<void> | undefined;
  /** Messages until the one that PostgreSQL answers. */
  #request: Uint8Array[] = [];

  connect(): void {
    queueMicrotask(() => this.emit('connect'));
  }

  write(bytes: Uint8Array, done?: () => void): boolean {
    if (!this.#entered) {
      this.#entered = true;
      void this.#enter();
    } else for (const message of wireMessages(bytes) ?? []) this.#take(message);
    // Only the end of a session has something to do afterwards.
    if (done) void this.#leave().then(done);
    return true;
  }

  end(): void {
    void this.#leave().then(() => this.emit('close'));
  }

  destroy(): void {
    this.end();
  }

  /** The first packet asks for a session. */
  async #enter(): Promise<void> {
    // Whoever comes right after a client that goes is let in.
    await left;
    if (holder === undefined) {
      holder = this;
      this.#hear(joined(GREETING));
      return;
    }
    const fields = ['SFATAL', 'VFATAL', 'C53300', `M${TOO_MANY}`];
    this.#hear(wireMessage('E', ...fields, new Uint8Array(1)));
    this.end();
  }

  #take(message: { type: string; bytes: Uint8Array }): void {
    if (message.type === 'H') {
      this.emit('error', new Error('Rows cannot be read in portions here: leave out `rows`.'));
      return;
    }
    // That a COPY gets no data is said with the request already; the end of a session has no answer.
    if (message.type === 'f' || message.type === 'X') return;
    this.#request.push(message.bytes);
    if (!endsRequest(message)) return;
    const request = joined(this.#request);
    this.#request = [];
    const site = whileAt();
    const line = site && sandbox.traces.lineOfCall(site);
    void sandbox.exchange(request, line).then((answer) => this.#hear(answer));
  }

  #hear(bytes: Uint8Array): void {
    this.emit('data', Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  }

  #leave(): Promise<void> {
    this.writable = false;
    if (holder !== this) return Promise.resolve();
    this.#left ??= sandbox.exchange(null, undefined).then(() => {
      holder = undefined;
    });
    left = this.#left;
    return this.#left;
  }

  // What a socket of Node can be told, and what means nothing here.
  setNoDelay(): void {}
  setKeepAlive(): void {}
  cork(): void {}
  uncork(): void {}
  ref(): void {}
  unref(): void {}
}

export const getStream = (): PostgresSocket => new PostgresSocket();

/** `ssl` in a client's settings: the lab's PostgreSQL is not reached over a network. */
export function getSecureStream(): never {
  throw new Error('There is no TLS here: leave out `ssl`.');
}
