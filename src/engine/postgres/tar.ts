/** Reads tars: snapshots and the files of extensions come in them. */

/** Size of a tar's header and granularity of its contents, in bytes. */
export const TAR_BLOCK = 512;

/** A file, or a folder when it has no bytes. Paths begin without a slash. */
export interface TarEntry {
  path: string;
  /** A view of the tar. */
  bytes?: Uint8Array;
}

/**
 * The files and folders of an uncompressed tar, folders before what is in them.
 * Source: https://www.gnu.org/software/tar/manual/html_node/Standard.html
 * @throws {Error} when it is no tar, or is cut short; `what` names it.
 */
export function* tarEntries(tar: Uint8Array, what: string): Generator<TarEntry> {
  const text = (from: number, length: number) => {
    const field = tar.subarray(from, from + length);
    const end = field.indexOf(0);
    return String.fromCharCode(...(end < 0 ? field : field.subarray(0, end)));
  };
  let at = 0;
  // The end is marked by blocks of zeros, in which a name would be empty.
  while (at + TAR_BLOCK <= tar.length && tar[at] !== 0) {
    if (text(at + 257, 5) !== 'ustar') throw new Error(`${what} is no tar`);
    const path = text(at, 100).replace(/^\//, '');
    const size = Number.parseInt(text(at + 124, 12), 8);
    const isFolder = text(at + 156, 1) === '5';
    const start = at + TAR_BLOCK;
    at = start + Math.ceil(size / TAR_BLOCK) * TAR_BLOCK;
    if (at > tar.length) throw new Error(`${what} is cut short`);
    yield isFolder ? { path } : { path, bytes: tar.subarray(start, start + size) };
  }
  if (at === 0) throw new Error(`${what} is empty`);
}
