/**
 * Messages of PostgreSQL's protocol as a server reads and writes them.
 * Source: PostgreSQL documentation, "Message Formats".
 */
import type { Socket } from 'node:net';

/** A message: its type, one letter, and all of its bytes. */
export interface WireMessage {
  type: string;
  bytes: Buffer;
}

/** Bytes of a type and a length. */
const HEAD = 5;
/** The largest message that is taken, as in PostgreSQL (PQ_LARGE_MESSAGE_LIMIT), in bytes. */
const LARGEST = 0x3fff_ffff;

/** Reads what a client sends, in the pieces in which the protocol has it. */
export class ClientReader {
  readonly #chunks: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(socket: Socket) {
    this.#chunks = socket[Symbol.asyncIterator]();
  }

  /** A packet without a type, as the first ones are: its bytes after the length. Undefined at the end. */
  async startupPacket(): Promise<Buffer | undefined> {
    const head = await this.#read(4);
    const length = head?.readUInt32BE(0) ?? 0;
    // PostgreSQL takes no more either (MAX_STARTUP_PACKET_LENGTH).
    if (length < 8 || length > 10_000) return undefined;
    return this.#read(length - 4);
  }

  /** The next message; undefined when the client is gone or has sent what is none. */
  async message(): Promise<WireMessage | undefined> {
    const head = await this.#read(HEAD);
    if (!head) return undefined;
    const length = head.readUInt32BE(1);
    if (length < 4 || length > LARGEST) return undefined;
    const body = await this.#read(length - 4);
    return body && { type: String.fromCharCode(head[0] ?? 0), bytes: Buffer.concat([head, body]) };
  }

  async #read(count: number): Promise<Buffer | undefined> {
    const chunks = [this.#rest];
    let length = this.#rest.length;
    while (length < count) {
      // A connection that breaks has ended, too.
      const next = await this.#chunks.next().catch(() => undefined);
      if (!next || next.done) return undefined;
      chunks.push(next.value);
      length += next.value.length;
    }
    const all = chunks.length === 1 ? this.#rest : Buffer.concat(chunks);
    this.#rest = all.subarray(count);
    return all.subarray(0, count);
  }
}

/** Cuts what a server sends into messages, however it comes. */
export function serverMessages(bytes: Buffer): WireMessage[] {
  const messages: WireMessage[] = [];
  for (let at = 0; at + HEAD <= bytes.length; ) {
    const end = at + 1 + bytes.readUInt32BE(at + 1);
    messages.push({ type: String.fromCharCode(bytes[at] ?? 0), bytes: bytes.subarray(at, end) });
    at = end;
  }
  return messages;
}

/** The names and values of a StartupMessage. */
export function startupParameters(packet: Buffer): Map<string, string> {
  const texts = packet.subarray(4).toString('utf8').split('\0');
  const parameters = new Map<string, string>();
  for (let index = 0; index + 1 < texts.length && texts[index] !== ''; index += 2) {
    parameters.set(texts[index] as string, texts[index + 1] as string);
  }
  return parameters;
}

/** Any message: a letter and its contents. */
export function message(type: string, ...contents: ReadonlyArray<Buffer | string>): Buffer {
  const body = Buffer.concat(
    contents.map((part) => (typeof part === 'string' ? Buffer.from(`${part}\0`) : part)),
  );
  return Buffer.concat([Buffer.from(type), int32(body.length + 4), body]);
}

/** A number of four bytes. */
export function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

/** An error after which the connection ends. */
export function fatal(code: string, text: string, hint?: string): Buffer {
  const fields = ['SFATAL', 'VFATAL', `C${code}`, `M${text}`, ...(hint ? [`H${hint}`] : [])];
  return message('E', ...fields, Buffer.alloc(1));
}

/** The letter of an error's field, as `S` of its severity; undefined when it has no such field. */
export function errorField(error: Buffer, letter: string): string | undefined {
  const fields = error.subarray(HEAD).toString('utf8').split('\0');
  return fields.find((field) => field.startsWith(letter))?.slice(1);
}
