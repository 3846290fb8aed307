/** The playground's workspaces: what is kept, and that two tabs take nothing from each other. */
import { beforeEach, describe, expect, test } from 'vitest';
import { ConflictError, FIRST, Workspaces } from '@/components/playground/workspaces.ts';

/** What two tabs of one browser share. */
function sharedStorage(): Storage {
  const kept = new Map<string, string>();
  return {
    get length() {
      return kept.size;
    },
    key: (index) => [...kept.keys()][index] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
    clear: () => kept.clear(),
  };
}

const sql = (text: string) => ({ postgres: { of: 'x', names: [''], texts: [text] } });
const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 12, minute));

let storage: Storage;
let tab: Workspaces;
let otherTab: Workspaces;
beforeEach(() => {
  storage = sharedStorage();
  tab = new Workspaces(storage);
  otherTab = new Workspaces(storage);
});

describe('workspaces', () => {
  test('there is always one, which is kept with the first edit', () => {
    expect(tab.all()).toEqual([FIRST]);
    expect(storage.length).toBe(0);
    tab.change(FIRST, { code: sql('SELECT 1;') });
    expect(tab.all().map(({ code }) => code)).toEqual([sql('SELECT 1;')]);
  });

  test('stand in the order in which they were made', () => {
    tab.make('Later', {}, at(2));
    tab.make('Sooner', {}, at(1));
    expect(tab.all().map(({ name }) => name)).toEqual(['Sooner', 'Later']);
  });

  test('never have the same name; a name without letters is none', () => {
    tab.make('Orders', {}, at(1));
    expect(tab.make(' Orders ', {}, at(2)).name).toBe('Orders 2');
    const third = tab.make('  ', {}, at(3));
    expect(third.name).toBe('Workspace');
    expect(tab.change(third, { name: 'Orders' }).name).toBe('Orders 3');
  });

  test('keep their name when they are renamed to what they are named', () => {
    const orders = tab.make('Orders', {});
    expect(tab.change(orders, { name: 'Orders' }).name).toBe('Orders');
  });

  test('that this page cannot read are left alone', () => {
    storage.setItem('kj-playground:odd', '{"version": 2}');
    expect(tab.all()).toEqual([FIRST]);
    expect(storage.getItem('kj-playground:odd')).toBe('{"version": 2}');
  });
});

describe('two tabs', () => {
  test('with a workspace each keep both', () => {
    const mine = tab.make('Mine', {}, at(1));
    const other = otherTab.make('Other', {}, at(2));
    tab.change(mine, { code: sql('SELECT 1;') });
    otherTab.change(other, { code: sql('SELECT 2;') });
    expect(tab.all().map(({ code }) => code)).toEqual([sql('SELECT 1;'), sql('SELECT 2;')]);
  });

  test('with the same workspace: the one that has not seen the other’s edit writes nothing', () => {
    const known = tab.make('Orders', {});
    otherTab.change(known, { code: sql('SELECT 2;') });
    expect(() => tab.change(known, { code: sql('SELECT 1;') })).toThrow(ConflictError);
    expect(() => tab.remove(known)).toThrow(ConflictError);
    expect(tab.read(known.id)?.code).toEqual(sql('SELECT 2;'));
  });

  test('that both begin with the first edit of the first workspace do not write over each other', () => {
    tab.change(FIRST, { code: sql('SELECT 1;') });
    expect(() => otherTab.change(FIRST, { code: sql('SELECT 2;') })).toThrow(ConflictError);
  });

  test('one of which deletes what the other edits: it does not come back by itself', () => {
    const known = tab.make('Orders', {});
    otherTab.remove(known);
    expect(() => tab.change(known, { code: sql('SELECT 1;') })).toThrow(ConflictError);
    expect(tab.read(known.id)).toBeUndefined();
  });
});
