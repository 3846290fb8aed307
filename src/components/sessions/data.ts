/** What the explorer of a scenario is drawn from: the same data when the page is built and in the page. */
import { LEVELS, type Level } from '../../engine/sessions/conditions.ts';
import type { Recorded } from '../../engine/sessions/load.ts';
import type { PlayStep, SessionName, StepId } from '../../engine/sessions/play.ts';
import type { PackedRecording } from '../../engine/sessions/recording.ts';
import type { NamedScenario } from '../../engine/sessions/scenario.ts';

/** `/sessions/<name>.json`. */
export interface ScenarioData {
  scenario: NamedScenario;
  recording: PackedRecording;
  recorded: Recorded;
  /** Each step's statement as highlighted HTML, by level where the statement names it. */
  sql: Record<string, string | Partial<Record<Level, string>>>;
  /** The parts of dynamodb.ts as highlighted HTML: `head`, `set-up`, and by step. */
  dynamodb: Record<string, string>;
}

/** What the reader has chosen: which of the recorded plays is shown. */
export interface Choice {
  level: Level;
  /** The session of each step, in the order in which they are to be sent. */
  order: string;
}

/** A level as addresses have it: `read-committed`. */
export const levelSlug = (level: Level): string => level.replaceAll(' ', '-');

/** The level of an address; undefined when it is none. */
export const levelOfSlug = (slug: string): Level | undefined =>
  LEVELS.find((level) => levelSlug(level) === slug);

/** `Repeatable read`. */
export const levelName = (level: Level): string => level[0]?.toUpperCase() + level.slice(1);

/** What is shown first. */
export function firstChoice({ level, levels, order }: ScenarioData['scenario']): Choice {
  return { level: level ?? (levels[0] as Level), order };
}

/** What a step does, in the words of the scenario. */
export function doesOf({ sessions }: Pick<NamedScenario, 'sessions'>, id: StepId): string {
  const step = sessions[id[0] as SessionName]?.[Number(id.slice(1)) - 1];
  return step?.does ?? '';
}

/** The highlighted statement of a step at a level. */
export function sqlHtml({ sql }: Pick<ScenarioData, 'sql'>, id: StepId, level: Level): string {
  const html = sql[id];
  return (typeof html === 'string' ? html : html?.[level]) ?? '';
}

/** Orders in which one session comes after the other: `AABB`, `BBAA`. */
export function serialOrders(steps: readonly Pick<PlayStep, 'session'>[]): string[] {
  const names = [...new Set(steps.map(({ session }) => session))];
  const whole = (name: SessionName) =>
    name.repeat(steps.filter(({ session }) => session === name).length);
  return permutations(names).map((order) => order.map(whole).join(''));
}

function permutations<T>(values: readonly T[]): T[][] {
  if (values.length <= 1) return [[...values]];
  return values.flatMap((value, index) =>
    permutations(values.toSpliced(index, 1)).map((rest) => [value, ...rest]),
  );
}
