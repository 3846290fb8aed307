/** What verify:postgres takes for a difference between PGlite and a server, and what it does not. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PlanNode, StatementResult } from '../../src/engine/lab/result.ts';
import { compareStatements } from '../../tools/verify/compare.ts';
import { type FoundDifference, readListed, reckon } from '../../tools/verify/listed.ts';
import { ServerError, serverFolder } from '../../tools/verify/server.ts';

const NODE: PlanNode = {
  node: 'Index Scan',
  relation: 'orders',
  index: 'orders_pkey',
  condition: "(order_id = 'O1'::text)",
  rowsPlanned: 1,
  rows: 1,
  loops: 1,
  rowsRemoved: 0,
  buffersHit: 1,
  buffersRead: 2,
  walBytes: 0,
  children: [],
};

/** An answer to a query, with what a test changes in it. */
function answer(changes: Partial<StatementResult> = {}, node: Partial<PlanNode> = {}) {
  const plan = { ...NODE, ...node };
  const result: StatementResult = {
    sql: 'SELECT order_id, amount FROM orders',
    line: 1,
    tag: 'SELECT 1',
    columns: [
      { name: 'order_id', type: 'text' },
      { name: 'amount', type: 'numeric(10,2)' },
    ],
    rows: [['O1', '8.90']],
    rowCount: 1,
    notices: [],
    cost: { plan, buffersHit: 1, buffersRead: 2, walBytes: 0, rowsScanned: 1 },
    ...changes,
  };
  return result;
}

/** What differs when a server gives such an answer. */
const found = (changes: Partial<StatementResult>, node: Partial<PlanNode> = {}) =>
  compareStatements(answer(), answer(changes, node));

/** An answer of one value, in a column of that name and type. */
const value = (text: string | null, type = 'text', name = 'value') =>
  answer({ columns: [{ name, type }], rows: [[text]] });

describe('a difference is found in', () => {
  it('nothing, when the answers are the same', () => {
    expect(found({})).toEqual([]);
  });

  it('the name of a column, and its type', () => {
    const columns = [
      { name: 'order_id', type: 'text' },
      { name: 'amount', type: 'numeric' },
    ];
    expect(found({ columns })).toEqual([
      { differs: 'columns', pglite: 'amount numeric(10,2)', server: 'amount numeric' },
    ]);
    const renamed = [{ name: 'id', type: 'text' }, ...columns.slice(1)];
    expect(found({ columns: renamed })[0]?.differs).toBe('columns');
    const { columns: _, rows: __, rowCount: ___, ...none } = answer();
    expect(compareStatements(answer(), none)[0]).toMatchObject({ server: 'no columns' });
  });

  it('a value, their order and their number', () => {
    expect(found({ rows: [['O1', '8.9']] })).toEqual([
      { differs: 'rows', pglite: '["O1","8.90"]', server: '["O1","8.9"]' },
    ]);
    const [first, second] = [
      ['O1', '1'],
      ['O2', '2'],
    ];
    const one = answer({ rows: [first, second] as string[][] });
    const other = answer({ rows: [second, first] as string[][] });
    expect(compareStatements(one, other)).toHaveLength(1);
    expect(found({ rowCount: 2 })).toEqual([
      { differs: 'rows', pglite: 'nothing', server: '1 more rows' },
    ]);
  });

  it('NULL and the text of that name', () => {
    expect(compareStatements(value(null), value('null'))).toEqual([
      { differs: 'rows', pglite: '[null]', server: '["null"]' },
    ]);
  });

  it('further results of the same statement, and what psql writes round the rows', () => {
    const more = (tag: string) => ({ more: [answer({ tag })] });
    expect(compareStatements(answer(more('SELECT 1')), answer(more('SELECT 2')))).toEqual([
      { differs: 'tag', pglite: 'SELECT 1', server: 'SELECT 2' },
    ]);
    expect(found(more('SELECT 1'))).toHaveLength(3);
    expect(found({ title: 'List of tables' })).toHaveLength(1);
    expect(found({ footer: ['Indexes:'] })).toHaveLength(1);
    expect(found({ milliseconds: 5 })).toEqual([]);
  });

  it('the command tag', () => {
    expect(found({ tag: 'SELECT 2' })).toEqual([
      { differs: 'tag', pglite: 'SELECT 1', server: 'SELECT 2' },
    ]);
  });

  it('notices: their texts, codes, details and order', () => {
    const [one, two] = [
      { severity: 'NOTICE', message: 'one' },
      { severity: 'WARNING', code: '25001', message: 'two', hint: 'three' },
    ];
    const told = answer({ notices: [one, two] });
    const compared = (notices: StatementResult['notices']) =>
      compareStatements(told, answer({ notices }));
    expect(compared([one])).toEqual([
      { differs: 'notices', pglite: 'WARNING 25001: two\nhint: three', server: 'nothing' },
    ]);
    expect(compared([two, one])).toHaveLength(1);
    expect(compared([one, { ...two, code: '25P01' }])).toHaveLength(1);
    expect(compared([one, { ...two, hint: 'four' }])).toHaveLength(1);
  });

  it('an error: SQLSTATE, message, place, and whether there is one', () => {
    const error = { severity: 'ERROR', code: '23505', message: 'taken', line: 3, column: 4 };
    const failed = answer({ error });
    const compared = (changes: Partial<typeof error>) =>
      compareStatements(failed, answer({ error: { ...error, ...changes } }));
    expect(compared({ code: '23514' })).toEqual([
      { differs: 'error', pglite: 'ERROR 23505: taken', server: 'ERROR 23514: taken' },
    ]);
    expect(compared({ message: 'refused' })).toHaveLength(1);
    expect(compared({ column: 5 })).toEqual([
      { differs: 'error', pglite: 'column: 4', server: 'column: 5' },
    ]);
    expect(compareStatements(failed, answer())[0]).toMatchObject({ server: 'nothing' });
  });

  it('a plan: node, index, table, condition, and the nodes below', () => {
    const { index: _, condition: __, ...scan } = { ...NODE, node: 'Seq Scan' };
    const cost = { plan: scan, buffersHit: 1, buffersRead: 2, walBytes: 0, rowsScanned: 300 };
    expect(found({ cost })).toEqual([
      {
        differs: 'plan',
        pglite: "Index Scan, relation orders, index orders_pkey, condition (order_id = 'O1'::text)",
        server: 'Seq Scan, relation orders',
      },
    ]);
    expect(found({}, { index: 'orders_by_status' })[0]?.differs).toBe('plan');
    expect(found({}, { relation: 'posts' })[0]?.differs).toBe('plan');
    expect(found({}, { condition: "(order_id > 'O1'::text)" })[0]?.differs).toBe('plan');
    expect(found({}, { children: [NODE] })[0]?.differs).toBe('plan');
  });

  it('the figures of a plan: rows planned, read and dropped, loops, pages', () => {
    expect(found({}, { rows: 2 })).toEqual([
      {
        differs: 'cost',
        pglite: 'Index Scan: rowsPlanned 1, rows 1, loops 1, rowsRemoved 0, pages 3',
        server: 'Index Scan: rowsPlanned 1, rows 2, loops 1, rowsRemoved 0, pages 3',
      },
    ]);
    for (const change of [
      { rowsPlanned: 2 },
      { loops: 2 },
      { rowsRemoved: 1 },
      { buffersHit: 2 },
    ]) {
      expect(found({}, change).map(({ differs }) => differs)).toEqual(['cost']);
    }
  });

  it('long answers, of which only the lines between the first and the last that differ are told', () => {
    const rows = (from: number) => Array.from({ length: 20 }, (_, n) => [`${n + from}`]);
    const [difference] = compareStatements(answer({ rows: rows(0) }), answer({ rows: rows(50) }));
    expect(difference?.server.split('\n')).toHaveLength(11);
    expect(difference?.server).toMatch(/and 10 more lines$/);
    const [inside] = compareStatements(
      answer({ rows: [['a'], ['b'], ['z']] }),
      answer({ rows: [['a'], ['c'], ['d'], ['z']] }),
    );
    expect(inside).toEqual({ differs: 'rows', pglite: '["b"]', server: '["c"]\n["d"]' });
  });
});

describe('no difference is', () => {
  it('what a server counts over all of its databases, and the operating system over all processes', () => {
    for (const type of ['oid', 'xid', 'xid8', 'pg_lsn']) {
      expect(compareStatements(value('743', type), value('16384', type))).toEqual([]);
      expect(compareStatements(value('743', type), value('0', type))).toHaveLength(1);
      expect(compareStatements(value('743', type), value(null, type))).toHaveLength(1);
    }
    expect(compareStatements(value('1', 'integer', 'pid'), value('42', 'integer', 'pid'))).toEqual(
      [],
    );
    const said = (message: string, detail: string) =>
      answer({ notices: [{ severity: 'NOTIFY', message, detail }] });
    expect(
      compareStatements(
        said('received from server process with PID 1.', 'Process 1 waits for transaction 9'),
        said('received from server process with PID 42.', 'Process 7 waits for transaction 743'),
      ),
    ).toEqual([]);
  });

  it('an OID in a condition, and names made of numbers', () => {
    const condition = (text: string) => answer({}, { condition: text });
    expect(
      compareStatements(condition("(oid = '16384'::oid)"), condition("(oid = '16385'::oid)")),
    ).toEqual([]);
    expect(compareStatements(value('pg_toast_16384_index'), value('pg_toast_16390_index'))).toEqual(
      [],
    );
    // REFRESH MATERIALIZED VIEW CONCURRENTLY compares with a temporary table of such a name.
    const scan = (relation: string) => answer({}, { relation });
    expect(compareStatements(scan('pg_temp_16384'), scan('pg_temp_16739'))).toEqual([]);
    expect(compareStatements(scan('pg_temp_16384'), scan('pg_temp_16739_2'))).toHaveLength(1);
  });

  it('the way to an extension that is not installed, in the hint of its error alone', () => {
    const missing = (hint: string, of = 'hll') =>
      answer({
        error: {
          severity: 'ERROR',
          code: '0A000',
          message: `extension "${of}" is not available`,
          hint,
        },
      });
    expect(compareStatements(missing('Name it in the lab.'), missing('Install it.'))).toEqual([]);
    expect(
      compareStatements(missing('Install it.'), missing('Install it.', 'vector')),
    ).toHaveLength(1);
    const other = (hint: string) =>
      answer({ error: { severity: 'ERROR', code: '0A000', message: 'not implemented', hint } });
    expect(compareStatements(other('Name it.'), other('Install it.'))).toHaveLength(1);
  });

  it('times and memory in what EXPLAIN prints, but its rows are', () => {
    const explained = (line: string) => value(line, 'text', 'QUERY PLAN');
    const line = (time: string, rows: string) =>
      explained(`Seq Scan (actual time=${time}..1.500 rows=${rows} loops=1)`);
    expect(compareStatements(line('0.010', '1.00'), line('0.020', '1.00'))).toEqual([]);
    expect(compareStatements(line('0.010', '1.00'), line('0.010', '2.00'))).toHaveLength(1);
    for (const text of ['Execution Time: 1 ms', 'Memory Usage: 9kB', '"Planning Time": 1.5,']) {
      const other = text.replace(/\d+(\.\d+)?/, '25');
      expect(compareStatements(explained(text), explained(other))).toEqual([]);
      expect(compareStatements(value(text), value(other))).toHaveLength(1);
    }
  });

  it('which pages were in memory, how much memory was taken, and bytes of WAL', () => {
    expect(found({}, { buffersHit: 3, buffersRead: 0, memoryKiB: 25, walBytes: 8 })).toEqual([]);
  });

  it('how many settings or locks a server has', () => {
    const scan = (rowsRemoved: number) =>
      answer({}, { node: 'Function Scan', relation: 'pg_show_all_settings', rowsRemoved });
    expect(compareStatements(scan(410), scan(416))).toEqual([]);
  });

  it('told twice: figures of another plan are not compared', () => {
    const differing = found({}, { node: 'Seq Scan', rows: 300 });
    expect(differing.map(({ differs }) => differs)).toEqual(['plan']);
  });
});

describe('the list of differences', () => {
  const difference: FoundDifference = {
    lab: 'chapter/lab',
    step: 'Ask',
    statement: 2,
    differs: 'rows',
    pglite: '["32"]',
    server: '["64"]',
  };
  const entry = { ...difference, why: 'Pointers have another size on another machine.' };

  it('lets what it names pass', () => {
    expect(reckon([difference], [entry])).toEqual({ unlisted: [], stale: [], met: [entry] });
  });

  it('does not let anything else pass', () => {
    expect(reckon([difference], []).unlisted).toEqual([difference]);
    for (const change of [{ statement: 1 }, { step: 'Tell' }, { differs: 'tag' as const }]) {
      const other = { ...difference, ...change };
      expect(reckon([difference, other], [entry]).unlisted).toEqual([other]);
    }
  });

  it('may not name what does not occur, or occurs in other words', () => {
    expect(reckon([], [entry]).stale).toEqual([entry]);
    const changed = { ...difference, server: '["128"]' };
    expect(reckon([changed], [entry])).toEqual({ unlisted: [changed], stale: [entry], met: [] });
  });

  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'differences-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('must give a reason for every entry, and knows no other fields', async () => {
    const file = join(folder, 'differences.yaml');
    const read = async (entries: unknown) => {
      await writeFile(file, JSON.stringify({ differences: entries, unverified: [] }));
      return readListed(file);
    };
    expect((await read([entry])).differences).toEqual([entry]);
    await expect(read([difference])).rejects.toThrow(/at differences\[0\]\.why/);
    await expect(read([{ ...entry, because: 'x' }])).rejects.toThrow(/because/);
  });
});

describe('a server', () => {
  it('is a package of npm for this machine; for others it is said that there is none', () => {
    expect(() => serverFolder('sunos', 'sparc')).toThrow(ServerError);
    expect(() => serverFolder('win32', 'arm64')).toThrow(
      /^npm has no PostgreSQL server for windows-arm64, so .* It has one for darwin-arm64, /,
    );
    expect(serverFolder()).toMatch(/native$/);
  });
});
