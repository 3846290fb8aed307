/**
 * The reader's edits, kept in this browser under `kj-lab:<id>` of localStorage.
 *
 * Shape: `{"dynamodb": {"names": [...], "texts": [...], "of": hash}, "postgres": ..., "partiql": ...,
 * "cli": ...}`: the blocks of a program with the names of their steps, and a hash of the code that was
 * edited; a program only when it differs from the lab. Written on every edit, removed when the code is the lab's again, read once
 * when the lab appears. When the lab has changed meanwhile, each text goes to the step of its name;
 * one whose step is gone is put behind the last block, as a comment: nothing that was typed is lost.
 */
import { COMMENT, type Program } from '../../engine/lab/dialects.ts';
import { PROGRAMS } from './names.ts';
import type { Texts } from './state.ts';

/** The edited programs of a lab. */
export type Drafts = Partial<Record<Program, Texts>>;

/** Edits as they were kept, and whether the lab has changed since they were made. */
export interface Edited {
  texts: Drafts;
  changed: boolean;
}

/** A lab's own code, block by block. */
export type Originals = Partial<Record<Program, ReadonlyArray<{ name: string; text: string }>>>;

/** The code of one program as it is kept: here, in a link, and in a workspace of the playground. */
export interface StoredSide {
  /** Of the steps, one by text. */
  names: string[];
  texts: string[];
  /** Which edition of the lab was edited; empty for code that was written for none. */
  of: string;
}

const key = (id: string) => `kj-lab:${id}`;

/** Whether a lab has edits; cheap enough to ask before anything of the lab is loaded. */
export function hasDraft(id: string): boolean {
  return storage()?.getItem(key(id)) != null;
}

/** The edits of a lab, and whether the lab has changed since they were made. */
export function readDraft(id: string, originals: Originals): Edited {
  const kept: unknown = parse(storage()?.getItem(key(id)) ?? null);
  return fromStored((kept ?? {}) as Partial<Record<Program, unknown>>, originals);
}

/** Code as it was kept, for the lab as it is now. What is not of the kept shape is left out. */
export function fromStored(kept: Partial<Record<Program, unknown>>, originals: Originals): Edited {
  const texts: Drafts = {};
  let changed = false;
  for (const program of PROGRAMS) {
    const own = originals[program];
    const stored = kept[program];
    if (!own || !isStored(stored)) continue;
    const isSame = stored.of === hash(own);
    texts[program] = isSame ? stored.texts : carriedOver(stored, own, `${COMMENT[program]} `);
    changed ||= !isSame && stored.of !== '';
  }
  return { texts, changed };
}

/** Code as it is kept; of the programs that were edited. */
export function toStored(
  drafts: Drafts,
  originals: Originals,
): Partial<Record<Program, StoredSide>> {
  const kept: Partial<Record<Program, StoredSide>> = {};
  for (const program of PROGRAMS) {
    const own = originals[program];
    const texts = drafts[program];
    if (!own || !texts) continue;
    kept[program] = { names: own.map(({ name }) => name), texts: [...texts], of: hash(own) };
  }
  return kept;
}

/** Keeps the edits, or forgets the lab when there are none. */
export function writeDraft(id: string, drafts: Drafts, originals: Originals): void {
  const kept = toStored(drafts, originals);
  try {
    if (Object.keys(kept).length > 0) storage()?.setItem(key(id), JSON.stringify(kept));
    else storage()?.removeItem(key(id));
  } catch (error) {
    // A full or forbidden storage costs the reader the way back to this page, not the edit itself.
    console.warn('The edits of this lab are not kept for your next visit:', error);
  }
}

/** Forgets the edits of all labs. */
export function eraseDrafts(): void {
  const store = storage();
  if (!store) return;
  const keys = Array.from({ length: store.length }, (_, index) => store.key(index) ?? '');
  for (const name of keys) if (name.startsWith(key(''))) store.removeItem(name);
}

/** The texts for the lab as it is now. */
function carriedOver(
  { names, texts }: StoredSide,
  own: ReadonlyArray<{ name: string; text: string }>,
  comment: string,
): string[] {
  const now = own.map(({ name, text }) => texts[names.indexOf(name)] ?? text);
  const left = texts.filter((_, index) => own.every(({ name }) => name !== names[index]));
  if (left.length === 0) return now;
  const asComment = left.flatMap((text) => text.split('\n')).map((line) => comment + line);
  return [...now.slice(0, -1), [now.at(-1) ?? '', ...asComment].join('\n')];
}

function hash(blocks: ReadonlyArray<{ name: string; text: string }>): string {
  return fingerprint(JSON.stringify(blocks.map(({ name, text }) => [name, text]))).toString(36);
}

/** FNV-1a, 32 bits: told apart are editions and broken copies, not texts of adversaries. */
export function fingerprint(text: string): number {
  let sum = 0x811c9dc5;
  for (const character of text) {
    sum = Math.imul(sum ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return sum >>> 0;
}

function isStored(value: unknown): value is StoredSide {
  const { names, texts, of } = (value ?? {}) as Partial<Record<keyof StoredSide, unknown>>;
  return (
    isTexts(names) && isTexts(texts) && typeof of === 'string' && names.length === texts.length
  );
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((text) => typeof text === 'string');

function parse(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Reading `localStorage` throws where the reader's settings forbid it. */
function storage(): Storage | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}
