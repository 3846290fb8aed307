/** What the explorer of interleavings knows without a page: moves, addresses, outcomes, words. */
import { describe, expect, test } from 'vitest';
import { askedText, choiceHref, readAsked } from '@/components/sessions/address.ts';
import { type Choice, levelOfSlug, levelSlug, serialOrders } from '@/components/sessions/data.ts';
import { differences } from '@/components/sessions/live-compare.ts';
import {
  lastPlace,
  moveStep,
  orderOf,
  place,
  placeWords,
  sentOrder,
  takenAlong,
} from '@/components/sessions/moves.ts';
import { finalWords, outcomeOf, overviewOf, whyOf } from '@/components/sessions/outcomes.ts';
import { presetsOf, turnByTurn } from '@/components/sessions/presets.ts';
import {
  isDead,
  placeAmong,
  stateWords,
  transactionName,
  waitWords,
} from '@/components/sessions/words.ts';
import { LEVELS } from '@/engine/sessions/conditions.ts';
import type { Play, PlayEvent, RowVersion, StepAnswer, StepId } from '@/engine/sessions/play.ts';
import { Recording, writeRecording } from '@/engine/sessions/recording.ts';
import { type NamedScenario, stepsOf } from '@/engine/sessions/scenario.ts';

/** A reads a stock and writes what it has computed; B takes one, in a statement of its own. */
const SCENARIO: NamedScenario = {
  name: 'stock',
  title: 'Stock',
  summary: 'A reads a stock and writes back what it has computed from it.',
  question: 'When is the stock wrong?',
  levels: ['read committed', 'repeatable read'],
  order: 'ABA',
  setup: 'CREATE TABLE stock (left int)',
  sessions: {
    A: [
      { does: 'Reads the stock', sql: 'SELECT left FROM stock' },
      { does: 'Writes one less', sql: 'UPDATE stock SET left = 9' },
    ],
    B: [{ does: 'Takes one', sql: 'UPDATE stock SET left = left - 1' }],
  },
  watch: [],
  final: ['SELECT left FROM stock'],
  notice: [],
  why: [
    { when: { fails: { any: '40001' } }, says: 'The row had changed since the snapshot.' },
    { when: { final: [['8']] }, says: 'Both have taken one, one after the other.' },
    { when: {}, says: 'A wrote what it had computed from an old stock.' },
  ],
  sources: [],
  dynamodb: { says: 'The same with a condition on the stock.' },
  program: '',
};

const read = (left: string): StepAnswer => ({ tag: 'SELECT 1', columns: ['left'], rows: [[left]] });
const UPDATED: StepAnswer = { tag: 'UPDATE 1' };
const REFUSED: StepAnswer = { tag: '', error: { code: '40001', message: 'could not serialize' } };
const answered = (step: StepId, answer: StepAnswer): PlayEvent => ({
  kind: 'answered',
  step,
  answer,
});
const play = (left: string, ...events: PlayEvent[]): Play => ({
  events,
  final: [{ columns: ['left'], rows: [[left]] }],
});

const AAB = play('8', answered('A1', read('10')), answered('A2', UPDATED), answered('B1', UPDATED));
const BAA = play('8', answered('B1', UPDATED), answered('A1', read('9')), answered('A2', UPDATED));
const LOST = play(
  '9',
  answered('A1', read('10')),
  answered('B1', UPDATED),
  answered('A2', UPDATED),
);
const REFUSAL = play(
  '9',
  answered('A1', read('10')),
  { kind: 'waits', step: 'B1', wait: { lock: 'tuple', mode: 'ShareLock', blockedBy: ['A'] } },
  answered('A2', REFUSED),
  answered('B1', UPDATED),
);

const RECORDING = Recording.read(
  JSON.parse(
    writeRecording(
      new Map([
        ['read committed', new Map(Object.entries({ AAB, ABA: LOST, BAA }))],
        ['repeatable read', new Map(Object.entries({ AAB, ABA: REFUSAL, BAA }))],
      ]),
    ),
  ),
);
const FIRST: Choice = { level: 'read committed', order: 'ABA' };

describe('a moved step', () => {
  const ids: StepId[] = ['A1', 'A2', 'B1', 'B2', 'A3', 'B3'];

  test('comes before or after steps of other sessions', () => {
    expect(moveStep(ids, 'A3', 1)).toEqual(['A1', 'A2', 'B1', 'A3', 'B2', 'B3']);
    expect(moveStep(ids, 'A2', 1)).toEqual(['A1', 'B1', 'A2', 'B2', 'A3', 'B3']);
    expect(moveStep(ids, 'B3', 2)).toEqual(['A1', 'A2', 'B1', 'B2', 'B3', 'A3']);
  });

  test('takes along what comes before or after it in its own session', () => {
    const moved = moveStep(ids, 'B2', 0);
    expect(moved).toEqual(['B1', 'B2', 'A1', 'A2', 'A3', 'B3']);
    expect(takenAlong(ids, moved, 'B2')).toEqual(['B1']);
    expect(takenAlong(ids, moveStep(ids, 'A3', 1), 'A3')).toEqual([]);
    expect(moveStep(ids, 'A1', 3)).toEqual(['B1', 'B2', 'B3', 'A1', 'A2', 'A3']);
  });

  test('goes no further than to the first and the last place', () => {
    expect(moveStep(ids, 'A1', -1)).toEqual(ids);
    expect(moveStep(ids, 'B3', 9)).toEqual(ids);
    expect([place(ids, 'A3'), lastPlace(ids, 'A3')]).toEqual([2, 3]);
  });

  test('leaves every session its own sequence, wherever any step goes', () => {
    for (const id of ids) {
      for (let target = 0; target <= 3; target += 1) {
        const moved = moveStep(ids, id, target);
        expect(place(moved, id)).toBe(target);
        for (const session of ['A', 'B']) {
          const own = (all: readonly StepId[]) => all.filter((each) => each[0] === session);
          expect(own(moved)).toEqual(own(ids));
        }
      }
    }
  });

  test('says where it is', () => {
    expect(placeWords(ids, 'A2')).toBe('before B1');
    expect(placeWords(ids, 'B3')).toBe('after A3');
  });

  test('starts from the sequence in which steps were sent', () => {
    expect(sentOrder(REFUSAL.events)).toEqual(['A1', 'B1', 'A2']);
    expect(orderOf(sentOrder(REFUSAL.events))).toBe('ABA');
  });
});

describe('an address', () => {
  const asked = (text: string) => readAsked(text, SCENARIO, RECORDING, FIRST);

  test('holds level and order, in the query or behind a name in the fragment', () => {
    const choice: Choice = { level: 'repeatable read', order: 'BAA' };
    expect(choiceHref(choice, undefined)).toBe('?level=repeatable-read&order=BAA');
    expect(choiceHref(choice, 'stock')).toBe('#stock&level=repeatable-read&order=BAA');
    for (const fragment of [undefined, 'stock']) {
      const { search, hash } = new URL(choiceHref(choice, fragment), 'https://example.org/x/');
      expect(asked(askedText({ search, hash }, fragment) ?? '')).toEqual({ choice });
    }
  });

  test('of another explorer, or of none, asks for nothing', () => {
    expect(askedText({ search: '', hash: '#stock' }, 'stock')).toBeUndefined();
    expect(askedText({ search: '', hash: '#other&order=BAA' }, 'stock')).toBeUndefined();
    expect(askedText({ search: '?large=1', hash: '' }, undefined)).toBeUndefined();
  });

  test('may leave out one of the two', () => {
    expect(asked('order=AAB').choice).toEqual({ ...FIRST, order: 'AAB' });
    expect(asked('level=repeatable-read').choice).toEqual({ ...FIRST, level: 'repeatable read' });
  });

  test.each([
    ['order=AABB', /cannot be: "AABB" has more steps of B than B has/],
    ['order=AA', /cannot be: "AA" leaves out B1/],
    ['order=ACA', /cannot be: "ACA" names session C/],
    ['level=serializable', /asks for level “serializable”. This scenario has: read-committed, rep/],
    ['level=none', /asks for level “none”/],
  ])('that asks for %s shows the default and says why', (text, problem) => {
    const { choice, problem: said } = asked(text);
    expect(choice).toEqual(FIRST);
    expect(said).toMatch(problem);
  });

  test('that asks for an order which was not recorded says so', () => {
    const some = Recording.read(
      JSON.parse(writeRecording(new Map([['read committed', new Map([['ABA', LOST]])]]))),
    );
    const { choice, problem } = readAsked('order=AAB', SCENARIO, some, FIRST);
    expect(choice).toEqual(FIRST);
    expect(problem).toBe('The order AAB is possible, but was not recorded at read committed.');
  });

  test('has levels without spaces', () => {
    for (const level of LEVELS) expect(levelOfSlug(levelSlug(level))).toBe(level);
    expect(levelOfSlug('repeatable read')).toBeUndefined();
  });
});

describe('outcomes', () => {
  test('are classed by whether one session after the other could have answered so', () => {
    const { outcomes } = overviewOf(SCENARIO, RECORDING, 'read committed');
    expect(outcomes).toEqual([
      {
        letter: 'a',
        kind: 'serial',
        label: 'Nothing fails; as with one after the other',
        orders: ['AAB', 'BAA'],
      },
      {
        letter: 'b',
        kind: 'mixed',
        label: 'Nothing fails; not as with one after the other',
        orders: ['ABA'],
      },
    ]);
  });

  test('name the session that fails, and are counted', () => {
    const overview = overviewOf(SCENARIO, RECORDING, 'repeatable read');
    expect(outcomeOf(overview, 'ABA')).toMatchObject({ kind: 'fails', label: 'A fails: 40001' });
    expect(placeAmong(overview, 'ABA', SCENARIO)).toBe(
      'Order 2 of 3. 1 of them waits, 1 ends in 40001.',
    );
    expect(placeAmong(overviewOf(SCENARIO, RECORDING, 'read committed'), 'AAB', SCENARIO)).toBe(
      'Order 1 of 3. None of them waits, none fails.',
    );
  });

  test('that would be called the same are told apart by how they end', () => {
    const less = play('7', ...BAA.events);
    const recording = Recording.read(
      JSON.parse(
        writeRecording(
          new Map([['read committed', new Map(Object.entries({ AAB, ABA: LOST, BAA: less }))]]),
        ),
      ),
    );
    const { outcomes } = overviewOf(SCENARIO, recording, 'read committed');
    expect(outcomes.map(({ label }) => label)).toEqual([
      'Nothing fails; as with one after the other. At the end: left 8',
      'Nothing fails; as with one after the other. At the end: left 7',
      'Nothing fails; not as with one after the other',
    ]);
  });

  test('are told apart by who waits where all come to the same', () => {
    const [first, wait, , last] = REFUSAL.events as [PlayEvent, PlayEvent, PlayEvent, PlayEvent];
    const waited = play('8', first, wait, answered('A2', UPDATED), last);
    const recording = Recording.read(
      JSON.parse(
        writeRecording(
          new Map([['read committed', new Map(Object.entries({ AAB, ABA: waited }))]]),
        ),
      ),
    );
    const { outcomes } = overviewOf(SCENARIO, recording, 'read committed');
    expect(outcomes.map(({ label, orders }) => [label, orders])).toEqual([
      ['Nothing fails; as with one after the other; nobody waits', ['AAB']],
      ['Nothing fails; as with one after the other; B waits', ['ABA']],
    ]);
  });

  test('have the first reason that holds', () => {
    expect(whyOf(SCENARIO, REFUSAL, 'repeatable read')).toBe(0);
    expect(whyOf(SCENARIO, LOST, 'read committed')).toBe(2);
  });

  test('tell a short final state, and no long one', () => {
    expect(finalWords(LOST)).toBe('left 9');
    const rows = (...values: string[]) => ({
      final: [{ columns: ['a'], rows: values.map((v) => [v]) }],
    });
    expect(finalWords(rows('1', '2'))).toBe('1; 2');
    expect(finalWords(rows())).toBe('no row');
    expect(finalWords(rows('x'.repeat(80)))).toBeUndefined();
  });
});

describe('orders that have a button', () => {
  test('are the first one, one after the other, and turn by turn, each once', () => {
    expect(presetsOf(SCENARIO, RECORDING, FIRST)).toEqual([
      { name: 'Shown first', order: 'ABA' },
      { name: 'A, then B', order: 'AAB' },
      { name: 'B, then A', order: 'BAA' },
    ]);
  });

  test('go on with whom has steps left', () => {
    expect(turnByTurn(stepsOf(SCENARIO, 'read committed'))).toBe('ABA');
    const three = (['A', 'A', 'A', 'B', 'C', 'C'] as const).map((session) => ({ session }));
    expect(turnByTurn(three)).toBe('ABCACA');
    expect(serialOrders(three)).toHaveLength(6);
  });
});

describe('words', () => {
  test('say for whom a step waits, and on what', () => {
    const wait = { mode: 'ShareLock', blockedBy: ['A' as const] };
    expect(waitWords({ ...wait, lock: 'transactionid' })).toBe(
      'waits for A: ShareLock on A’s transaction',
    );
    expect(waitWords({ ...wait, lock: 'tuple', relation: 'stock', blockedBy: ['A', 'B'] })).toBe(
      'waits for A and B: ShareLock on a row of stock',
    );
    expect(waitWords({ ...wait, lock: 'relation', relation: 'stock' })).toBe(
      'waits for A: ShareLock on table stock',
    );
    expect(waitWords({ ...wait, lock: 'advisory' })).toBe(
      'waits for A: ShareLock on an advisory lock',
    );
    expect(waitWords({ ...wait, lock: 'object' })).toBe('waits for A: ShareLock on object');
  });

  test('name transactions by their sessions', () => {
    expect(['A', 'A#2', 'B#3', 'B#11', 'set-up'].map(transactionName)).toEqual([
      'A',
      'A, 2nd',
      'B, 3rd',
      'B, 11th',
      'set-up',
    ]);
    expect(stateWords('set-up', 'committed')).toBe('');
    expect(stateWords('A', 'committed')).toBe('committed');
  });

  test('call a version dead when no new statement can see it', () => {
    const version: RowVersion = { at: '(0,1)', madeBy: 'A', made: 'committed', values: ['1'] };
    const by = (how: 'deleted' | 'updated' | 'locked') => ({ by: ['B'], how });
    expect(isDead(version)).toBe(false);
    expect(isDead({ ...version, made: 'aborted' })).toBe(true);
    expect(isDead({ ...version, endedBy: by('updated'), ended: 'open' })).toBe(false);
    expect(isDead({ ...version, endedBy: by('updated'), ended: 'aborted' })).toBe(false);
    expect(isDead({ ...version, endedBy: by('deleted'), ended: 'committed' })).toBe(true);
    expect(isDead({ ...version, endedBy: by('locked'), ended: 'committed' })).toBe(false);
  });
});

describe('a play on the live engine', () => {
  test('agrees with the recording when rows, errors, waits and the final state do', () => {
    expect(differences(REFUSAL, structuredClone(REFUSAL))).toEqual([]);
    const watched = { ...REFUSAL, versions: REFUSAL.events.map(() => null) };
    expect(differences(watched, REFUSAL)).toEqual([]);
  });

  test('is told apart step by step', () => {
    const [first, wait, refusal, last] = REFUSAL.events as [
      PlayEvent,
      PlayEvent,
      PlayEvent,
      PlayEvent,
    ];
    expect(differences(REFUSAL, { ...REFUSAL, events: [first, refusal, last] })).toEqual([
      'B1 waits: recorded for A; here not at all.',
    ]);
    expect(differences(REFUSAL, { ...REFUSAL, events: [first, wait, last, refusal] })).toEqual([
      expect.stringMatching(/^The sequence of events: recorded .*; here .*\.$/),
    ]);
    expect(
      differences(REFUSAL, { ...LOST, events: [first, wait, answered('A2', UPDATED), last] }),
    ).toEqual(['A2 answers: recorded 40001 could not serialize; here UPDATE 1.']);
    expect(differences(AAB, { ...AAB, final: LOST.final })).toEqual([
      expect.stringMatching(/^The final state: recorded .*"8".*; here .*"9"/),
    ]);
  });
});
