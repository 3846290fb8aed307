/** Results as psql prints them: each expected text was printed by psql itself. */
import { expect, test } from 'vitest';
import type { Grid } from '@/components/lab/attributes.ts';
import { psqlText } from '@/components/lab/psql-text.ts';

const grid = (columns: Array<[name: string, type: string]>, ...rows: Grid['rows']): Grid => ({
  columns: columns.map(([name, type]) => ({ name, type })),
  rows,
});

/** Lines as psql writes them; an editor would take the spaces at their ends away. */
const lines = (...all: string[]) => all.map((line) => `${line}\n`).join('');

test('numbers stand at the end of a column, names in its middle, NULL is nothing', () => {
  const rows = grid(
    [
      ['id', 'integer'],
      ['name', 'text'],
      ['price', 'numeric'],
      ['active', 'boolean'],
      ['note', 'text'],
      ['doc', 'jsonb'],
    ],
    ['1', 'Ana', '19.90', 't', null, '{"a": 1}'],
    ['200', 'Łukasz 東京', '-3.5', 'f', '', '[]'],
  );
  expect(psqlText(rows, { tag: 'SELECT 2' })).toBe(
    lines(
      ' id  |    name     | price | active | note |   doc    ',
      '-----+-------------+-------+--------+------+----------',
      '   1 | Ana         | 19.90 | t      |      | {"a": 1}',
      ' 200 | Łukasz 東京 |  -3.5 | f      |      | []',
      '(2 rows)',
      '',
    ),
  );
});

test('lists of numbers stand at the beginning, money, oid and xid at the end', () => {
  const rows = grid(
    [
      ['x', 'text'],
      ['m', 'money'],
      ['i', 'interval'],
      ['d', 'date'],
      ['a', 'integer[]'],
      ['o', 'oid'],
      ['x2', 'xid'],
      ['f', 'double precision'],
    ],
    [null, '$5.00', '00:00:00', '2020-01-01', '{1,2}', '1', '1', '1.5'],
  );
  expect(psqlText(rows, { tag: 'SELECT 1', nullAs: 'NIL' })).toBe(
    lines(
      '  x  |   m   |    i     |     d      |   a   | o | x2 |  f  ',
      '-----+-------+----------+------------+-------+---+----+-----',
      ' NIL | $5.00 | 00:00:00 | 2020-01-01 | {1,2} | 1 |  1 | 1.5',
      '(1 row)',
      '',
    ),
  );
});

test('a value or name of several lines goes on with a plus', () => {
  const rows = grid(
    [
      ['t', 'text'],
      ['n', 'integer'],
      ['z', 'text'],
    ],
    ['two\nlines', '1', 'x'],
  );
  expect(psqlText(rows, { tag: 'SELECT 1' })).toBe(
    lines('   t   | n | z ', '-------+---+---', ' two  +| 1 | x', ' lines |   | ', '(1 row)', ''),
  );
  const last = grid(
    [
      ['two\nline head', 'text'],
      ['last', 'text'],
    ],
    ['a', 'two\nlines'],
  );
  expect(psqlText(last, { tag: 'SELECT 1' })).toBe(
    lines(
      '    two   +| last  ',
      ' line head |       ',
      '-----------+-------',
      ' a         | two  +',
      '           | lines',
      '(1 row)',
      '',
    ),
  );
});

test('tabs go on to the next stop, other control characters are written out', () => {
  const rows = grid(
    [
      ['tab', 'text'],
      ['cr', 'text'],
      ['comb', 'text'],
      ['emoji', 'text'],
      ['e', 'text'],
    ],
    ['tab\there', 'cr\rx', 'é\u0301', '👍', 'é'],
  );
  expect(psqlText(rows, { tag: 'SELECT 1' })).toBe(
    lines(
      '     tab      |  cr   | comb | emoji | e ',
      '--------------+-------+------+-------+---',
      ' tab     here | cr\\rx | é\u0301    | 👍    | é',
      '(1 row)',
      '',
    ),
  );
});

test('no rows and no columns are counted too', () => {
  expect(psqlText(grid([['id', 'integer']]), { tag: 'SELECT 0' })).toBe(
    lines(' id ', '----', '(0 rows)', ''),
  );
  expect(psqlText(grid([], []), { tag: 'SELECT 1' })).toBe(lines('--', '(1 row)', ''));
});

test('a statement that changes rows says its tag below them', () => {
  const rows = grid(
    [
      ['id', 'integer'],
      ['title', 'text'],
    ],
    ['1', 'a'],
  );
  expect(psqlText(rows, { tag: 'INSERT 0 1' })).toBe(
    lines(' id | title ', '----+-------', '  1 | a', '(1 row)', '', 'INSERT 0 1'),
  );
});

test('a list has a title and counts its rows; a description has a footer and does not', () => {
  const list = grid(
    [
      ['Schema', 'text'],
      ['Name', 'text'],
      ['Type', 'text'],
      ['Owner', 'text'],
    ],
    ['public', 't', 'table', 'postgres'],
  );
  expect(psqlText(list, { tag: '', title: 'List of relations' })).toBe(
    lines(
      '        List of relations',
      ' Schema | Name | Type  |  Owner   ',
      '--------+------+-------+----------',
      ' public | t    | table | postgres',
      '(1 row)',
      '',
    ),
  );
  const table = grid(
    [
      ['Column', 'text'],
      ['Type', 'text'],
      ['Collation', 'text'],
      ['Nullable', 'text'],
      ['Default', 'text'],
    ],
    ['id', 'integer', '', 'not null', ''],
    ['title', 'text', '', '', ''],
  );
  const footer = ['Indexes:', '    "t_pkey" PRIMARY KEY, btree (id)'];
  expect(psqlText(table, { tag: '', title: 'Table "public.t"', footer })).toBe(
    lines(
      '                 Table "public.t"',
      ' Column |  Type   | Collation | Nullable | Default ',
      '--------+---------+-----------+----------+---------',
      ' id     | integer |           | not null | ',
      ' title  | text    |           |          | ',
      'Indexes:',
      '    "t_pkey" PRIMARY KEY, btree (id)',
      '',
    ),
  );
});

test('expanded, each record has a line for each column', () => {
  const rows = grid(
    [
      ['record', ''],
      ['column', ''],
      ['value', ''],
    ],
    ['1', 'id', '1'],
    [undefined, 'name', 'Ana'],
    [undefined, 'a long name', null],
    [undefined, 't', 'two\nlines'],
    ['2', 'id', '22'],
    [undefined, 'name', 'Bob'],
    [undefined, 'a long name', 'x'],
    [undefined, 't', 'y'],
  );
  expect(psqlText(rows, { tag: 'SELECT 2', expanded: true })).toBe(
    lines(
      '-[ RECORD 1 ]------',
      'id          | 1',
      'name        | Ana',
      'a long name | ',
      't           | two  +',
      '            | lines',
      '-[ RECORD 2 ]------',
      'id          | 22',
      'name        | Bob',
      'a long name | x',
      't           | y',
      '',
    ),
  );
});

test('COPY writes its lines as they are', () => {
  const rows = grid([['copy', 'text']], ['1\ta'], ['2\t\\N']);
  expect(psqlText(rows, { tag: 'COPY 2' })).toBe(lines('1\ta', '2\t\\N'));
});

test('says where not all rows were kept, which psql would have', () => {
  expect(psqlText(grid([['n', 'integer']], ['1']), { tag: 'SELECT 5000', total: 5000 })).toContain(
    '(5000 rows) -- the first 1 are kept here\n',
  );
});
