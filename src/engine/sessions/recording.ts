/** recording.json: all plays of a scenario, with what repeats itself written once. */
import * as z from 'zod/mini';
import type { Level } from './conditions.ts';
import type {
  FinalRows,
  Play,
  PlayEvent,
  StepAnswer,
  StepId,
  TableVersions,
  Wait,
} from './play.ts';

/** An event: its step, what it is, and a number in `answers` or `waits`; then one in `versions`. */
type PackedEvent =
  | [step: string, kind: 'answered' | 'waits', index: number, versions: number | null]
  | [step: string, kind: 'cancelled', index: null, versions: number | null];

interface PackedPlay {
  events: PackedEvent[];
  final: number;
}

/** What recording.json holds. */
export interface PackedRecording {
  answers: StepAnswer[];
  waits: Wait[];
  versions: TableVersions[][];
  finals: FinalRows[][];
  /** By isolation level, then by order. */
  plays: Partial<Record<Level, Record<string, PackedPlay>>>;
}

const index = z.number().check(z.int(), z.nonnegative());
const shape = z.object({
  answers: z.array(z.object({ tag: z.string() })),
  waits: z.array(z.object({ lock: z.string() })),
  versions: z.array(z.array(z.object({ table: z.string() }))),
  finals: z.array(z.array(z.object({ columns: z.array(z.string()) }))),
  plays: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        events: z.array(
          z.tuple([
            z.string(),
            z.enum(['answered', 'waits', 'cancelled']),
            z.nullable(index),
            z.nullable(index),
          ]),
        ),
        final: index,
      }),
    ),
  ),
});

/** A recording, by which the page and the tests look up plays. */
export class Recording {
  readonly #packed: PackedRecording;

  constructor(packed: PackedRecording) {
    this.#packed = packed;
  }

  /**
   * Reads recording.json, parsed.
   * @throws {z.core.$ZodError} when it is not one; it says where.
   */
  static read(json: unknown): Recording {
    shape.parse(json);
    return new Recording(json as PackedRecording);
  }

  /** Undefined for an order or a level that was not recorded. */
  play(level: Level, order: string): Play | undefined {
    const { answers, waits, versions, finals, plays } = this.#packed;
    const packed = plays[level]?.[order];
    if (!packed) return undefined;
    const events = packed.events.map(([name, kind, at]): PlayEvent => {
      const step = name as StepId;
      if (kind === 'answered') return { kind, step, answer: answers[at] as StepAnswer };
      return kind === 'waits' ? { kind, step, wait: waits[at] as Wait } : { kind, step };
    });
    const watched = packed.events.map(([, , , at]) =>
      at === null ? null : (versions[at] ?? null),
    );
    return {
      events,
      ...(watched.some((each) => each !== null) && { versions: watched }),
      final: finals[packed.final] ?? [],
    };
  }

  /** The orders that were recorded at a level. */
  orders(level: Level): string[] {
    return Object.keys(this.#packed.plays[level] ?? {});
  }

  get levels(): Level[] {
    return Object.keys(this.#packed.plays) as Level[];
  }
}

/** A list in which each value stands once. */
class Once<T> {
  readonly values: T[] = [];
  readonly #numbers = new Map<string, number>();

  number(value: T): number {
    const key = JSON.stringify(value);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.values.push(value);
    this.#numbers.set(key, this.values.length - 1);
    return this.values.length - 1;
  }
}

/** Writes recording.json: the same plays give the same text, one play a line. */
export function writeRecording(plays: ReadonlyMap<Level, ReadonlyMap<string, Play>>): string {
  const answers = new Once<StepAnswer>();
  const waits = new Once<Wait>();
  const versions = new Once<TableVersions[]>();
  const finals = new Once<FinalRows[]>();
  const levels = [...plays].map(([level, orders]) => {
    const lines = [...orders].map(([order, play]) => {
      const events = play.events.map((event, at): PackedEvent => {
        const watched = play.versions?.[at];
        const seen = watched ? versions.number(watched) : null;
        if (event.kind === 'answered')
          return [event.step, event.kind, answers.number(event.answer), seen];
        if (event.kind === 'waits') return [event.step, event.kind, waits.number(event.wait), seen];
        return [event.step, event.kind, null, seen];
      });
      const packed: PackedPlay = { events, final: finals.number(play.final) };
      return `      ${JSON.stringify(order)}: ${JSON.stringify(packed)}`;
    });
    return `    ${JSON.stringify(level)}: {\n${lines.join(',\n')}\n    }`;
  });
  const lists = Object.entries({
    answers: answers.values,
    waits: waits.values,
    versions: versions.values,
    finals: finals.values,
  }).map(([name, values]) => {
    const lines = values.map((value) => `    ${JSON.stringify(value)}`);
    return `  ${JSON.stringify(name)}: [${lines.length > 0 ? `\n${lines.join(',\n')}\n  ` : ''}]`;
  });
  return `{\n${lists.join(',\n')},\n  "plays": {\n${levels.join(',\n')}\n  }\n}\n`;
}
