/** What is kept of the consoles while the tab is open: a reload loses nothing that was typed. */
import * as z from 'zod/mini';
import { SESSION_NAMES, type SessionName } from '../../../engine/sessions/play.ts';
import { keyOf } from './place.ts';
import type { Script } from './script.ts';

/** A text for each session. */
export type Texts = Record<SessionName, string>;

/** What is kept. */
export interface Kept extends Script {
  texts: Texts;
  /** What was run in each session, the oldest first. */
  history: Record<SessionName, string[]>;
}

const session = z.enum(SESSION_NAMES);
const shape = z.object({
  setup: z.string(),
  sessions: z.union([z.literal(2), z.literal(3)]),
  acts: z.array(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('send'), session, sql: z.string() }),
      z.object({ kind: z.literal('cancel'), session }),
      z.object({ kind: z.literal('pass') }),
    ]),
  ),
  texts: z.object({ A: z.string(), B: z.string(), C: z.string() }),
  history: z.object({ A: z.array(z.string()), B: z.array(z.string()), C: z.array(z.string()) }),
});

/** What is kept; undefined where nothing is, or what is there cannot be read. */
export function readKept(link: string | undefined): Kept | undefined {
  try {
    return shape.safeParse(JSON.parse(sessionStorage.getItem(keyOf(link)) ?? '')).data;
  } catch {
    // No such text, or a browser that keeps nothing.
    return undefined;
  }
}

/** Keeps it for as long as the tab is open; without effect where the browser keeps nothing. */
export function keep(link: string | undefined, kept: Kept): void {
  try {
    sessionStorage.setItem(keyOf(link), JSON.stringify(kept));
  } catch {
    // Full, or forbidden: then only a reload loses what was typed.
  }
}
