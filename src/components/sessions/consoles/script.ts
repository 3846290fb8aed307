/** What readers do in the consoles, as data: in which order, and as a part of an address. */
import * as z from 'zod/mini';
import { SESSION_NAMES, type SessionName, type StepId } from '../../../engine/sessions/play.ts';
import { BROKEN, pack, parse, ShareError, unpack } from '../../lab/share-code.ts';
import { FRAGMENT } from './place.ts';

/** One thing that was done: a statement sent, a wait cancelled, time let pass until a timeout. */
export type Act =
  | { kind: 'send'; session: SessionName; sql: string }
  | { kind: 'cancel'; session: SessionName }
  | { kind: 'pass' };

/** A set-up, and what is done after it. */
export interface Script {
  setup: string;
  sessions: 2 | 3;
  acts: Act[];
}

/** The most acts of a script. */
export const MOST_ACTS = 300;
const VERSION = 1;

const shape = z.tuple([
  z.string(),
  z.union([z.literal(2), z.literal(3)]),
  z.array(
    z.union([
      z.tuple([z.enum(SESSION_NAMES), z.string()]),
      z.tuple([z.enum(SESSION_NAMES)]),
      z.tuple([]),
    ]),
  ),
]);

/** The names of the sessions, of which there are two or three. */
export function sessionNames({ sessions }: Pick<Script, 'sessions'>): SessionName[] {
  return SESSION_NAMES.slice(0, sessions);
}

/**
 * The fragment of an address that holds a script: `#script=...`.
 * @throws {ShareError} when it is too long for one.
 */
export function scriptFragment({ setup, sessions, acts }: Script): string {
  if (acts.length > MOST_ACTS) {
    throw new ShareError(`A link holds at most ${MOST_ACTS} steps; these are ${acts.length}.`);
  }
  const told = acts.map((act) => {
    if (act.kind === 'send') return [act.session, act.sql];
    return act.kind === 'cancel' ? [act.session] : [];
  });
  return FRAGMENT + pack(VERSION, JSON.stringify([setup, sessions, told]));
}

/**
 * What the text of a link holds. Nothing of it is run.
 * @throws {ShareError} when it is broken, too long, or of another version.
 */
export async function readScript(text: string): Promise<Script> {
  const read = shape.safeParse(parse((await unpack(text, VERSION)).json));
  if (!read.success) throw new ShareError(BROKEN);
  const [setup, sessions, told] = read.data;
  const names = sessionNames({ sessions });
  const acts = told.map((each): Act => {
    const [session, sql] = each;
    if (session === undefined) return { kind: 'pass' };
    if (!names.includes(session)) throw new ShareError(BROKEN);
    return sql === undefined ? { kind: 'cancel', session } : { kind: 'send', session, sql };
  });
  if (acts.length > MOST_ACTS) {
    throw new ShareError(`This link holds more than ${MOST_ACTS} steps: it is not opened.`);
  }
  return { setup, sessions, acts };
}

/** The statement of each step, named as the engine names it: by session, and its place there. */
export function statementsOf(acts: readonly Act[]): Map<StepId, string> {
  const counts = new Map<SessionName, number>();
  const statements = new Map<StepId, string>();
  for (const act of acts) {
    if (act.kind !== 'send') continue;
    const count = (counts.get(act.session) ?? 0) + 1;
    counts.set(act.session, count);
    statements.set(`${act.session}${count}`, act.sql);
  }
  return statements;
}

/**
 * Which of the acts that are left comes next: the first that can be done now, as `nextStep` of plays
 * has it. What only ends a wait can be done while there is one. -1 when none can.
 */
export function nextAct(left: readonly Act[], waiting: ReadonlySet<SessionName>): number {
  return left.findIndex((act) => {
    if (act.kind === 'pass') return waiting.size > 0;
    return waiting.has(act.session) === (act.kind === 'cancel');
  });
}
