/** What the buttons of a result's table make of its rows: their order, files, JSON. */
import { describe, expect, test } from 'vitest';
import type { Grid } from '@/components/lab/attributes.ts';
import { csvText, jsonText, tabText } from '@/components/lab/export.ts';
import { prettyRows, unfolded } from '@/components/lab/json-view.ts';
import { nextSorting, rowOrder } from '@/components/lab/row-order.ts';
import {
  firstRows,
  pageAfter,
  pageBefore,
  pageWords,
  restOf,
  withRest,
} from '@/components/lab/shown-rows.ts';

const column = (type: string, ...values: Array<string | null | undefined>): Grid => ({
  columns: [{ name: 'a', type }],
  rows: values.map((value) => [value]),
});

/** The values in order. */
const sorted = (grid: Grid, direction: 'ascending' | 'descending' = 'ascending') =>
  rowOrder(grid, { column: 0, direction }).map((row) => grid.rows[row]?.[0]);

const all = (grid: Grid) => grid.rows.map((_, row) => row);

describe('the order by a column', () => {
  test('is by value for numbers, also for those that a double cannot tell apart', () => {
    expect(sorted(column('integer', '10', '9', '-1'))).toEqual(['-1', '9', '10']);
    expect(sorted(column('N', '9007199254740993', '9007199254740992'))).toEqual([
      '9007199254740992',
      '9007199254740993',
    ]);
    expect(sorted(column('numeric(10,2)', '2.50', '10.00'))).toEqual(['2.50', '10.00']);
    expect(sorted(column('money', '$1,000.00', '-$5.00', '$20.00'))).toEqual([
      '-$5.00',
      '$20.00',
      '$1,000.00',
    ]);
    expect(sorted(column('double precision', 'NaN', 'Infinity', '1'))).toEqual([
      '1',
      'Infinity',
      'NaN',
    ]);
  });

  test('is by code units for texts', () => {
    expect(sorted(column('text', 'b', '10', '9', 'B'))).toEqual(['10', '9', 'B', 'b']);
  });

  test('has NULL last either way, and after it what is not there', () => {
    const grid = column('S', undefined, null, 'b', 'a');
    expect(sorted(grid)).toEqual(['a', 'b', null, undefined]);
    expect(sorted(grid, 'descending')).toEqual(['b', 'a', null, undefined]);
  });

  test('keeps equal rows as they came, down as well as up', () => {
    const grid: Grid = {
      columns: [{ name: 'a', type: 'N' }],
      rows: [['1.0'], ['1'], ['2']],
    };
    expect(sorted(grid)).toEqual(['1.0', '1', '2']);
    expect(sorted(grid, 'descending')).toEqual(['2', '1.0', '1']);
  });

  test('goes up, down, and back to the order in which the rows came', () => {
    const up = nextSorting(undefined, 1);
    const down = nextSorting(up, 1);
    expect([up?.direction, down?.direction]).toEqual(['ascending', 'descending']);
    expect(nextSorting(down, 1)).toBeUndefined();
    expect(nextSorting(down, 0)).toEqual({ column: 0, direction: 'ascending' });
    expect(rowOrder(column('N', '2', '1'), undefined)).toEqual([0, 1]);
  });
});

describe('CSV', () => {
  test('quotes what needs it, ends lines with CRLF, tells an empty text from NULL', () => {
    const grid: Grid = {
      columns: [{ name: 'id', type: 'integer' }, { name: 'say, what' }],
      rows: [
        ['1', 'a "quote"'],
        ['2', 'two\nlines'],
        ['3', ''],
        ['4', null],
        ['5', undefined],
      ],
    };
    expect(csvText(grid, all(grid)).text).toBe(
      'id,"say, what"\r\n1,"a ""quote"""\r\n2,"two\nlines"\r\n3,""\r\n4,\r\n5,\r\n',
    );
  });

  test('keeps a spreadsheet from running values, but lets numbers be', () => {
    const grid = column('text', '=1+1', '@SUM(A1)', '-x', '-1.5', '+49', 'a=b');
    expect(csvText(grid, all(grid))).toEqual({
      text: "a\r\n'=1+1\r\n'@SUM(A1)\r\n'-x\r\n-1.5\r\n+49\r\na=b\r\n",
      guarded: 3,
    });
  });

  test('has the rows in the order in which they are shown', () => {
    expect(csvText(column('N', '1', '2'), [1, 0]).text).toBe('a\r\n2\r\n1\r\n');
  });
});

test('for the clipboard, values stand between tabs', () => {
  const grid: Grid = {
    columns: [{ name: 'a' }, { name: 'b' }],
    rows: [['x', 'tab\there']],
  };
  expect(tabText(grid, [0]).text).toBe('a\tb\nx\t"tab\there"\n');
});

describe('JSON', () => {
  const grid: Grid = {
    columns: [
      { name: 'n', type: 'numeric' },
      { name: 'big', type: 'bigint' },
      { name: 'b', type: 'boolean' },
      { name: 'doc', type: 'jsonb' },
      { name: 'mixed', types: ['N', 'S'] },
    ],
    rows: [
      ['19.90', '9007199254740993', 't', '{"a": 12345678901234567890}', '7'],
      ['NaN', '42', null, '{"cut ... (9,000 characters) ...', '7'],
    ],
  };

  test('has typed values; numbers beyond a double stay text, documents stay as they are', () => {
    expect(jsonText(grid, [0])).toBe(
      '[\n  {"n": 19.90, "big": "9007199254740993", "b": true, ' +
        '"doc": {"a": 12345678901234567890}, "mixed": 7}\n]\n',
    );
    expect(JSON.parse(jsonText(grid, [1]))).toEqual([
      { n: 'NaN', big: 42, b: null, doc: '{"cut ... (9,000 characters) ...', mixed: '7' },
    ]);
  });

  test('leaves out what an item does not have', () => {
    expect(jsonText(column('S', 'x', undefined), [0, 1])).toBe('[\n  {"a": "x"},\n  {}\n]\n');
    expect(jsonText(column('S'), [])).toBe('[]\n');
  });

  test('to look at, is in few lines', () => {
    const items: Grid = {
      columns: [
        { name: 'pk', type: 'S' },
        { name: 'tags', type: 'SS' },
        { name: 'ok', type: 'BOOL' },
      ],
      rows: [
        ['a', '["x", "y"]', 'true'],
        ['b', undefined, null],
      ],
    };
    expect(prettyRows(items, [1, 0])).toBe(
      '{ "pk": "b", "ok": null }\n{ "pk": "a", "tags": ["x", "y"], "ok": true }',
    );
  });

  test('unfolds a document without changing a digit of it', () => {
    const names = Array.from({ length: 12 }, (_, at) => `"name ${at}": ${at}`);
    expect(unfolded(`{${names.join(', ')}}`)).toContain('\n  "name 0": 0,\n');
    expect(unfolded('{"a":  1.50}')).toBe('{"a":  1.50}');
    expect(unfolded('{"a": 1, "a": 2}')).toBe('{"a": 1, "a": 2}');
    expect(unfolded('{"2": 1, "1": 2}')).toBe('{"2": 1, "1": 2}');
  });
});

describe('a long result', () => {
  const long: Grid = {
    columns: [{ name: 'a', types: Array.from({ length: 1200 }, (_, at) => (at % 2 ? 'N' : 'S')) }],
    rows: Array.from({ length: 1200 }, (_, at) => [
      at === 700 ? undefined : at === 701 ? null : `${at}`,
    ]),
  };

  test('shows a first screenful; the rest waits and loses nothing', () => {
    const first = firstRows(long.rows.length);
    const begin: Grid = {
      columns: [{ name: 'a', types: first.map((row) => long.columns[0]?.types?.[row]) }],
      rows: first.map((row) => long.rows[row] ?? []),
    };
    expect(first).toHaveLength(50);
    expect(withRest(begin, restOf(long) ?? '')).toEqual(long);
    expect(restOf(column('N', '1'))).toBeUndefined();
  });

  test('goes on by pages, and says which rows come', () => {
    const first = { from: 0, to: 50 };
    const next = pageAfter(first, 600);
    expect(next).toEqual({ from: 0, to: 250 });
    expect(next && pageAfter(next, 600)).toEqual({ from: 250, to: 500 });
    expect(pageAfter({ from: 250, to: 500 }, 600)).toEqual({ from: 500, to: 600 });
    expect(pageAfter({ from: 500, to: 600 }, 600)).toBeUndefined();
    expect(pageBefore({ from: 500, to: 600 }, 600)).toEqual({ from: 250, to: 500 });
    expect(pageBefore(first, 600)).toBeUndefined();
    expect(pageWords({ from: 1000, to: 1250 }, 5000)).toBe('Rows 1,001 to 1,250 of 5,000');
  });

  test('that fits into one page is shown whole', () => {
    expect(pageAfter({ from: 0, to: 50 }, 61)).toEqual({ from: 0, to: 61 });
    expect(pageAfter({ from: 0, to: 61 }, 61)).toBeUndefined();
    expect(pageWords({ from: 0, to: 61 }, 61)).toBe('Show all 61 rows');
  });
});
