/** How an engine gets ready: named steps, with bytes where bytes are what is waited for. */

/** One report of an engine that is starting. */
export interface LoadProgress {
  engine: 'postgres' | 'dynamodb' | 'script';
  step: 'download' | 'compile' | 'restore' | 'ready';
  /** An extension, where that is what is fetched. */
  what?: string;
  /** Bytes that have arrived and bytes in all: of files that we packed ourselves as they travel, of others unpacked. */
  loaded?: number;
  total?: number;
}

/** A file of the engine's. */
export interface EngineFile {
  url: string;
  /** Its size in bytes, whatever a host makes of it on the way. */
  bytes: number;
  /** It holds another file, compressed with gzip when the assets were built. */
  packed?: true;
}

/** A download that failed: which file, and why. */
export class DownloadError extends Error {
  override readonly name = 'DownloadError';
  readonly kind = 'download';
}

/**
 * Fetches a file, unpacked, and tells how many bytes came with each piece.
 * @throws {DownloadError} that names the file and the cause.
 */
export async function download(
  { url, packed }: EngineFile,
  arrived: (bytes: number) => void,
): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url);
  } catch (error) {
    throw new DownloadError(`${url} could not be fetched: ${(error as Error).message}`);
  }
  if (!response.ok || !response.body) {
    throw new DownloadError(`${url} could not be fetched: the server answered ${response.status}`);
  }
  const counted = response.body.pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(piece, controller) {
        arrived(piece.byteLength);
        controller.enqueue(piece);
      },
    }),
  );
  const body = packed ? counted.pipeThrough(new DecompressionStream('gzip')) : counted;
  return new Response(body, { headers: response.headers });
}
