/**
 * What a client of PostgreSQL sends, as far as it is read here. It is untrusted: its frames are
 * checked before it is passed on; what is inside them, PostgreSQL checks.
 * Source: PostgreSQL documentation, "Message Formats".
 */

/** A message: its type, one letter, and all of its bytes. */
export interface WireMessage {
  type: string;
  bytes: Uint8Array;
}

/** Bytes of a type and a length. */
const HEAD = 5;
/** What may stand in a request: Parse, Bind, Describe, Execute, Close; and what ends it: Query, Sync. */
const INSIDE = 'PBDEC';
const LAST = 'QS';

/** Cuts bytes into messages; undefined where they are not whole messages. */
export function wireMessages(bytes: Uint8Array): WireMessage[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const messages: WireMessage[] = [];
  for (let at = 0; at < bytes.length; ) {
    if (at + HEAD > bytes.length) return undefined;
    const length = view.getUint32(at + 1);
    const end = at + 1 + length;
    if (length < 4 || end > bytes.length) return undefined;
    messages.push({ type: String.fromCharCode(view.getUint8(at)), bytes: bytes.subarray(at, end) });
    at = end;
  }
  return messages;
}

/** Whether a message ends what a client sends before it waits for an answer. */
export const endsRequest = ({ type }: WireMessage): boolean => LAST.includes(type);

/** Whether bytes are one request, which PostgreSQL answers with one ReadyForQuery. */
export function isRequest(bytes: Uint8Array): boolean {
  const messages = wireMessages(bytes);
  const last = messages?.pop();
  if (!messages || !last || !endsRequest(last)) return false;
  return last.type === 'S'
    ? messages.every(({ type }) => INSIDE.includes(type))
    : messages.length === 0;
}

/** What a request asks PostgreSQL to execute. */
export interface AskedStatement {
  text: string;
  /** The values of $1, $2 and so on; absent where it was sent without the extended protocol. */
  parameters?: Array<string | null>;
}

/** A client's request, ready to be sent. */
export interface ClientRequest {
  bytes: Uint8Array;
  /** Absent where nothing is executed, as when a prepared statement is closed. */
  statement?: AskedStatement;
}

/** Reads the requests of one session, and keeps the texts of its prepared statements. */
export class RequestReader {
  readonly #prepared = new Map<string, string>();

  /**
   * A request as it is sent to PGlite. Two things are added: portals are closed at once, so that a
   * plan is told with its own statement, and a COPY that waits for data is told that there are none.
   */
  read(request: Uint8Array): ClientRequest {
    const messages = wireMessages(request) ?? [];
    const sent: Uint8Array[] = [];
    let statement: AskedStatement | undefined;
    let bound: AskedStatement | undefined;
    for (const message of messages) {
      const fields = new Fields(message.bytes);
      if (message.type === 'P') this.#prepared.set(fields.text(), fields.text());
      if (message.type === 'B') {
        fields.text();
        bound = { text: this.#prepared.get(fields.text()) ?? '', parameters: fields.parameters() };
      }
      if (message.type === 'Q') statement = { text: fields.text() };
      if (message.type === 'S') sent.push(NO_DATA);
      sent.push(message.bytes);
      if (message.type === 'Q') sent.push(NO_DATA);
      if (message.type === 'E') {
        statement = bound;
        sent.push(closePortal(fields.text()));
      }
    }
    return { bytes: joined(sent), ...(statement && { statement }) };
  }
}

/** Reads what is inside a message, never beyond its end. */
class Fields {
  readonly #bytes: Uint8Array;
  #at = HEAD;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  text(): string {
    const end = this.#bytes.indexOf(0, this.#at);
    const text = decoder.decode(this.#bytes.subarray(this.#at, end === -1 ? undefined : end));
    this.#at = end === -1 ? this.#bytes.length : end + 1;
    return text;
  }

  /** The values of a Bind, which stand behind their formats; bytes as PostgreSQL writes bytea. */
  parameters(): Array<string | null> {
    const formats = Array.from({ length: this.#number(2) }, () => this.#number(2));
    return Array.from({ length: this.#number(2) }, (_, index) => {
      const length = this.#number(4);
      if (length === 0xffff_ffff) return null;
      const bytes = this.#bytes.subarray(this.#at, this.#at + length);
      this.#at += length;
      const format = formats.length === 1 ? formats[0] : formats[index];
      return format === 1 ? `\\x${hex(bytes)}` : decoder.decode(bytes);
    });
  }

  #number(size: 2 | 4): number {
    const bytes = this.#bytes.subarray(this.#at, this.#at + size);
    this.#at += size;
    return bytes.reduce((number, byte) => number * 256 + byte, 0);
  }
}

const decoder = new TextDecoder();
const hex = (bytes: Uint8Array) =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** A message of a type and its contents. */
export function wireMessage(
  type: string,
  ...contents: ReadonlyArray<string | Uint8Array>
): Uint8Array {
  const parts = contents.map((part) =>
    typeof part === 'string' ? new TextEncoder().encode(`${part}\0`) : part,
  );
  const body = joined(parts);
  const head = new DataView(new ArrayBuffer(HEAD));
  head.setUint8(0, type.charCodeAt(0));
  head.setUint32(1, body.length + 4);
  return joined([new Uint8Array(head.buffer), body]);
}

/** Bytes behind each other. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

const NO_DATA = wireMessage('f', 'there are no data: this client sends none');
const closePortal = (name: string) => wireMessage('C', new TextEncoder().encode('P'), name);
