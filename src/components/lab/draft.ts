/**
 * The reader's edits, kept for the browser session under `kj-lab:<id>`.
 * Shape: `{"dynamodb": ["block", ...], "postgres": [...]}`, a side only when it differs from the lab.
 * Written on every edit, removed when the code is the lab's again, read once when the lab appears.
 * A draft whose blocks no longer fit the lab (it was changed meanwhile) is left out.
 */
import type { Side } from '../../engine/lab/result.ts';
import type { Texts } from './state.ts';

/** The edited sides of a lab. */
export type Draft = Partial<Record<Side, Texts>>;

const key = (id: string) => `kj-lab:${id}`;

/** Whether a lab has edits; cheap enough to ask before anything of the lab is loaded. */
export function hasDraft(id: string): boolean {
  return storage()?.getItem(key(id)) != null;
}

/** The edits of a lab. `blocks` is the number of blocks on each side. */
export function readDraft(id: string, blocks: Record<Side, number>): Draft {
  const text = storage()?.getItem(key(id));
  const stored: unknown = text == null ? undefined : parse(text);
  const draft: Draft = {};
  if (typeof stored !== 'object' || stored === null) return draft;
  for (const side of ['dynamodb', 'postgres'] as const) {
    const texts = (stored as Record<string, unknown>)[side];
    if (Array.isArray(texts) && texts.length === blocks[side] && texts.every(isText)) {
      draft[side] = texts;
    }
  }
  return draft;
}

/** Keeps the edits, or forgets the lab when there are none. */
export function writeDraft(id: string, draft: Draft): void {
  try {
    if (draft.dynamodb || draft.postgres) storage()?.setItem(key(id), JSON.stringify(draft));
    else storage()?.removeItem(key(id));
  } catch (error) {
    // A full or forbidden storage costs the reader the way back to this page, not the edit itself.
    console.warn('The edits of this lab are not kept for your next visit:', error);
  }
}

const isText = (value: unknown): value is string => typeof value === 'string';

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Reading `sessionStorage` throws where the reader's settings forbid it. */
function storage(): Storage | undefined {
  try {
    return sessionStorage;
  } catch {
    return undefined;
  }
}
