/**
 * Code as a part of an address, and back.
 *
 * An address is `#<lab>&code=<text>`. The text is base64url of: one byte, the version of this shape;
 * four bytes, a checksum; and, deflated, the JSON `[[program, edition, [[step, code], ...]], ...]` of the
 * edited programs. The same code gives the same text in every browser: that is why a library deflates
 * it and not the browser's `CompressionStream`, whose bytes differ from one to the next. What a link
 * holds was written by anyone: it is measured and validated, and nothing in it is run.
 */
import { deflateSync } from 'fflate';
import * as z from 'zod/mini';
import type { Program } from '../../engine/lab/dialects.ts';
import { fingerprint, type StoredSide } from './draft.ts';
import { PROGRAMS } from './names.ts';

/** The edited programs of a lab, as a draft keeps them. */
export type SharedCode = Partial<Record<Program, StoredSide>>;

/** A link that cannot be made or opened; the message is for the reader. */
export class ShareError extends Error {
  override readonly name = 'ShareError';
}

/** The longest text of a link, in characters: chats and mail programs break longer ones. */
export const LONGEST_LINK = 16_000;
/** The most code that a link may hold, in bytes of UTF-8: few bytes can deflate a great many. */
export const MOST_CODE = 200_000;

const VERSION = 1;
const BEFORE_CODE = 5;
export const BROKEN =
  'This link is broken, perhaps cut off when it was copied. Ask for it once more.';

const shape = z.array(
  z.tuple([z.enum(PROGRAMS), z.string(), z.array(z.tuple([z.string(), z.string()]))]),
);

/**
 * The text of a link.
 * @throws {ShareError} when the code is too long for one.
 */
export function encodeCode(code: SharedCode): string {
  const sides = PROGRAMS.flatMap((program) => {
    const { of, names, texts } = code[program] ?? {};
    return of === undefined ? [] : [[program, of, names?.map((name, i) => [name, texts?.[i]])]];
  });
  return pack(VERSION, JSON.stringify(sides));
}

/**
 * A text of a link from JSON of some version of its shape.
 * @throws {ShareError} when it is too long for one.
 */
export function pack(version: number, json: string): string {
  const bytes = new TextEncoder().encode(json);
  const deflated = deflateSync(bytes, { level: 9 });
  const whole = new Uint8Array(BEFORE_CODE + deflated.length);
  whole[0] = version;
  new DataView(whole.buffer).setUint32(1, fingerprint(json));
  whole.set(deflated, BEFORE_CODE);
  const text = base64url(whole);
  const long = (is: number, most: number, what: string) => {
    const words = `${is.toLocaleString('en')} ${what}, ${most.toLocaleString('en')} allowed`;
    return new ShareError(`The code is too long for a link: ${words}.`);
  };
  if (bytes.length > MOST_CODE) throw long(bytes.length, MOST_CODE, 'bytes of code');
  if (text.length > LONGEST_LINK) throw long(text.length, LONGEST_LINK, 'characters');
  return text;
}

/**
 * What the text of a link holds.
 * @throws {ShareError} when it is broken, too long, or of another version.
 */
export async function decodeCode(text: string): Promise<SharedCode> {
  return codeOf((await unpack(text, VERSION)).json);
}

/**
 * What the JSON of a link of a lab says.
 * @throws {ShareError} when it is of another shape.
 */
export function codeOf(json: string): SharedCode {
  const parsed = shape.safeParse(parse(json));
  if (!parsed.success) throw new ShareError(BROKEN);
  const code: SharedCode = {};
  for (const [program, of, blocks] of parsed.data) {
    code[program] = {
      of,
      names: blocks.map(([name]) => name),
      texts: blocks.map(([, part]) => part),
    };
  }
  return code;
}

/**
 * The JSON of a link, and the version of its shape, which is at most `newest`.
 * @throws {ShareError} when it is broken, too long, or of another version.
 */
export async function unpack(
  text: string,
  newest: number,
): Promise<{ version: number; json: string }> {
  if (text.length > LONGEST_LINK) {
    const most = LONGEST_LINK.toLocaleString('en');
    throw new ShareError(`This link holds more than ${most} characters: it is not opened.`);
  }
  const whole = bytesOf(text);
  const version = whole[0] ?? 0;
  if (version > newest) {
    throw new ShareError('This link was made by a newer edition of this site. Reload the page.');
  }
  if (version < 1 || whole.length <= BEFORE_CODE) throw new ShareError(BROKEN);
  const json = await inflate(whole.slice(BEFORE_CODE));
  if (new DataView(whole.buffer).getUint32(1) !== fingerprint(json)) throw new ShareError(BROKEN);
  return { version, json };
}

async function inflate(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const reader = new Blob([bytes])
    .stream()
    .pipeThrough(new DecompressionStream('deflate-raw'))
    .getReader();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let json = '';
  let size = 0;
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return json + decoder.decode();
      size += value.length;
      if (size > MOST_CODE) break;
      json += decoder.decode(value, { stream: true });
    }
  } catch {
    throw new ShareError(BROKEN);
  }
  await reader.cancel();
  const most = MOST_CODE.toLocaleString('en');
  throw new ShareError(`This link holds more than ${most} bytes of code: it is not opened.`);
}

function base64url(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  if (!/^[\w-]*$/.test(text)) throw new ShareError(BROKEN);
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    return Uint8Array.from(binary, (character) => character.charCodeAt(0));
  } catch {
    throw new ShareError(BROKEN);
  }
}

/** Parsed JSON; undefined of what is none. */
export function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
