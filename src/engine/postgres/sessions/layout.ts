/** Where in memory PostgreSQL has what a process of its own is made of: derived, or pinned and checked. */
import { SessionsError } from './errors.ts';

/** The part of the patched program's exports that is used here: functions, and addresses of variables. */
export interface SessionsExports {
  /** Of a stack that grows downwards from here; the heap begins where it ends. */
  __heap_base: WebAssembly.Global;
  _length_code: WebAssembly.Global;
  emscripten_get_sbrk_ptr(): number;
  emscripten_stack_get_current(): number;
  _emscripten_stack_restore(stackPointer: number): void;
  /** Raises the signal of a timer. */
  _emscripten_timeout(which: number, now: number): void;
  procsignal_sigusr1_handler(signal: number): void;
  WaitLatch?(latch: number, events: number, milliseconds: number, info: number): number;
  __indirect_function_table: WebAssembly.Table;
  MyProc: WebAssembly.Global;
  MyProcPid: WebAssembly.Global;
  MyLatch: WebAssembly.Global;
  DateStyle: WebAssembly.Global;
  BufferDescriptors: WebAssembly.Global;
  BufferBlocks: WebAssembly.Global;
  TransamVariables: WebAssembly.Global;
  InterruptPending: WebAssembly.Global;
  QueryCancelPending: WebAssembly.Global;
  ExecutorStart_hook: WebAssembly.Global;
  ExecutorEnd_hook: WebAssembly.Global;
}

/** Constants come first: nothing below this table of zlib's, which is one of the last, is ever changed. */
const LAST_CONSTANT = '_length_code';
/** What must be there before anything is read. */
const NEEDED: ReadonlyArray<keyof SessionsExports> = [
  '__heap_base',
  LAST_CONSTANT,
  'emscripten_get_sbrk_ptr',
  'procsignal_sigusr1_handler',
  'MyProc',
  'MyProcPid',
  'MyLatch',
  'DateStyle',
  'BufferDescriptors',
  'BufferBlocks',
  'TransamVariables',
  'QueryCancelPending',
];

/** Bytes of Emscripten's stack, by PGlite's build. */
const STACK_SIZE = 8 * 1024 * 1024;
const PAGE = 4096;
/** PGShmemHeader.magic: storage/pg_shmem.h. */
const SHARED_MAGIC = 679_834_894;
/** Where PGShmemHeader says how many bytes are in use. */
export const SHARED_USED = 12;

/**
 * Static variables of PGlite 0.5.16 that it does not export. Each is checked against what it must
 * hold before a second process is made; the README says how they were found.
 */
export const STATIC = {
  /** globals.c, two words before DateStyle. */
  myProcNumber: 2_623_760,
  /** wait_event.c: my_wait_event_info, points into the PGPROC. */
  waitEventInfo: 2_607_568,
  /** procarray.c: procArray and allProcs; the latter looks like a pointer to the first PGPROC. */
  procArray: 2_797_460,
  allProcs: 2_797_464,
  /** procsignal.c: MyProcSignalSlot. */
  mySignalSlot: 2_797_620,
  /** backend_status.c: MyBEEntry and BackendStatusArray. */
  myStatus: 2_804_704,
  statusArray: 2_804_708,
  /** aio.c: pgaio_my_backend. */
  myAio: 2_791_432,
  /** dsm.c: dsm_control. */
  dsmControl: 2_796_880,
  /** pgstat.c: pgStatLocal.dsa, the area in which statistics are kept. */
  statisticsArea: 2_804_748,
  /** pgstat_shmem.c: pgStatEntryRefHash. */
  statisticsHash: 2_863_524,
  /** pgstat.c: pgStatPending, a list that is empty when it points to itself. */
  statisticsPending: 2_606_508,
  /** timeout.c: all_timeouts, an array of TIMEOUT_SIZE bytes each. */
  timeouts: 2_879_808,
} as const;

/** PGPROC: storage/proc.h. */
export const PROC = {
  size: 640,
  links: 0,
  waitStatus: 16,
  latchIsSet: 20,
  latchOwner: 32,
  xid: 36,
  xmin: 40,
  pid: 44,
  pgxactoff: 48,
  procNumber: 52,
  lxid: 56,
  databaseId: 60,
  roleId: 64,
  isRegularBackend: 72,
  /** 16 lists, each empty when it points to itself. */
  locks: 148,
  lockLists: 16,
  waitEventInfo: 548,
  fastPathLocks: 600,
} as const;

/** Of fast-path locks: 64 bits for a group of 16, and the tables' OIDs. */
const FAST_PATH_GROUP = 8 + 16 * 4;

/** PROC_WAIT_STATUS_WAITING. */
export const WAITING = 1;

/** PgBackendStatus: utils/backend_status.h. */
export const STATUS = { size: 408, pid: 4, backendType: 8 } as const;
/** PgAioBackend: storage/aio_internal.h. */
export const AIO_SIZE = 164;
/** ProcSignalSlot: storage/procsignal.c. They follow a counter. */
export const SIGNAL = { first: 8, size: 128 } as const;

/** timeout_params: utils/misc/timeout.c. */
export const TIMEOUT = { size: 40, active: 4, handler: 8, finish: 24 } as const;
/** TimeoutId: utils/timeout.h. */
export const TIMEOUT_ID = { deadlock: 1, lock: 2, statement: 3, transaction: 8 } as const;

/** BufferDesc, padded to a line of a processor's cache: storage/buf_internals.h. */
export const DESCRIPTOR = { size: 64, state: 24, valid: 1 << 24 } as const;
/** BLCKSZ. */
export const BUFFER_SIZE = 8192;

/** A part of the shared memory, by its name in pg_shmem_allocations. */
export type SharedParts = ReadonlyMap<string, { offset: number; size: number }>;

/** dsm_control_header: storage/ipc/dsm.c. */
const DSM = { magic: 0x9a50_3d32 | 0, items: 4, most: 8, header: 16, item: 24 } as const;
/** dsa_area and its dsa_segment_map, utils/mmgr/dsa.c; dsm_segment, storage/ipc/dsm.c. */
const AREA = { maps: 8, map: 20, mapped: 24, mappedSize: 28 } as const;

/** A stretch of memory. */
export type Stretch = [start: number, end: number];

/** What was found. Addresses and sizes in bytes. */
export interface Layout {
  /** Static variables. */
  statics: number;
  stackEnd: number;
  stackTop: number;
  /** The word that holds the end of the heap. */
  heapEndAt: number;
  shared: number;
  sharedEnd: number;
  /** Pages of tables and indexes that are in memory, and what there is to know about each. */
  buffers: number;
  bufferCount: number;
  descriptors: number;
  /** Memory that is shared, too, and lies in the heap: dynamic shared memory, in the order of addresses. */
  dynamic: readonly Stretch[];
  /** PGPROC of the first process. */
  firstProc: number;
  /** How many PGPROCs there are, those of prepared transactions among them. */
  procCount: number;
  /** Bytes in which a process has its locks of tables that are in nobody's way, 0 for none. */
  fastPathBytes: number;
  /** PROC_HDR. */
  procHeader: number;
  procArray: number;
  invalidation: number;
  statuses: number;
  signals: number;
  aio: number;
  /** The word with the next transaction id. */
  nextXid: number;
}

/** Reads words of memory; memory that has grown is another buffer. */
export function wordsOf(memory: WebAssembly.Memory): Int32Array {
  return new Int32Array(memory.buffer);
}

/**
 * Finds out where everything is, of a program that is idle and has had one process only.
 * @throws {SessionsError} of kind `layout` that says what is not as expected.
 */
export function readLayout(
  memory: WebAssembly.Memory,
  exports: SessionsExports,
  parts: SharedParts,
): Layout {
  for (const name of NEEDED) {
    if (!(name in exports)) throw new SessionsError('build', `the program has no ${name}`);
  }
  const words = wordsOf(memory);
  const word = (address: number) => words[address >> 2] as number;
  const expect = (what: string, found: number, expected: number) => {
    if (found === expected) return;
    throw new SessionsError('layout', `${what} is ${found}, not ${expected}`);
  };
  const part = (name: string) => {
    const found = parts.get(name);
    if (!found) throw new SessionsError('layout', `there is no shared memory "${name}"`);
    return found;
  };
  const shared = word(exports.BufferDescriptors.value) - part('Buffer Descriptors').offset;
  expect('the magic number of the shared memory', word(shared), SHARED_MAGIC);
  const at = (name: string) => shared + part(name).offset;
  const stackTop = exports.__heap_base.value as number;
  const heapEndAt = exports.emscripten_get_sbrk_ptr();
  const layout: Layout = {
    statics: exports[LAST_CONSTANT].value & -PAGE,
    stackEnd: stackTop - STACK_SIZE,
    stackTop,
    heapEndAt,
    shared,
    sharedEnd: shared + word(shared + 8),
    buffers: word(exports.BufferBlocks.value),
    bufferCount: part('Buffer Descriptors').size / DESCRIPTOR.size,
    descriptors: at('Buffer Descriptors'),
    dynamic: readDynamic(word, expect),
    firstProc: word(exports.MyProc.value),
    procCount: Math.floor(part('PGPROC structures').size / PROC.size),
    fastPathBytes: 0,
    procHeader: at('Proc Header'),
    procArray: at('Proc Array'),
    invalidation: at('shmInvalBuffer'),
    statuses: at('Backend Status Array'),
    signals: at('ProcSignal'),
    aio: at('AioBackend'),
    nextXid: word(exports.TransamVariables.value) + 8,
  };
  const { firstProc } = layout;
  expect('the first PGPROC', firstProc, at('PGPROC structures'));
  expect('ProcGlobal->allProcs', word(layout.procHeader), firstProc);
  expect('the pid in it', word(firstProc + PROC.pid), word(exports.MyProcPid.value));
  expect('the owner of its latch', word(firstProc + PROC.latchOwner), word(firstProc + PROC.pid));
  expect('MyLatch', word(exports.MyLatch.value), firstProc + PROC.latchIsSet);
  const count = word(layout.procHeader + 16);
  expect('the size of the status array', part('Backend Status Array').size, count * STATUS.size);
  const room = layout.buffers - at('Buffer Blocks') + layout.bufferCount * BUFFER_SIZE;
  if (layout.buffers < at('Buffer Blocks') || room > part('Buffer Blocks').size) {
    throw new SessionsError('layout', `the buffers begin at ${layout.buffers}`);
  }
  expect('the size of AioBackend', part('AioBackend').size, count * AIO_SIZE);
  expect('the size of ProcSignal', part('ProcSignal').size, SIGNAL.first + count * SIGNAL.size);
  expect('two words before DateStyle', exports.DateStyle.value - 8, STATIC.myProcNumber);
  expect('MyProcNumber', word(STATIC.myProcNumber), 0);
  expect('my_wait_event_info', word(STATIC.waitEventInfo), firstProc + PROC.waitEventInfo);
  expect('procArray', word(STATIC.procArray), layout.procArray);
  expect('allProcs', word(STATIC.allProcs), firstProc);
  expect('MyProcSignalSlot', word(STATIC.mySignalSlot), layout.signals + SIGNAL.first);
  expect('MyBEEntry', word(STATIC.myStatus), layout.statuses);
  expect('BackendStatusArray', word(STATIC.statusArray), layout.statuses);
  expect('the pid in it', word(layout.statuses + STATUS.pid), word(firstProc + PROC.pid));
  expect('pgaio_my_backend', word(STATIC.myAio), layout.aio);
  expect('pgStatPending', word(STATIC.statisticsPending + 4), STATIC.statisticsPending);
  for (let id = 0; id < 12; id += 1) {
    expect(`all_timeouts[${id}].index`, word(STATIC.timeouts + id * TIMEOUT.size), id);
  }
  const lists = firstProc + PROC.locks;
  for (let list = 0; list < PROC.lockLists; list += 1) {
    expect(`myProcLocks[${list}]`, word(lists + list * 8 + 4), lists + list * 8);
  }
  const fastPath = part('Fast-Path Lock Array').size / layout.procCount;
  const fastPathAt = (number: number) => word(firstProc + number * PROC.size + PROC.fastPathLocks);
  expect('fpLockBits', fastPathAt(0), at('Fast-Path Lock Array'));
  expect('fpLockBits of the next', fastPathAt(1), fastPathAt(0) + fastPath);
  layout.fastPathBytes = (fastPath / FAST_PATH_GROUP) * 8;
  expect('the number of processes', word(layout.procArray), 1);
  expect('the first place of a process', word(layout.procArray + PROC_ARRAY_FIRST), 0);
  expect('the receivers of invalidations', word(layout.invalidation + RECEIVERS), 1);
  return layout;
}

/**
 * Dynamic shared memory: what controls it, and one segment, in which there are statistics. Emscripten
 * maps it into the heap.
 */
function readDynamic(
  word: (address: number) => number,
  expect: (what: string, found: number, expected: number) => void,
): Stretch[] {
  const control = word(STATIC.dsmControl);
  expect('the magic number of dsm_control', word(control), DSM.magic);
  expect('the number of dynamic segments', word(control + DSM.items), 1);
  const second = word(STATIC.statisticsArea) + AREA.maps + AREA.map;
  const segment = word(second);
  const start = word(second + 4);
  expect('the statistics’ segment', word(segment + AREA.mapped), start);
  expect('their third segment', word(second + AREA.map), 0);
  const controlEnd = control + DSM.header + word(control + DSM.most) * DSM.item;
  const all: Stretch[] = [
    [control, controlEnd],
    [start, start + word(segment + AREA.mappedSize)],
  ];
  return all.sort(([a], [b]) => a - b);
}

/** ProcArrayStruct.pgprocnos: storage/procarray.c. */
export const PROC_ARRAY_FIRST = 36;
/** SISeg.numProcs: storage/sinvaladt.c; 4096 messages of 16 bytes come before it. */
export const RECEIVERS = 65_552;
