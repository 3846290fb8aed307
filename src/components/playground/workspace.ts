/**
 * What a workspace of the playground is, and how it is kept. No DOM, no storage in here.
 *
 * Shape: `{"version": 2, "name": text, "made": time, "revision": text, "dataset": name, "files":
 * {"dynamodb": [file, ...], "postgres": [file, ...]}}`, a file being `{"name", "text", "base", "first"}`.
 * `"stays": true` where data stay from run to run; they are kept apart (`kept-data.ts`). A file without a text is the playground's own example. Version 1 had the code of one file a side, as a
 * lab's draft has it; it is read as well. `"settings"` is what the lab had switched on that it was
 * opened from.
 */
import * as z from 'zod/mini';
import type { FirstFile } from '../../engine/lab/first-files.ts';
import type { Side } from '../../engine/lab/result.ts';
import { type LabSettings, settingsShape } from './lab-settings.ts';

/** The longest name of a workspace, in characters. */
export const LONGEST_NAME = 60;
/** The longest name of a file, in characters. */
export const LONGEST_FILE_NAME = 40;
/** What the files of each side end in. */
export const ENDINGS: Record<Side, string> = { dynamodb: 'ts', postgres: 'sql' };

const file = z.object({
  name: z.string().check(z.minLength(1)),
  /** Absent: the playground's own example. */
  text: z.optional(z.string()),
  /** What Reset comes back to: absent, the example; null, the text as it was when it was shown. */
  base: z.optional(z.nullable(z.string())),
  /** Whether it runs before the file that is shown. */
  first: z.optional(z.boolean()),
});
const files = z.array(file).check(z.minLength(1));
const shape = z.object({
  version: z.literal(2),
  name: z.string(),
  made: z.iso.datetime(),
  revision: z.string(),
  dataset: z.string(),
  /** Whether a run goes on from what the run before has left. */
  stays: z.optional(z.boolean()),
  settings: z.optional(settingsShape),
  files: z.object({ dynamodb: files, postgres: files }),
});

const oldSide = z.object({ texts: z.array(z.string()) });
const oldShape = z.object({
  version: z.literal(1),
  name: z.string(),
  made: z.iso.datetime(),
  code: z.object({ dynamodb: z.optional(oldSide), postgres: z.optional(oldSide) }),
});

/** A file of a workspace. */
export type WorkspaceFile = z.infer<typeof file>;
/** The files of both sides, in the order of their tabs; never none. */
export type Files = Record<Side, readonly WorkspaceFile[]>;
/** What is in a workspace. */
export interface Contents {
  dataset: string;
  /** What it has of the lab that it was opened from. */
  settings?: LabSettings | undefined;
  files: Files;
}
/** A workspace as it is kept. */
export interface Workspace extends Contents {
  id: string;
  name: string;
  /** When, in UTC; the oldest comes first. */
  made: string;
  /** Another one after each change; empty while nothing is kept of it. */
  revision: string;
  /** Whether a run goes on from what the run before has left. */
  stays?: boolean | undefined;
}

/** The example of the playground, on the dataset that it is about. */
export const EXAMPLE: Contents = {
  dataset: 'inkwell',
  files: { dynamodb: [{ name: 'query.ts' }], postgres: [{ name: 'query.sql' }] },
};

/** The one there is before any was made; it is kept with the first edit. */
export const FIRST: Workspace = {
  ...EXAMPLE,
  id: 'first',
  name: 'My workspace',
  made: '2000-01-01T00:00:00.000Z',
  revision: '',
};

/** A workspace as it was kept, of this version or an older one; undefined when it cannot be read. */
export function workspaceOf(id: string, kept: unknown): Workspace | undefined {
  const read = shape.safeParse(kept);
  if (read.success) {
    const { version: _, ...workspace } = read.data;
    return { ...workspace, id };
  }
  const old = oldShape.safeParse(kept);
  if (!old.success) return undefined;
  const { name, made, code } = old.data;
  const of = (side: Side): WorkspaceFile[] => {
    const text = code[side]?.texts.join('\n');
    return [{ name: `query.${ENDINGS[side]}`, ...(text !== undefined && { text }) }];
  };
  const files = { dynamodb: of('dynamodb'), postgres: of('postgres') };
  return { id, name, made, revision: 'v1', dataset: EXAMPLE.dataset, files };
}

/** A workspace as it is to be kept. */
export function toKept({ id: _, ...workspace }: Workspace): z.infer<typeof shape> {
  const { dynamodb, postgres } = workspace.files;
  return { version: 2, ...workspace, files: { dynamodb: [...dynamodb], postgres: [...postgres] } };
}

/** The file that is shown at first: the first one that is a program and no preparation. */
export function shownAtFirst(files: readonly WorkspaceFile[]): number {
  return Math.max(
    0,
    files.findIndex(({ first }) => !first),
  );
}

/** The files that run before the one at `shown`, in their order: those left of it that are marked. */
export function filesBefore(
  files: readonly WorkspaceFile[],
  shown: number,
  example: string,
): FirstFile[] {
  const before = files.slice(0, shown).filter(({ first }) => first);
  return before.map(({ name, text = example }) => ({ name, text }));
}

/** Files in the order in which tabs stand: those that run first come first. */
export function inOrder(files: readonly WorkspaceFile[]): WorkspaceFile[] {
  return [...files.filter(({ first }) => first), ...files.filter(({ first }) => !first)];
}

/** A name for a file: what was wanted with the side's ending, and a number where it is taken. */
export function freeName(wanted: string, side: Side, taken: readonly string[]): string {
  const ending = `.${ENDINGS[side]}`;
  const clean = wanted.trim().replace(/[/\\:*?"<>|]+/g, '-');
  const stem = (clean.endsWith(ending) ? clean.slice(0, -ending.length) : clean)
    .slice(0, LONGEST_FILE_NAME - ending.length)
    .trim();
  let free = `${stem || 'file'}${ending}`;
  for (let count = 2; taken.includes(free); count += 1) {
    free = `${stem || 'file'}-${count}${ending}`;
  }
  return free;
}
