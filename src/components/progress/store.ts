/**
 * What a reader has done, kept in this browser alone, under `kj-progress` of localStorage.
 *
 * Shape: `{"version": 1, "labs": {"chapter/name": {"ran": time, "guess": text}}, "exercises":
 * {"chapter/name": {"checked": number, "hints": number, "shown": time, "solved": time, "of":
 * fingerprint}}}`; times are ISO 8601 in UTC. `guess` is the option that was chosen before the first
 * run, in its own words: where the lab has no such option any more, there is no guess. What is optional
 * may be absent: it came later, and earlier progress is read as it is. Written when a lab has run and
 * when an exercise was checked; read by the lab and by the page of progress, which also exports,
 * imports and erases it.
 *
 * A lab that was renamed loses its mark; ids that no lab has are kept and not shown, so that an older
 * page of the site in another tab takes nothing away. `of` tells which edition of an exercise was
 * solved: solved once, it stays solved, and the page says that it has changed since. A later version
 * of this shape is read only by pages that know it, and left alone by this one.
 */
import * as z from 'zod/mini';

const KEY = 'kj-progress';
const VERSION = 1;

const exerciseProgress = z.object({
  /** How often its checks were asked. */
  checked: z.int(),
  /** How many hints were opened. */
  hints: z.int(),
  /** When the solution was opened. */
  shown: z.optional(z.iso.datetime()),
  /** When all checks first passed. */
  solved: z.optional(z.iso.datetime()),
  /** Fingerprint of the exercise that was solved. */
  of: z.optional(z.string()),
});

const labProgress = z.object({
  /** When it first ran. */
  ran: z.iso.datetime(),
  /** What was guessed before. */
  guess: z.optional(z.string()),
});

const progress = z.object({
  version: z.literal(VERSION),
  labs: z.record(z.string(), labProgress),
  exercises: z.record(z.string(), exerciseProgress),
});

/** Everything that is kept. */
export type Progress = z.infer<typeof progress>;
/** What is kept of one exercise. */
export type ExerciseProgress = z.infer<typeof exerciseProgress>;

/** A file that cannot be taken in; the message says why. */
export class ImportError extends Error {
  override readonly name = 'ImportError';
}

const nothing = (): Progress => ({ version: VERSION, labs: {}, exercises: {} });

/** What is kept; nothing where there is none, or none that this page can read. */
export function readProgress(): Progress {
  const parsed = progress.safeParse(parse(storage()?.getItem(KEY)));
  return parsed.success ? parsed.data : nothing();
}

/** Notes that a lab has run. */
export function labRan(id: string, now = new Date()): void {
  change(({ labs }) => {
    labs[id] ??= { ran: now.toISOString() };
  });
}

/** Keeps the guess of a lab that has run; the first one counts. */
export function labGuessed(id: string, guess: string): void {
  change(({ labs }) => {
    const lab = labs[id];
    if (lab) lab.guess ??= guess;
  });
}

/** Changes what is kept of an exercise. */
export function exerciseDid(id: string, what: (exercise: ExerciseProgress) => void): void {
  change(({ exercises }) => {
    exercises[id] ??= { checked: 0, hints: 0 };
    what(exercises[id]);
  });
}

/** The whole as a file's text. */
export function exportProgress(): string {
  return `${JSON.stringify(readProgress(), null, 2)}\n`;
}

/**
 * Takes in what `exportProgress` wrote, here or elsewhere, beside what is there: nothing that was
 * done is undone by it.
 * @throws {ImportError}
 */
export function importProgress(text: string): void {
  const value = parse(text);
  if (value === undefined) throw new ImportError('The file is not JSON.');
  const version = (value as { version?: unknown } | null)?.version;
  if (typeof version === 'number' && version > VERSION) {
    throw new ImportError('The file was written by a newer edition of this site. Reload the page.');
  }
  const parsed = progress.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const at = issue?.path.join('.') || 'the whole file';
    throw new ImportError(`The file is no exported progress: ${at} is not as it should be.`);
  }
  change((mine) => {
    for (const [id, theirs] of Object.entries(parsed.data.labs)) {
      const guess = mine.labs[id]?.guess ?? theirs.guess;
      const ran = earlier(mine.labs[id]?.ran, theirs.ran) as string;
      mine.labs[id] = { ran, ...(guess !== undefined && { guess }) };
    }
    for (const [id, theirs] of Object.entries(parsed.data.exercises)) {
      const ours = mine.exercises[id];
      mine.exercises[id] = ours ? both(ours, theirs) : theirs;
    }
  });
}

/** Forgets everything. */
export function eraseProgress(): void {
  storage()?.removeItem(KEY);
}

/** Calls back when another tab has changed it. Answers how to stop that. */
export function onProgress(call: () => void): () => void {
  const listener = (event: StorageEvent) => {
    if (event.key === KEY || event.key === null) call();
  };
  addEventListener('storage', listener);
  return () => removeEventListener('storage', listener);
}

function both(ours: ExerciseProgress, theirs: ExerciseProgress): ExerciseProgress {
  const solved = earlier(ours.solved, theirs.solved);
  const shown = earlier(ours.shown, theirs.shown);
  const of = solved === ours.solved ? ours.of : theirs.of;
  return {
    checked: Math.max(ours.checked, theirs.checked),
    hints: Math.max(ours.hints, theirs.hints),
    ...(shown !== undefined && { shown }),
    ...(solved !== undefined && { solved }),
    ...(of !== undefined && { of }),
  };
}

/** ISO times sort as text. */
function earlier(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a < b ? a : b;
}

function change(what: (progress: Progress) => void): void {
  const stored: unknown = parse(storage()?.getItem(KEY));
  const version = (stored as { version?: unknown } | undefined)?.version;
  // A newer edition's progress is not this page's to write.
  if (typeof version === 'number' && version > VERSION) return;
  const now = readProgress();
  what(now);
  try {
    storage()?.setItem(KEY, JSON.stringify(now));
  } catch (error) {
    console.warn('Your progress is not kept: the storage of this browser is full.', error);
  }
}

function parse(text: string | null | undefined): unknown {
  try {
    return text == null ? undefined : JSON.parse(text);
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
