/** INSERT, UPDATE and DELETE. */
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/engine/lab/result.ts';
import { type Answer, Bench, L, M, N, S, text } from './support.ts';

const run = (bench: Bench, Statement: string, more: Record<string, Json> = {}): Answer =>
  bench.ok('ExecuteStatement', { Statement, ...more }).Items;
const refusal = (bench: Bench, Statement: string, more: Record<string, Json> = {}): Answer =>
  bench.refused('ExecuteStatement', { Statement, ...more });
const problem = (bench: Bench, Statement: string, more: Record<string, Json> = {}): string => {
  const error = refusal(bench, Statement, more);
  expect(error.name).toBe('ValidationException');
  return error.message;
};
const key = { pk: S('a') };
const stored = (bench: Bench) => bench.get(key);
const written = (bench: Bench) => bench.metering.tables.map(({ write }) => write);

describe('INSERT', () => {
  it('puts one item, of literals and parameters', () => {
    const bench = new Bench();
    const statement = `INSERT INTO "Things" VALUE {'pk': 'a', 'n': -1.50e1, 'yes': TRUE, 'no': false, 'nil': null,
      'l': [1, 'x', {'k': []}], 'ss': <<'b', 'a'>>, 'ns': <<1, 2.5>>, 'p': ?}`;
    expect(run(bench, statement, { Parameters: [{ B: 'AAEC' }] })).toEqual([]);
    expect(written(bench)).toEqual([1]);
    expect(stored(bench)).toEqual({
      ...key,
      n: N(-15),
      yes: { BOOL: true },
      no: { BOOL: false },
      nil: { NULL: true },
      l: L(N(1), S('x'), M({ k: L() })),
      ss: { SS: ['b', 'a'] },
      ns: { NS: ['1', '2.5'] },
      p: { B: 'AAEC' },
    });
  });

  it('replaces nothing: an item that is there is a duplicate, which is billed', () => {
    const bench = new Bench();
    bench.put({ ...key, body: text(3000) });
    expect(refusal(bench, `INSERT INTO Things VALUE {'pk': 'a'}`)).toEqual({
      name: 'DuplicateItemException',
      message: 'Duplicate primary key exists in table',
    });
    expect(written(bench)).toEqual([3]);
    expect(stored(bench).body).toEqual(text(3000));
  });

  it.each([
    [
      `{'pk': 1e126}`,
      'Number overflow. Attempting to store a number with magnitude larger than supported range under root',
    ],
    [
      `{'pk': 'a', 'l': [1, 1e-131]}`,
      'Number underflow. Attempting to store a number with magnitude smaller than supported range under root[1]',
    ],
    [`{'pk': 'a', 's': <<>>}`, 'Empty bags are not supported'],
    [
      `{'pk': 'a', 's': <<1, 'a'>>}`,
      'Unsupported data type in Bag. DynamoDB only supports either numbers or strings in bags',
    ],
    [
      `{'pk': 'a', 's': <<'x', 'x'>>}`,
      'One or more parameter values were invalid: Input collection [x, x] contains duplicates.',
    ],
    [
      `{'pk': 'a', 's': <<2, 2.0>>}`,
      'One or more parameter values were invalid: Input collection [2, 2.0] contains duplicates! under root',
    ],
    [`{'n': 1}`, 'One or more parameter values were invalid: Missing the key pk in the item'],
    [
      `{'pk': 'a', 'd': ${`{'a':`.repeat(32)}1${'}'.repeat(32)}}`,
      `Nesting Levels have exceeded supported limits under root${'.a'.repeat(32)}`,
    ],
    [`{'pk': 'a'} RETURNING ALL OLD *`, 'RETURNING is not supported in INSERT'],
  ])('refuses %s', (item, message) => {
    const bench = new Bench();
    expect(problem(bench, `INSERT INTO Things VALUE ${item}`)).toBe(message);
    expect(stored(bench)).toBeUndefined();
  });

  it('takes parameters for whole attributes only, and tables rather than indexes', () => {
    const bench = new Bench();
    const statement = `INSERT INTO Things VALUE {'pk': 'a', 'm': {'k': ?}}`;
    expect(problem(bench, statement, { Parameters: [S('v')] })).toBe(
      `Unsupported data type: Parameter under key root.k at 1:${statement.indexOf('?') + 1}:1`,
    );
    expect(problem(bench, `INSERT INTO "Things"."index" VALUE {'pk': 'a'}`)).toMatch(
      /^FROM clause may only contain a single table name/,
    );
    expect(
      problem(bench, "INSERT INTO Things VALUE {'pk': 'a', 'x': ?}", {
        Parameters: [text(410_000)],
      }),
    ).toBe('Item size has exceeded the maximum allowed size');
  });
});

describe('UPDATE', () => {
  const before = {
    ...key,
    n: N(5),
    items: L(N(1)),
    map: M({ x: S('old'), y: S('keep') }),
    tags: { SS: ['a', 'b'] },
    gone: S('soon'),
  };
  const bench = () => {
    const made = new Bench();
    made.put(before);
    return made;
  };
  const update = (on: Bench, changes: string, more: Record<string, Json> = {}) => {
    run(on, `UPDATE "Things" ${changes} WHERE pk = 'a'`, more);
    return stored(on);
  };

  it('sets, removes, computes, appends, and changes members of sets', () => {
    const item = update(
      bench(),
      `SET n = n + 1, map.x = 'new' SET items = list_append(items, ?) SET fresh = {'k': [1]}
       SET tags = set_add(tags, <<'c'>>) REMOVE gone REMOVE absent`,
      { Parameters: [L(N(2), N(3))] },
    );
    expect(item).toEqual({
      ...key,
      n: N(6),
      items: L(N(1), N(2), N(3)),
      map: M({ x: S('new'), y: S('keep') }),
      fresh: M({ k: L(N(1)) }),
      tags: { SS: ['a', 'b', 'c'] },
    });
  });

  it('deletes members of sets, and the set with its last member', () => {
    const on = bench();
    expect(update(on, `SET tags = set_delete(tags, <<'a'>>)`).tags).toEqual({ SS: ['b'] });
    expect(update(on, `SET tags = set_delete(tags, <<'b'>>)`).tags).toBeUndefined();
    expect(update(on, `SET tags = set_add(tags, <<'z'>>)`).tags).toEqual({ SS: ['z'] });
  });

  it('can also be written from the table on', () => {
    const on = bench();
    run(on, `FROM "Things" WHERE pk = 'a' SET n = n - 7`);
    expect(stored(on).n).toEqual(N(-2));
  });

  it.each([
    ['ALL OLD', [before]],
    ['MODIFIED OLD', [{ n: N(5), map: M({ x: S('old') }) }]],
    ['ALL NEW', [{ ...before, n: N(6), map: M({ x: S('new'), y: S('keep') }) }]],
    ['MODIFIED NEW', [{ n: N(6), map: M({ x: S('new') }) }]],
  ])('returns %s *', (what, rows) => {
    const statement = `UPDATE Things SET n = n + 1 SET map.x = 'new' WHERE pk = 'a' RETURNING ${what} *`;
    expect(run(bench(), statement)).toEqual(rows);
  });

  it('returns no row where nothing is left of it', () => {
    const statement = `UPDATE Things REMOVE gone WHERE pk = 'a' RETURNING MODIFIED NEW *`;
    expect(run(bench(), statement)).toEqual([]);
  });

  it('makes no items, and is conditional by all that WHERE says besides the key', () => {
    const on = bench();
    const failed = {
      name: 'ConditionalCheckFailedException',
      message: 'The conditional request failed',
    };
    expect(refusal(on, `UPDATE Things SET n = 1 WHERE pk = 'nobody'`)).toEqual(failed);
    expect(refusal(on, `UPDATE Things SET n = 1 WHERE pk = 'a' AND n > 5`)).toEqual(failed);
    expect(written(on)).toEqual([1]);
    expect(
      refusal(on, `UPDATE Things SET n = 1 WHERE pk = 'a' AND n > 5`, {
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }).Item,
    ).toEqual(before);
    run(on, `UPDATE Things SET n = 1 WHERE (pk = 'a' AND n = 5) AND begins_with(gone, 's')`);
    expect(stored(on).n).toEqual(N(1));
  });

  it('names one item by its whole key', () => {
    const on = new Bench({ keys: 'pk:S, sk:S' });
    const incomplete = 'Where clause does not contain a mandatory equality on all key attributes';
    for (const where of [
      '',
      `WHERE pk = 'a'`,
      `WHERE pk IN ['a'] AND sk = 'b'`,
      `WHERE pk = 'a' OR sk = 'b'`,
    ]) {
      expect(problem(on, `UPDATE Things SET n = 1 ${where}`)).toBe(incomplete);
    }
    expect(problem(on, `UPDATE Things SET n = 1 WHERE pk = 'a' AND sk = 'b' AND pk = 'c'`)).toBe(
      'Multiple conditions on same key pk. Only single item Update/Insert/Delete are supported',
    );
  });

  it.each([
    [
      `SET other = set_add(tags, <<'x'>>)`,
      'The first argument to SET_ADD must equal the assignment value at 1:27:7',
    ],
    [
      `SET tags = set_add(tags, 'x')`,
      'The second argument to SET_ADD must be a value with type SET at 1:34:4',
    ],
    [`SET tags = set_delete(tags)`, 'SET_DELETE must have exactly two arguments at 1:26:10'],
    [
      'SET tags = set_add(tags, <<1>>)',
      'An operand in the update expression has an incorrect data type',
    ],
    [
      `SET n = 'a' + 1`,
      'Incorrect operand type for operator or function; operator or function: +, operand type: S',
    ],
    ['SET n = n * 2', 'Unsupported operator in Update Expression. Operator: *'],
    ['SET n = if_not_exists(n, 0)', 'Unrecognized function: if_not_exists at 1:23:13'],
    [
      'SET absent[0] = 1',
      'The document path provided in the update expression is invalid for update',
    ],
    [
      'SET items = list_append(absent, [1])',
      'The provided expression refers to an attribute that does not exist in the item',
    ],
    [
      `SET pk = 'b'`,
      'One or more parameter values were invalid: Cannot update attribute pk. This attribute is part of the key',
    ],
    [
      'SET n = 1, n = 2',
      'Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [n], path two: [n]',
    ],
  ])('refuses %s', (changes, message) => {
    const on = bench();
    expect(problem(on, `UPDATE Things ${changes} WHERE pk = 'a'`)).toBe(message);
    expect(stored(on)).toEqual(before);
  });

  it('lets no value become too deep by where it is put', () => {
    const on = bench();
    const deep = (levels: number): Json => (levels === 0 ? S('x') : M({ a: deep(levels - 1) }));
    const statement = `UPDATE Things SET map.x = ? WHERE pk = 'a'`;
    run(on, statement, { Parameters: [deep(30)] });
    expect(problem(on, statement, { Parameters: [deep(31)] })).toBe(
      'Nesting Levels have exceeded supported limits',
    );
  });
});

describe('DELETE', () => {
  it('deletes one item, and returns it when asked', () => {
    const bench = new Bench();
    bench.put({ ...key, n: N(1), body: text(2000) });
    const [row] = run(bench, `DELETE FROM Things WHERE pk = 'a' AND n = 1 RETURNING ALL OLD *`);
    expect(row.n).toEqual(N(1));
    expect(written(bench)).toEqual([2]);
    expect(stored(bench)).toBeUndefined();
  });

  it('does nothing where there is no item, and fails where the item is otherwise', () => {
    const bench = new Bench();
    expect(run(bench, `DELETE FROM Things WHERE pk = 'a' AND n = 1 RETURNING ALL OLD *`)).toEqual(
      [],
    );
    expect(written(bench)).toEqual([1]);
    bench.put({ ...key, n: N(2) });
    expect(refusal(bench, `DELETE FROM Things WHERE pk = 'a' AND n = 1`).name).toBe(
      'ConditionalCheckFailedException',
    );
    expect(stored(bench).n).toEqual(N(2));
  });

  it('returns nothing but the old item, and knows no index', () => {
    const bench = new Bench();
    expect(problem(bench, `DELETE FROM Things WHERE pk = 'a' RETURNING MODIFIED NEW *`)).toBe(
      'Invalid returning clause: RETURNING MODIFIED NEW *. Only RETURNING ALL OLD * is allowed in DELETE statements.',
    );
    expect(problem(bench, `DELETE FROM "Things"."byN" WHERE pk = 'a'`)).toBe(
      'This operation is not supported on an index',
    );
  });
});
