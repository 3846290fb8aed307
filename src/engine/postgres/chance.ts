/**
 * PostgreSQL's own chance: which rows ANALYZE looks at, how high an HNSW index stacks a row. A server
 * seeds it anew at each start. Here each start has the same seed, so that a lab has the same plan and
 * cost each time. What SQL gets (`random()`, `gen_random_uuid()`) is drawn later, and is random.
 */
import type { FileSystem } from './image.ts';

/** Any will do. */
const SEED = 42;

/** Lets a program read the same bytes from /dev/urandom each time, until the function that it answers is called. */
export function fixChance(files: FileSystem): () => void {
  const { node } = files.lookupPath('/dev/urandom');
  const device = files.getDevice(node.rdev).stream_ops;
  const { read } = device;
  let state = SEED;
  device.read = (_stream, buffer, offset, length) => {
    for (let index = 0; index < length; index++) {
      // The constants of POSIX's example of rand(), whose upper bits are fit for use.
      state = (Math.imul(state, 1_103_515_245) + 12_345) | 0;
      buffer[offset + index] = state >>> 24;
    }
    return length;
  };
  return () => {
    device.read = read;
  };
}
