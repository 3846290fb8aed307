/** What may be asked of a play: each condition, met and not met, and what is said of it. */
import { describe, expect, test } from 'vitest';
import { conditionSchema } from '../../../src/engine/sessions/condition-schema.ts';
import { conditionWords, foundWords } from '../../../src/engine/sessions/condition-words.ts';
import { holds, type PlayCondition } from '../../../src/engine/sessions/conditions.ts';
import type { Play } from '../../../src/engine/sessions/play.ts';

/** B2 waits for A, and goes through when A commits; A3 fails; B3 is cancelled in the end. */
const play: Play = {
  events: [
    { kind: 'answered', step: 'A1', answer: { tag: 'UPDATE 1' } },
    {
      kind: 'answered',
      step: 'B1',
      answer: {
        tag: 'SELECT 2',
        columns: ['id', 'note'],
        rows: [
          ['1', null],
          ['2', 'x'],
        ],
      },
    },
    {
      kind: 'waits',
      step: 'B2',
      wait: { lock: 'transactionid', mode: 'ShareLock', blockedBy: ['A'] },
    },
    { kind: 'answered', step: 'A2', answer: { tag: 'COMMIT' } },
    { kind: 'answered', step: 'B2', answer: { tag: 'UPDATE 0' } },
    {
      kind: 'answered',
      step: 'A3',
      answer: { tag: '', error: { code: '40001', message: 'could not serialize access' } },
    },
    {
      kind: 'waits',
      step: 'B3',
      wait: { lock: 'advisory', mode: 'ExclusiveLock', blockedBy: ['A'] },
    },
    { kind: 'cancelled', step: 'B3' },
    {
      kind: 'answered',
      step: 'B3',
      answer: { tag: '', error: { code: '57014', message: 'canceling statement' } },
    },
  ],
  final: [
    { columns: ['balance'], rows: [['90']] },
    { columns: ['other'], rows: [['1']] },
  ],
};
const LEVEL = 'repeatable read';

const MET: PlayCondition[] = [
  {},
  { level: LEVEL },
  { level: ['serializable', LEVEL] },
  { waits: 'B2' },
  { waits: ['B2', 'B3'] },
  { atOnce: ['A1', 'B1', 'A2', 'A3'] },
  { cancelled: 'B3' },
  { fails: { A3: '40001' } },
  { fails: { A: '40001', B: '57014' } },
  { fails: { any: '57014' } },
  { nothingFails: '40P01' },
  { succeeds: ['A1', 'B2'] },
  {
    answers: {
      B1: [
        ['1', null],
        ['2', 'x'],
      ],
    },
  },
  { tags: { B2: 'UPDATE 0', A1: 'UPDATE 1' } },
  { before: [['A2', 'A3']] },
  { final: [['90']] },
];

const NOT_MET: PlayCondition[] = [
  { level: 'serializable' },
  { waits: 'A1' },
  { waits: ['B2', 'A1'] },
  { atOnce: 'B2' },
  { atOnce: 'C1' },
  { cancelled: 'B2' },
  { fails: { A2: '40001' } },
  { fails: { A3: '40P01' } },
  { fails: { B: '40001' } },
  { fails: { any: '23505' } },
  { nothingFails: true },
  { nothingFails: '40001' },
  { succeeds: 'A3' },
  { succeeds: 'C1' },
  { answers: { B1: [['1', null]] } },
  { answers: { A3: [['1']] } },
  { tags: { B2: 'UPDATE 1' } },
  // B2 was sent before A2 was answered, though it was answered after it.
  { before: [['A2', 'B2']] },
  {
    before: [
      ['A2', 'A3'],
      ['B2', 'B1'],
    ],
  },
  { final: [['1']] },
  // All that is given must hold.
  { waits: 'B2', fails: { A3: '40P01' } },
];

describe('a condition', () => {
  test.each(MET)('holds: %j', (condition) => {
    expect(holds(condition, play, LEVEL)).toBe(true);
  });

  test.each(NOT_MET)('does not hold: %j', (condition) => {
    expect(holds(condition, play, LEVEL)).toBe(false);
  });

  test('without rows is met by an answer that has none', () => {
    expect(holds({ answers: { A1: [] } }, play, LEVEL)).toBe(true);
    expect(holds({ answers: { B1: [] } }, play, LEVEL)).toBe(false);
  });

  test('is written as the schema says', () => {
    for (const condition of [...MET, ...NOT_MET]) {
      expect(conditionSchema.safeParse(condition)).toMatchObject({ success: true });
    }
    const mistakes = [
      { waits: 'D1' },
      { waits: 'A0' },
      { fails: { A1: 40001 } },
      { fails: { A1: '4001' } },
      { level: 'snapshot' },
      { before: [['A1']] },
      { wait: 'A1' },
    ];
    for (const mistake of mistakes) {
      expect([mistake, conditionSchema.safeParse(mistake).success]).toEqual([mistake, false]);
    }
  });
});

test('a condition is told in words', () => {
  expect(
    conditionWords({
      level: ['repeatable read', 'serializable'],
      waits: 'B2',
      fails: { any: '40001', A: '40P01', B2: '57014' },
      nothingFails: true,
      answers: { B1: [['1', null]] },
      before: [['A2', 'B1']],
      final: [],
    }),
  ).toBe(
    'at repeatable read or serializable; B2 has to wait; a step fails with `40001`; a step of A fails with `40P01`; B2 fails with `57014`; no step fails; B1 answers `1 | NULL`; A2 has been answered before B1 is sent; in the end there is no row',
  );
});

test('and so is what there was in its place', () => {
  expect(foundWords({ atOnce: 'B2', fails: { A: '40P01' }, final: [] }, play)).toBe(
    'A1: `UPDATE 1`; A2: `COMMIT`; B2: waits, then `UPDATE 0`; A3: `40001`; in the end `90`',
  );
});
