/** The playground's workspaces: what is kept, and that two tabs take nothing from each other. */
import { beforeEach, describe, expect, test } from 'vitest';
import { encodeCode } from '@/components/lab/share-code.ts';
import { forRuns, settingsShape, settingsWords } from '@/components/playground/lab-settings.ts';
import { decodeWorkspace, encodeWorkspace } from '@/components/playground/link.ts';
import { labSettings } from '@/components/playground/settings.ts';
import { memoryShelf } from '@/components/playground/shelf.ts';
import {
  type Contents,
  EXAMPLE,
  FIRST,
  filesBefore,
  freeName,
  inOrder,
  shownAtFirst,
  type Workspace,
  workspaceOf,
} from '@/components/playground/workspace.ts';
import { ConflictError, Workspaces } from '@/components/playground/workspaces.ts';

const sql = (text: string): Contents => ({
  dataset: 'inkwell',
  files: { dynamodb: [{ name: 'query.ts' }], postgres: [{ name: 'query.sql', text }] },
});
const textsOf = (all: readonly Workspace[]) => all.map(({ files }) => files.postgres[0]?.text);
const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 12, minute));

/** What two tabs of one browser share. */
let kept: Map<string, unknown>;
/** What each tab was told that the other has changed. */
let told: Record<'tab' | 'otherTab', string[]>;
let tab: Workspaces;
let otherTab: Workspaces;

/** A localStorage with these entries. */
function storageOf(items: Map<string, string>): Storage {
  return {
    get length() {
      return items.size;
    },
    key: (index: number) => [...items.keys()][index] ?? null,
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  } as unknown as Storage;
}

function open(who: 'tab' | 'otherTab', storage?: Storage): Promise<Workspaces> {
  const onOther = (id: string) => told[who].push(id);
  const onUnkept = (error: unknown) => {
    throw error;
  };
  return Workspaces.open(memoryShelf(kept), { onOther, onUnkept }, storage);
}

beforeEach(async () => {
  kept = new Map();
  told = { tab: [], otherTab: [] };
  tab = await open('tab');
  otherTab = await open('otherTab');
});

describe('workspaces', () => {
  test('there is always one, which is kept with the first edit', async () => {
    expect(tab.all()).toEqual([FIRST]);
    tab.change(FIRST, sql('SELECT 1;'));
    await tab.settled();
    expect(textsOf((await open('otherTab')).all())).toEqual(['SELECT 1;']);
  });

  test('stand in the order in which they were made', () => {
    tab.make('Later', EXAMPLE, at(2));
    tab.make('Sooner', EXAMPLE, at(1));
    expect(tab.all().map(({ name }) => name)).toEqual(['Sooner', 'Later']);
  });

  test('never have the same name; a name without letters is none', () => {
    tab.make('Orders', EXAMPLE, at(1));
    expect(tab.make(' Orders ', EXAMPLE, at(2)).name).toBe('Orders 2');
    const third = tab.make('  ', EXAMPLE, at(3));
    expect(third.name).toBe('Workspace');
    expect(tab.change(third, { name: 'Orders' }).name).toBe('Orders 3');
  });

  test('keep their name when they are renamed to what they are named', () => {
    const orders = tab.make('Orders', EXAMPLE);
    expect(tab.change(orders, { name: 'Orders' }).name).toBe('Orders');
  });

  test('of many edits in a row, the last one is kept', async () => {
    let orders = tab.make('Orders', EXAMPLE);
    for (let n = 1; n <= 20; n += 1) orders = tab.change(orders, sql(`SELECT ${n};`));
    await tab.settled();
    expect(textsOf((await open('otherTab')).all())).toEqual(['SELECT 20;']);
  });

  test('that this page cannot read are left alone', async () => {
    kept.set('odd', { version: 3 });
    expect((await open('tab')).all()).toEqual([FIRST]);
    expect(kept.get('odd')).toEqual({ version: 3 });
  });
});

describe('two tabs', () => {
  test('with a workspace each keep both', async () => {
    const mine = tab.make('Mine', EXAMPLE, at(1));
    const other = otherTab.make('Other', EXAMPLE, at(2));
    tab.change(mine, sql('SELECT 1;'));
    otherTab.change(other, sql('SELECT 2;'));
    await Promise.all([tab.settled(), otherTab.settled()]);
    expect(textsOf((await open('tab')).all())).toEqual(['SELECT 1;', 'SELECT 2;']);
  });

  test('with the same workspace: the one that has not seen the other’s edit writes nothing', async () => {
    const made = tab.make('Orders', EXAMPLE);
    await tab.settled();
    otherTab = await open('otherTab');
    otherTab.change(made, sql('SELECT 2;'));
    await otherTab.settled();
    const mine = tab.change(made, sql('SELECT 1;'));
    await tab.settled();
    expect(told.tab).toEqual([made.id]);
    expect(textsOf(tab.all())).toEqual(['SELECT 2;']);
    expect(textsOf((await open('tab')).all())).toEqual(['SELECT 2;']);
    expect(() => tab.change(mine, sql('SELECT 3;'))).toThrow(ConflictError);
    expect(() => tab.remove(mine)).toThrow(ConflictError);
  });

  test('that both begin with the first edit of the first workspace do not write over each other', async () => {
    tab.change(FIRST, sql('SELECT 1;'));
    await tab.settled();
    otherTab.change(FIRST, sql('SELECT 2;'));
    await otherTab.settled();
    expect(told).toEqual({ tab: [], otherTab: [FIRST.id] });
    expect(textsOf(otherTab.all())).toEqual(['SELECT 1;']);
  });

  test('one of which deletes what the other edits: it does not come back by itself', async () => {
    const known = tab.make('Orders', EXAMPLE);
    await tab.settled();
    otherTab = await open('otherTab');
    otherTab.remove(known);
    await otherTab.settled();
    tab.change(known, sql('SELECT 1;'));
    await tab.settled();
    expect(told.tab).toEqual([known.id]);
    expect(tab.read(known.id)).toBeUndefined();
  });
});

describe('a page that is left before a change is written', () => {
  let items: Map<string, string>;
  /** A tab whose writing never comes to its end. */
  const leaving = () => {
    const shelf = { ...memoryShelf(kept), change: () => new Promise<void>(() => {}) };
    const listener = { onOther: () => {}, onUnkept: () => {} };
    return Workspaces.open(shelf, listener, storageOf(items));
  };
  beforeEach(() => {
    items = new Map();
  });

  test('leaves it to the next one', async () => {
    const left = await leaving();
    left.change(FIRST, sql('SELECT 1;'));
    left.hold();
    const next = await open('tab', storageOf(items));
    expect(textsOf(next.all())).toEqual(['SELECT 1;']);
    await next.settled();
    expect(items.size).toBe(0);
    expect(textsOf((await open('otherTab')).all())).toEqual(['SELECT 1;']);
  });

  test('leaves a deletion too', async () => {
    const made = tab.make('Orders', EXAMPLE);
    await tab.settled();
    const left = await leaving();
    left.remove(made);
    left.hold();
    const next = await open('tab', storageOf(items));
    await next.settled();
    expect(next.all()).toEqual([FIRST]);
    expect(kept.size).toBe(0);
    expect(items.size).toBe(0);
  });

  test('leaves nothing where it was written after all', async () => {
    const made = tab.change(FIRST, sql('SELECT 1;'));
    await tab.settled();
    items.set('kj-playground-ahead:first', JSON.stringify({ after: '', kept: kept.get('first') }));
    const next = await open('otherTab', storageOf(items));
    await next.settled();
    expect(next.all()).toEqual([made]);
    expect(items.size).toBe(0);
  });

  test('where another tab has written meanwhile, leaves a workspace beside the other', async () => {
    const left = await leaving();
    left.change(FIRST, sql('SELECT 1;'));
    left.hold();
    tab.change(FIRST, sql('SELECT 2;'));
    await tab.settled();
    const next = await open('otherTab', storageOf(items));
    await next.settled();
    expect(textsOf(next.all()).toSorted()).toEqual(['SELECT 1;', 'SELECT 2;']);
    expect(new Set(next.all().map(({ name }) => name)).size).toBe(2);
    expect(items.size).toBe(0);
  });
});

describe('what an older edition has kept', () => {
  const old = {
    ...{ version: 1, name: 'Old', made: '2026-01-01T00:00:00.000Z', revision: 'r' },
    code: { postgres: { of: 'x', names: [''], texts: ['SELECT 1;'] } },
  };

  test('is read: a side that was not edited shows the example', () => {
    expect(workspaceOf('a', old)).toMatchObject({
      name: 'Old',
      dataset: 'inkwell',
      files: {
        dynamodb: [{ name: 'query.ts' }],
        postgres: [{ name: 'query.sql', text: 'SELECT 1;' }],
      },
    });
  });

  test('moves from localStorage, and nothing is lost where both have the same', async () => {
    const items = new Map([
      ['kj-playground:first', JSON.stringify(old)],
      ['kj-playground:odd', '{"version": 3}'],
      ['kj-progress', '{}'],
    ]);
    tab.change(FIRST, sql('SELECT 2;'));
    await tab.settled();
    const moved = await open('otherTab', storageOf(items));
    expect(textsOf(moved.all()).toSorted()).toEqual(['SELECT 1;', 'SELECT 2;']);
    expect([...items.keys()]).toEqual(['kj-playground:odd', 'kj-progress']);
  });
});

test('what labs switch on is read from their folders; runs of a workspace without it know of none', async () => {
  const all = await labSettings();
  expect(all['dynamodb-engine/stale-read']).toMatchObject({
    title: 'A stale read',
    world: { replicaLag: 1000, advance: { 'A second later': 1000 } },
    extensions: [],
    expect: { 'Trust what was read': { dynamodb: ['ConditionalCheckFailedException'] } },
    loads: null,
  });
  expect(all['query-capabilities/nearest-locker']?.loads).toMatch(/PostGIS/);
  expect(all['schema-evolution/put-or-update']).toBeUndefined();
  const settings = settingsShape.parse({ lab: 'a/b', ...all['dynamodb-engine/stale-read'] });
  expect(settingsWords(settings)).toMatch(/^As in “A stale read”: replicas lag 1 second; /);
  expect(forRuns(settings).world).toEqual(settings.world);
  expect(forRuns(undefined)).toEqual({ world: undefined, extensions: [], expect: {} });
});

describe('files', () => {
  const files = inOrder([
    { name: 'query.sql', text: 'SELECT 1;' },
    { name: 'schema.sql', text: 'CREATE TABLE a ();', first: true },
    { name: 'rows.sql', text: 'INSERT', first: true },
    { name: 'more.sql' },
  ]);

  test('that run first stand first, and run before the one that is shown', () => {
    expect(files.map(({ name }) => name)).toEqual([
      'schema.sql',
      'rows.sql',
      'query.sql',
      'more.sql',
    ]);
    expect(shownAtFirst(files)).toBe(2);
    const run = (shown: number) => filesBefore(files, shown, '').map(({ name }) => name);
    expect(run(3)).toEqual(['schema.sql', 'rows.sql']);
    expect(run(1)).toEqual(['schema.sql']);
    expect(run(0)).toEqual([]);
  });

  test('have names that a folder takes, each of its own', () => {
    expect(freeName('orders', 'postgres', [])).toBe('orders.sql');
    expect(freeName(' a/b:c.ts ', 'dynamodb', [])).toBe('a-b-c.ts');
    expect(freeName('', 'postgres', ['file.sql'])).toBe('file-2.sql');
    expect(freeName('x'.repeat(99), 'dynamodb', []).length).toBe(40);
  });
});

describe('a link to a workspace', () => {
  const contents: Contents = {
    dataset: 'empty',
    files: {
      dynamodb: [{ name: 'query.ts' }],
      postgres: [
        { name: 'schema.sql', text: 'CREATE TABLE é ();', first: true },
        { name: 'query.sql', text: 'SELECT 1;' },
      ],
    },
  };

  test('holds all files, their order and the dataset', async () => {
    const read = await decodeWorkspace(encodeWorkspace(contents));
    expect(read.dataset).toBe('empty');
    expect(read.files.dynamodb).toEqual([{ name: 'query.ts' }]);
    expect(read.files.postgres).toMatchObject(contents.files.postgres);
  });

  test('names the lab whose world and extensions it comes with', async () => {
    const lab = 'dynamodb-engine/stale-read';
    expect(await decodeWorkspace(encodeWorkspace({ ...contents, lab }))).toMatchObject({ lab });
    expect(await decodeWorkspace(encodeWorkspace(contents))).not.toHaveProperty('lab');
  });

  test('of the older version opens, as does one of a lab', async () => {
    const text = encodeCode({ postgres: { of: '', names: [''], texts: ['SELECT 7;'] } });
    const { dataset, files } = await decodeWorkspace(text);
    expect(dataset).toBe('inkwell');
    expect(files.postgres).toMatchObject([{ name: 'query.sql', text: 'SELECT 7;' }]);
    expect(files.dynamodb).toEqual([{ name: 'query.ts' }]);
  });

  test('that was written by hand brings no names that are none, and no side without a file', async () => {
    const odd = {
      dataset: 'empty',
      files: {
        dynamodb: [],
        postgres: [
          { name: '../../x', text: '' },
          { name: '../../x', text: '' },
        ],
      },
    };
    const { files } = await decodeWorkspace(encodeWorkspace(odd));
    expect(files.postgres.map(({ name }) => name)).toEqual(['..-..-x.sql', '..-..-x-2.sql']);
    expect(files.dynamodb).toHaveLength(1);
  });
});
