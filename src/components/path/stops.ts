/** The stops of learning paths: found among the chapters and labs that there are, with their times. */
import type { Paths } from '../../config/path.ts';
import { didYouMean } from '../../engine/lab/nearest.ts';
import { minutesFor } from './times.ts';

/** A lab or an exercise of a page. */
export interface KnownLab {
  id: string;
  title: string;
  /** Without the base. */
  address: string;
  exercise: boolean;
}

/** A chapter of the guide. */
export interface KnownChapter {
  id: string;
  number: number;
  title: string;
  address: string;
  planned: boolean;
  words: number;
  labs: KnownLab[];
}

/** A stop as it is shown. */
export interface Stop {
  title: string;
  address: string;
  /** `Chapter 6`, `Lab`, `Exercise`. */
  kind: string;
  why: string;
  skip: { titles: string[]; because: string } | undefined;
  /** None while a chapter is only planned. */
  minutes: number | undefined;
  /** Ids of what is to be done at it. */
  labs: string[];
  exercises: string[];
}

/** A path as it is shown. */
export interface LearningPath {
  id: string;
  title: string;
  who: string;
  able: string;
  stops: Stop[];
  /** The sum of what is written. */
  minutes: number;
  /** How many stops are only planned. */
  planned: number;
}

/** A mistake in the file of paths. The message names the file, the line and the nearest right name. */
export class PathError extends Error {
  override readonly name = 'PathError';
}

/**
 * Looks the stops up. `complain` says a mistake at a field of the file.
 * @throws what `complain` throws, for a stop or a skipped lab that is not there.
 */
export function resolvePaths(
  { paths }: Paths,
  chapters: readonly KnownChapter[],
  labs: readonly KnownLab[],
  complain: (keys: PropertyKey[], message: string) => never,
): LearningPath[] {
  return paths.map(({ stops: written, ...path }, index) => {
    const stops = written.map((stop, at) =>
      resolveStop(stop, chapters, labs, (keys, message) =>
        complain(['paths', index, 'stops', at, ...keys], message),
      ),
    );
    return {
      ...path,
      stops,
      minutes: stops.reduce((sum, { minutes = 0 }) => sum + minutes, 0),
      planned: stops.filter(({ minutes }) => minutes === undefined).length,
    };
  });
}

type WrittenStop = Paths['paths'][number]['stops'][number];

function resolveStop(
  { at, why, skip }: WrittenStop,
  chapters: readonly KnownChapter[],
  labs: readonly KnownLab[],
  complain: (keys: PropertyKey[], message: string) => never,
): Stop {
  const chapter = chapters.find(({ id }) => id === at);
  const lab = labs.find(({ id }) => id === at);
  if (lab) {
    if (skip) complain(['skip'], 'only a chapter has labs that can be skipped');
    return {
      title: lab.title,
      address: lab.address,
      kind: lab.exercise ? 'Exercise' : 'Lab',
      why,
      skip: undefined,
      ...done(0, [lab]),
    };
  }
  if (!chapter) {
    const known = [...chapters, ...labs].map(({ id }) => id);
    return complain(['at'], `no chapter or lab on a page is '${at}'${didYouMean(at, known)}`);
  }
  const named = (name: string) => `${chapter.id}/${name}`;
  const skipped = (skip?.labs ?? []).map((name, index) => {
    const found = chapter.labs.find(({ id }) => id === named(name));
    const names = chapter.labs.map(({ id }) => id.slice(named('').length));
    const where = `the page of '${chapter.id}' has no lab '${name}'`;
    return found ?? complain(['skip', 'labs', index], `${where}${didYouMean(name, names)}`);
  });
  const { minutes, ...rest } = done(
    chapter.words,
    chapter.labs.filter((one) => !skipped.includes(one)),
  );
  return {
    title: chapter.title,
    address: chapter.address,
    kind: `Chapter ${chapter.number}`,
    why,
    skip: skip && { titles: skipped.map(({ title }) => title), because: skip.because },
    minutes: chapter.planned ? undefined : minutes,
    ...rest,
  };
}

function done(words: number, all: readonly KnownLab[]) {
  const ids = (exercise: boolean) =>
    all.filter((lab) => lab.exercise === exercise).map(({ id }) => id);
  const [labs, exercises] = [ids(false), ids(true)];
  const minutes = minutesFor({ words, labs: labs.length, exercises: exercises.length });
  return { minutes, labs, exercises };
}
