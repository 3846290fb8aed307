/**
 * Reads the bytes of a heap page.
 * Source: PostgreSQL documentation, "Database Page Layout"; src/include/storage/{bufpage,itemid}.h and
 * access/htup_details.h.
 */
import type { HeapPage } from '../lab/inspect.ts';

/** Bytes of a page. */
export const PAGE_SIZE = 8192;

const HEADER_SIZE = 24;
const LINE_POINTER_SIZE = 4;

/** Names of bits, the lowest first; gaps are bits without a name. */
const PAGE_FLAGS = ['PD_HAS_FREE_LINES', 'PD_PAGE_FULL', 'PD_ALL_VISIBLE'];
const INFOMASK = [
  'HEAP_HASNULL',
  'HEAP_HASVARWIDTH',
  'HEAP_HASEXTERNAL',
  'HEAP_HASOID_OLD',
  'HEAP_XMAX_KEYSHR_LOCK',
  'HEAP_COMBOCID',
  'HEAP_XMAX_EXCL_LOCK',
  'HEAP_XMAX_LOCK_ONLY',
  'HEAP_XMIN_COMMITTED',
  'HEAP_XMIN_INVALID',
  'HEAP_XMAX_COMMITTED',
  'HEAP_XMAX_INVALID',
  'HEAP_XMAX_IS_MULTI',
  'HEAP_UPDATED',
  'HEAP_MOVED_OFF',
  'HEAP_MOVED_IN',
];
/** Of t_infomask2, from the fourteenth bit on: below is the number of columns. */
const INFOMASK2 = ['HEAP_KEYS_UPDATED', 'HEAP_HOT_UPDATED', 'HEAP_ONLY_TUPLE'];
const INFOMASK2_SHIFT = 13;

const XMIN_FROZEN = 0x0300;
const XMAX_LOCK_ONLY = 0x0080;
const XMAX_COMMITTED = 0x0400;
const XMAX_INVALID = 0x0800;
const XMAX_IS_MULTI = 0x1000;

/** The header of a tuple, as it stands there. */
export interface TupleHeader {
  ctid: string;
  next: string;
  xmin: number;
  xmax: number;
  isFrozen: boolean;
  /** `none`: xmax says nothing; `lock`: only that somebody has locked the row. */
  xmaxMeans: 'none' | 'lock' | 'transaction' | 'multixact';
  bytes: number;
  flags: string[];
}

/** A line pointer of a page, with the header that a normal one points to. */
export type RawLinePointer =
  | { item: number; pointer: 'unused' | 'dead' }
  | { item: number; pointer: 'redirect'; to: number }
  | { item: number; pointer: 'normal'; header: TupleHeader };

/** A page with headers of tuples in place of versions. */
export type RawPage = Omit<HeapPage, 'tuples'> & { tuples: RawLinePointer[] };

/** Reads a page. One that was never written to is all zeros: it has no tuples, and no free space yet. */
export function readPage(page: Uint8Array, number: number): RawPage {
  const view = viewOf(page);
  const lower = view.getUint16(12, true);
  const upper = view.getUint16(14, true);
  return {
    number,
    lower,
    upper,
    freeBytes: upper - lower,
    flags: names(PAGE_FLAGS, view.getUint16(10, true)),
    tuples: lineWords(view).map((word, index) => linePointer(view, word, number, index + 1)),
  };
}

/**
 * Makes every version of a row on a page look as if it had been written long ago and never deleted, in
 * place: a query then returns them all.
 */
export function reviveAll(page: Uint8Array): void {
  const view = viewOf(page);
  for (const word of lineWords(view)) {
    if (pointerKind(word) !== 'normal') continue;
    const at = offsetOf(word) + 20;
    const infomask = view.getUint16(at, true) & ~(XMAX_COMMITTED | XMAX_IS_MULTI);
    view.setUint16(at, infomask | XMIN_FROZEN | XMAX_INVALID, true);
  }
}

function viewOf(page: Uint8Array): DataView {
  return new DataView(page.buffer, page.byteOffset, page.length);
}

/** Line pointers, as they stand there: 15 bits of offset, 2 of state, 15 of length. */
function lineWords(view: DataView): number[] {
  const lower = view.getUint16(12, true);
  const count = Math.max(0, Math.floor((lower - HEADER_SIZE) / LINE_POINTER_SIZE));
  return Array.from({ length: count }, (_, index) =>
    view.getUint32(HEADER_SIZE + index * LINE_POINTER_SIZE, true),
  );
}

const offsetOf = (word: number) => word & 0x7fff;

function pointerKind(word: number): 'unused' | 'normal' | 'redirect' | 'dead' {
  return (['unused', 'normal', 'redirect', 'dead'] as const)[(word >>> 15) & 3] as 'unused';
}

function linePointer(view: DataView, word: number, page: number, item: number): RawLinePointer {
  const pointer = pointerKind(word);
  if (pointer === 'redirect') return { item, pointer, to: offsetOf(word) };
  if (pointer !== 'normal') return { item, pointer };
  const at = offsetOf(word);
  const infomask2 = view.getUint16(at + 18, true);
  const infomask = view.getUint16(at + 20, true);
  const nextPage = view.getUint16(at + 12, true) * 0x10000 + view.getUint16(at + 14, true);
  const header: TupleHeader = {
    ctid: `(${page},${item})`,
    next: `(${nextPage},${view.getUint16(at + 16, true)})`,
    xmin: view.getUint32(at, true),
    xmax: view.getUint32(at + 4, true),
    isFrozen: (infomask & XMIN_FROZEN) === XMIN_FROZEN,
    xmaxMeans: meaningOfXmax(infomask, view.getUint32(at + 4, true)),
    bytes: word >>> 17,
    flags: [...names(INFOMASK, infomask), ...names(INFOMASK2, infomask2 >>> INFOMASK2_SHIFT)],
  };
  return { item, pointer, header };
}

function meaningOfXmax(infomask: number, xmax: number): TupleHeader['xmaxMeans'] {
  if (xmax === 0 || infomask & XMAX_INVALID) return 'none';
  if (infomask & XMAX_LOCK_ONLY) return 'lock';
  return infomask & XMAX_IS_MULTI ? 'multixact' : 'transaction';
}

function names(all: readonly string[], bits: number): string[] {
  return all.filter((_, bit) => (bits >>> bit) & 1);
}
