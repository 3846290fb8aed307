/** Records PostgreSQL as it stands right after its start, for `BootedState` to put into place. */
import {
  type BootedHeader,
  describeBefore,
  type LoadedProgram,
  writeBooted,
} from '../../src/engine/postgres/booted.ts';
import type { FileNode, FileSystem } from '../../src/engine/postgres/image.ts';
import { Instance } from '../../src/engine/postgres/instance.ts';
import type { InstanceParts } from '../../src/engine/postgres/program.ts';
import { MEET_TABLES } from '../../src/engine/postgres/session.ts';

/** Granularity in which memory is compared, in bytes: PostgreSQL's pages begin at multiples of it. */
const PAGE = 4096;
/** Files in a snapshot begin at multiples of this. */
const TAR_BLOCK = 512;
/** The longest that the start may take, in milliseconds. */
const LIMIT = 60_000;

/** A program as it was before its start. */
interface Fresh {
  memory: ArrayBuffer;
  files: Map<string, Buffer>;
  describe: Pick<BootedHeader['before'], 'tableLength' | 'libraryNodes'>;
}

/** Starts PostgreSQL from a snapshot and answers the file of its state. */
export async function recordBooted(parts: InstanceParts): Promise<Uint8Array> {
  let program: LoadedProgram | undefined;
  let fresh: Fresh | undefined;
  const beforeStart = (loaded: LoadedProgram) => {
    program = loaded;
    fresh = {
      memory: loaded.machine.memory.buffer.slice(0),
      files: new Map(filesOf(loaded.machine.fileSystem)),
      describe: describeBefore(loaded, []),
    };
  };
  const instance = await Instance.start({ ...parts, beforeStart }, LIMIT);
  if (!program || !fresh) throw new Error('PostgreSQL started before it was loaded');
  await instance.query(MEET_TABLES);
  // PostgreSQL's hooks as it has set them: an instance looks for auto_explain there.
  instance.explain(true);
  const file = record(program, fresh, new Uint8Array(await parts.snapshot.arrayBuffer()));
  await instance.close();
  return file;
}

function record(program: LoadedProgram, fresh: Fresh, snapshot: Uint8Array): Uint8Array {
  const { machine, libraries } = program;
  const pages = compare(machine.memory.buffer, fresh.memory, snapshot);
  const memory = { buffer: fresh.memory } as WebAssembly.Memory;
  const before = describeBefore({ ...program, machine: { ...machine, memory } }, pages.kept);
  const files = [...filesOf(machine.fileSystem)].filter(
    ([path, bytes]) => !fresh.files.get(path)?.equals(bytes),
  );
  const header: BootedHeader = {
    before: { ...before, ...fresh.describe, heapEnd: before.heapEnd, checksum: before.checksum },
    ...pages,
    stackPointer: machine.stackSave(),
    handles: libraries.handles,
    symbols: libraries.symbols,
    files: files.map(([path, bytes]) => [path, bytes.length]),
    streams: streamsOf(machine.fileSystem),
    folder: machine.fileSystem.cwd(),
  };
  const changed = pages.changed.map(
    ([address, length]) => new Uint8Array(machine.memory.buffer, address, length),
  );
  return writeBooted(header, [...changed, ...files.map(([, bytes]) => bytes)]);
}

/** Where memory was changed, where it holds what the snapshot holds, and where it is as before. */
function compare(
  now: ArrayBuffer,
  before: ArrayBuffer,
  snapshot: Uint8Array,
): Pick<BootedHeader, 'changed' | 'shared' | 'kept'> {
  const zeros = Buffer.alloc(PAGE);
  const inSnapshot = new Map<string, number>();
  for (let from = 0; from + PAGE <= snapshot.length; from += TAR_BLOCK) {
    inSnapshot.set(
      Buffer.from(snapshot.buffer, snapshot.byteOffset + from, PAGE).toString('latin1'),
      from,
    );
  }
  const changed: BootedHeader['changed'] = [];
  const shared: BootedHeader['shared'] = [];
  const kept: BootedHeader['kept'] = [];
  const add = (ranges: Array<[address: number, length: number]>, address: number) => {
    const last = ranges.at(-1);
    if (last && last[0] + last[1] === address) last[1] += PAGE;
    else ranges.push([address, PAGE]);
  };
  for (let address = 0; address < now.byteLength; address += PAGE) {
    const page = Buffer.from(now, address, PAGE);
    const isAsBefore = page.equals(Buffer.from(before, address, PAGE));
    if (isAsBefore && page.equals(zeros)) continue;
    const from = inSnapshot.get(page.toString('latin1'));
    if (isAsBefore) add(kept, address);
    else if (from === undefined || page.equals(zeros)) add(changed, address);
    else {
      const last = shared.at(-1);
      const follows = last && last[0] + last[1] === address && last[2] + last[1] === from;
      if (follows) last[1] += PAGE;
      else shared.push([address, PAGE, from]);
    }
  }
  return { changed, shared, kept };
}

/** Every file of a program, with its path. */
export function* filesOf(
  fileSystem: FileSystem,
  folder?: FileNode,
  path = '',
): Generator<[string, Buffer]> {
  const entries = (folder ?? fileSystem.lookupPath('/').node).contents as Record<string, FileNode>;
  for (const [name, node] of Object.entries(entries)) {
    const below = `${path}/${name}`;
    if (fileSystem.isDir(node.mode) && below !== '/proc') yield* filesOf(fileSystem, node, below);
    else if (fileSystem.isFile(node.mode)) {
      const bytes = (node.contents as Uint8Array | null)?.slice(0, node.usedBytes);
      if (bytes) yield [below, Buffer.from(bytes)];
    }
  }
}

/** Open files. Those before them, terminals and a pipe, every program has. */
function streamsOf(fileSystem: FileSystem): BootedHeader['streams'] {
  return fileSystem.streams.flatMap((stream) =>
    stream?.path.startsWith('/pglite/')
      ? [[stream.fd, stream.path, stream.flags, stream.position]]
      : [],
  );
}
