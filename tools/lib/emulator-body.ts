/** Bodies of the emulator's requests and answers: limits, text and compression. */
import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';

/** Most bytes of a request, also once it is decompressed. Source: DynamoDB Developer Guide, "Quotas". */
const MAX_REQUEST_BYTES = 16 * 1024 * 1024;
/** Bytes beyond the limit that are read and thrown away, so that the client comes to read the answer. */
const MAX_DISCARDED_BYTES = 64 * 1024 * 1024;
/** Answers above this size are compressed for clients that say they can read it. DynamoDB's bound is near it. */
const COMPRESSED_FROM_BYTES = 4096;

const decompress = promisify(gunzip);
const compress = promisify(gzip);

/** The text of a request, or why there is none. */
export type RequestText = { text: string } | { problem: 'too large' | 'unreadable' };

/** Reads a request to its end. Rejects when the client goes away before. */
export async function readText(request: IncomingMessage): Promise<RequestText> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= MAX_REQUEST_BYTES) chunks.push(chunk);
    else if (bytes > MAX_REQUEST_BYTES + MAX_DISCARDED_BYTES) break;
    else chunks.length = 0;
  }
  if (bytes > MAX_REQUEST_BYTES) return { problem: 'too large' };
  const whole = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
  const encoding = request.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (encoding === 'identity' || encoding === '') return textOf(whole);
  if (encoding !== 'gzip') return { problem: 'unreadable' };
  try {
    return textOf(await decompress(whole, { maxOutputLength: MAX_REQUEST_BYTES }));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { problem: code === 'ERR_BUFFER_TOO_LARGE' ? 'too large' : 'unreadable' };
  }
}

function textOf(bytes: Buffer): RequestText {
  return isUtf8(bytes) ? { text: bytes.toString('utf8') } : { problem: 'unreadable' };
}

/** An answer's text as bytes, compressed if it is worth it and the client accepts it. */
export async function encodeText(
  text: string,
  accepted: string | undefined,
): Promise<{ bytes: Buffer; compressed: boolean }> {
  const bytes = Buffer.from(text);
  if (bytes.length <= COMPRESSED_FROM_BYTES || !acceptsGzip(accepted)) {
    return { bytes, compressed: false };
  }
  return { bytes: await compress(bytes), compressed: true };
}

function acceptsGzip(accepted = ''): boolean {
  return accepted.split(',').some((coding) => {
    const [name, ...parameters] = coding.split(';').map((part) => part.trim().toLowerCase());
    return name === 'gzip' && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  });
}
