/** What is kept of a reader's progress: noted, exported, taken in beside what is there, erased. */
import { beforeEach, describe, expect, test, vi } from 'vitest';
import {
  eraseProgress,
  exerciseDid,
  exportProgress,
  importProgress,
  labGuessed,
  labRan,
  readProgress,
} from '../../src/components/progress/store.ts';

const KEY = 'kj-progress';
let kept: Map<string, string>;

beforeEach(() => {
  kept = new Map();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => kept.set(key, text),
    removeItem: (key: string) => kept.delete(key),
  });
});

const day = (number: number) => new Date(Date.UTC(2026, 0, number));
const solve = (id: string, on: Date, of: string) =>
  exerciseDid(id, (exercise) => {
    exercise.checked += 1;
    exercise.solved ??= on.toISOString();
    exercise.of ??= of;
  });

test('a lab is marked when it has run, with the first time', () => {
  labRan('security/roles', day(1));
  labRan('security/roles', day(2));
  expect(readProgress().labs).toEqual({ 'security/roles': { ran: day(1).toISOString() } });
});

test('the first guess of a lab is kept, once it has run', () => {
  labGuessed('security/roles', 'Too early');
  labRan('security/roles', day(1));
  labGuessed('security/roles', 'Both');
  labGuessed('security/roles', 'Neither');
  expect(readProgress().labs).toEqual({
    'security/roles': { ran: day(1).toISOString(), guess: 'Both' },
  });
  const file = exportProgress();
  eraseProgress();
  labRan('security/roles', day(2));
  importProgress(file);
  expect(readProgress().labs['security/roles']).toEqual({
    ran: day(1).toISOString(),
    guess: 'Both',
  });
});

test('an exercise counts what was asked and keeps when it was solved', () => {
  exerciseDid('a/b', (exercise) => {
    exercise.hints = 2;
  });
  solve('a/b', day(3), 'first');
  solve('a/b', day(4), 'second');
  expect(readProgress().exercises['a/b']).toEqual({
    checked: 2,
    hints: 2,
    solved: day(3).toISOString(),
    of: 'first',
  });
});

describe('an exported file', () => {
  test('is taken in elsewhere, and nothing that was done there is undone', () => {
    labRan('one/lab', day(5));
    solve('one/exercise', day(5), 'new');
    const file = exportProgress();
    eraseProgress();
    expect(readProgress()).toEqual({ version: 1, labs: {}, exercises: {} });
    labRan('one/lab', day(2));
    labRan('other/lab', day(6));
    solve('one/exercise', day(1), 'old');
    importProgress(file);
    expect(readProgress()).toEqual({
      version: 1,
      labs: {
        'one/lab': { ran: day(2).toISOString() },
        'other/lab': { ran: day(6).toISOString() },
      },
      exercises: {
        'one/exercise': { checked: 1, hints: 0, solved: day(1).toISOString(), of: 'old' },
      },
    });
  });

  test.each([
    ['no JSON', 'hello', 'The file is not JSON.'],
    [
      'another file',
      '[1, 2]',
      'The file is no exported progress: the whole file is not as it should be.',
    ],
    [
      'one that was edited',
      '{"version": 1, "labs": {"a/b": {"ran": "yesterday"}}, "exercises": {}}',
      'The file is no exported progress: labs.a/b.ran is not as it should be.',
    ],
    [
      'one of a newer edition',
      '{"version": 2}',
      'The file was written by a newer edition of this site. Reload the page.',
    ],
  ])('%s is refused with the reason, and nothing changes', (_, file, message) => {
    labRan('one/lab', day(1));
    const before = exportProgress();
    expect(() => importProgress(file)).toThrow(message);
    expect(exportProgress()).toBe(before);
  });
});

test('what a newer edition has kept is left as it is', () => {
  kept.set(KEY, '{"version": 2, "more": true}');
  labRan('one/lab');
  expect(kept.get(KEY)).toBe('{"version": 2, "more": true}');
});

test('what cannot be read counts as nothing, and is replaced by what is done next', () => {
  kept.set(KEY, '{broken');
  expect(readProgress().labs).toEqual({});
  labRan('one/lab', day(1));
  expect(Object.keys(readProgress().labs)).toEqual(['one/lab']);
});

test('a browser that forbids storage runs labs all the same', () => {
  vi.stubGlobal('localStorage', undefined);
  expect(() => labRan('one/lab')).not.toThrow();
  expect(readProgress().labs).toEqual({});
});
