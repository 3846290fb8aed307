/** recording.json: what is written is read as it was, and the same plays give the same text. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Level } from '../../../src/engine/sessions/conditions.ts';
import type { Play, PlayEvent, TableVersions } from '../../../src/engine/sessions/play.ts';
import { Recording, writeRecording } from '../../../src/engine/sessions/recording.ts';

const rows = fc.array(fc.array(fc.option(fc.string()), { maxLength: 3 }), { maxLength: 3 });
const columns = fc.array(fc.string(), { maxLength: 3 });
const step = fc.constantFrom('A1', 'A2', 'B1', 'C3' as const);
const event: fc.Arbitrary<PlayEvent> = fc.oneof(
  fc.record({
    kind: fc.constant('answered'),
    step,
    answer: fc.record(
      {
        tag: fc.string(),
        columns,
        rows,
        notices: fc.array(fc.string(), { maxLength: 2 }),
        error: fc.record({ code: fc.constant('40001'), message: fc.string() }),
      },
      { requiredKeys: ['tag'] },
    ),
  }),
  fc.record({
    kind: fc.constant('waits'),
    step,
    wait: fc.record({
      lock: fc.string(),
      mode: fc.string(),
      blockedBy: fc.subarray<'A' | 'B'>(['A', 'B']),
    }),
  }),
  fc.record({ kind: fc.constant('cancelled'), step }),
) as fc.Arbitrary<PlayEvent>;
const versions: fc.Arbitrary<TableVersions[]> = fc.array(
  fc.record({
    table: fc.string(),
    columns,
    versions: fc.array(
      fc.record({
        at: fc.string(),
        madeBy: fc.string(),
        made: fc.constantFrom('open', 'committed', 'aborted' as const),
        values: fc.array(fc.option(fc.string()), { maxLength: 2 }),
      }),
      { maxLength: 2 },
    ),
  }),
  { minLength: 1, maxLength: 2 },
);
const play: fc.Arbitrary<Play> = fc
  .array(fc.tuple(event, fc.option(versions)), { minLength: 1, maxLength: 6 })
  .chain((both) =>
    fc.record({
      events: fc.constant(both.map(([each]) => each)),
      // Where nothing at all was seen, there is no list of it.
      ...(both.some(([, each]) => each !== null) && {
        versions: fc.constant(both.map(([, each]) => each)),
      }),
      final: fc.array(fc.record({ columns, rows }), { maxLength: 2 }),
    }),
  );
const level = fc.constantFrom<Level>('read committed', 'serializable');
const order = fc.stringMatching(/^[AB]{1,4}$/);
const plays = fc
  .uniqueArray(
    fc.tuple(
      level,
      fc.uniqueArray(fc.tuple(order, play), {
        selector: ([each]) => each,
        minLength: 1,
        maxLength: 3,
      }),
    ),
    { selector: ([each]) => each, minLength: 1 },
  )
  .map((levels) => new Map(levels.map(([each, orders]) => [each, new Map(orders)] as const)));

describe('a recording', () => {
  test('has every play as it was written, and the levels and orders in their order', () => {
    fc.assert(
      fc.property(plays, (all) => {
        const recording = Recording.read(JSON.parse(writeRecording(all)));
        expect(recording.levels).toEqual([...all.keys()]);
        for (const [each, orders] of all) {
          expect(recording.orders(each)).toEqual([...orders.keys()]);
          for (const [name, written] of orders) expect(recording.play(each, name)).toEqual(written);
        }
      }),
    );
  });

  test('of the same plays is the same text', () => {
    fc.assert(
      fc.property(plays, (all) => {
        expect(writeRecording(structuredClone(all))).toBe(writeRecording(all));
      }),
    );
  });

  const one: Play = {
    events: [{ kind: 'answered', step: 'A1', answer: { tag: 'COMMIT' } }],
    final: [],
  };

  test('has a play in a line, and what repeats itself once', () => {
    const text = writeRecording(
      new Map([
        [
          'serializable',
          new Map([
            ['AB', one],
            ['BA', one],
          ]),
        ],
      ]),
    );
    expect(text.match(/COMMIT/g)).toHaveLength(1);
    expect(text.split('\n').filter((line) => /"(AB|BA)"/.test(line))).toHaveLength(2);
    expect(text.endsWith('}\n')).toBe(true);
  });

  test('knows nothing of what it has not', () => {
    const recording = Recording.read(
      JSON.parse(writeRecording(new Map([['serializable', new Map([['AB', one]])]]))),
    );
    expect(recording.play('serializable', 'BA')).toBeUndefined();
    expect(recording.play('read committed', 'AB')).toBeUndefined();
    expect(recording.orders('read committed')).toEqual([]);
  });

  test.each([
    {},
    { answers: [], waits: [], versions: [], finals: [], plays: { serializable: { AB: {} } } },
  ])('is not %j', (json) => {
    expect(() => Recording.read(json)).toThrow();
  });
});
