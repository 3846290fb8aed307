/** Makes further processes out of an idle one: what InitProcess and its like do in a process that starts. */
import type { FileStream } from '../image.ts';
import {
  AIO_SIZE,
  type Layout,
  PROC,
  PROC_ARRAY_FIRST,
  RECEIVERS,
  type SessionsExports,
  SIGNAL,
  STATIC,
  STATUS,
} from './layout.ts';
import type { PrivateState } from './memory.ts';

/** B_BACKEND of BackendType: what serves a client. */
const CLIENT_BACKEND = 1;

/** Memory as words, wherever it has grown to. */
class Words {
  readonly #view: DataView;
  readonly #bytes: Uint8Array;

  constructor(memory: WebAssembly.Memory) {
    this.#view = new DataView(memory.buffer);
    this.#bytes = new Uint8Array(memory.buffer);
  }

  get(address: number): number {
    return this.#view.getInt32(address, true);
  }

  set(address: number, value: number): void {
    this.#view.setInt32(address, value, true);
  }

  setByte(address: number, value: number): void {
    this.#bytes[address] = value;
  }

  copy(from: number, to: number, length: number): void {
    this.#bytes.copyWithin(to, from, from + length);
  }
}

/** Enters process `number`, from 1, into the shared memory; those before it are there already. */
export function enterProcess(
  memory: WebAssembly.Memory,
  layout: Layout,
  number: number,
  pid: number,
): void {
  const words = new Words(memory);
  enterProc(words, layout, number, pid);
  enterProcArray(words, layout, number);
  enterInvalidation(words, layout, number, pid);
  enterStatus(words, layout, number, pid);
  const slot = layout.signals + SIGNAL.first;
  words.copy(slot, slot + number * SIGNAL.size, SIGNAL.size);
  words.set(slot + number * SIGNAL.size, pid);
}

/** InitProcess: storage/lmgr/proc.c. */
function enterProc(words: Words, { firstProc }: Layout, number: number, pid: number): void {
  const proc = firstProc + number * PROC.size;
  // Off the list of those that are free.
  const previous = words.get(proc + PROC.links);
  const next = words.get(proc + PROC.links + 4);
  words.set(previous + 4, next);
  words.set(next, previous);
  words.set(proc + PROC.links, 0);
  words.set(proc + PROC.links + 4, 0);
  for (const field of [PROC.waitStatus, PROC.latchIsSet, PROC.xid, PROC.xmin, PROC.lxid]) {
    words.set(proc + field, 0);
  }
  words.set(proc + PROC.latchOwner, pid);
  words.set(proc + PROC.pid, pid);
  words.set(proc + PROC.procNumber, number);
  for (const field of [PROC.databaseId, PROC.roleId, PROC.isRegularBackend]) {
    words.set(proc + field, words.get(firstProc + field));
  }
}

/** ProcArrayAdd: storage/ipc/procarray.c. */
function enterProcArray(words: Words, layout: Layout, number: number): void {
  const { procArray, procHeader, firstProc } = layout;
  const place = words.get(procArray);
  words.set(procArray, place + 1);
  words.set(procArray + PROC_ARRAY_FIRST + place * 4, number);
  words.set(firstProc + number * PROC.size + PROC.pgxactoff, place);
  words.set(words.get(procHeader + 4) + place * 4, 0);
  words.setByte(words.get(procHeader + 8) + place * 2, 0);
  words.setByte(words.get(procHeader + 8) + place * 2 + 1, 0);
  words.setByte(words.get(procHeader + 12) + place, 0);
}

/** SharedInvalBackendInit: storage/ipc/sinvaladt.c. It has received what the first has. */
function enterInvalidation(words: Words, layout: Layout, number: number, pid: number): void {
  const { invalidation } = layout;
  const receivers = words.get(invalidation + RECEIVERS);
  words.set(words.get(invalidation + RECEIVERS + 4) + receivers * 4, number);
  words.set(invalidation + RECEIVERS, receivers + 1);
  const first = invalidation + RECEIVERS + 8;
  words.copy(first, first + number * 16, 16);
  words.set(first + number * 16, pid);
}

/** pgstat_bestart: utils/activity/backend_status.c. Pointers to its own texts stay. */
function enterStatus(words: Words, layout: Layout, number: number, pid: number): void {
  const { statuses, shared, sharedEnd } = layout;
  const own = statuses + number * STATUS.size;
  for (let field = 0; field < STATUS.size; field += 4) {
    const value = words.get(own + field);
    if (value < shared || value >= sharedEnd) words.set(own + field, words.get(statuses + field));
  }
  words.set(own + STATUS.pid, pid);
  words.set(own + STATUS.backendType, CLIENT_BACKEND);
}

/** What process `number` has for itself: the first's, with pointers to its own places. */
export function forkPrivate(
  layout: Layout,
  exports: SessionsExports,
  first: PrivateState,
  number: number,
  pid: number,
): PrivateState {
  const proc = layout.firstProc + number * PROC.size;
  return {
    ...first,
    own: [
      [STATIC.myProcNumber, number],
      [exports.MyProcPid.value, pid],
      [exports.MyProc.value, proc],
      [exports.MyLatch.value, proc + PROC.latchIsSet],
      [STATIC.waitEventInfo, proc + PROC.waitEventInfo],
      [STATIC.mySignalSlot, layout.signals + SIGNAL.first + number * SIGNAL.size],
      [STATIC.myStatus, layout.statuses + number * STATUS.size],
      [STATIC.myAio, layout.aio + number * AIO_SIZE],
      // Entries in it are counted in the shared memory: it begins with none of its own.
      [STATIC.statisticsHash, 0],
    ],
    files: first.files.map((file) => file && { ...file, stream: cloneStream(file.stream) }),
  };
}

/** An open file of its own, as Emscripten's FSStream is made. */
function cloneStream(stream: FileStream): FileStream {
  const clone = Object.create(Object.getPrototypeOf(stream)) as FileStream & { shared: object };
  const { shared } = stream as FileStream & { shared: object };
  return Object.assign(clone, stream, { shared: { ...shared } });
}
