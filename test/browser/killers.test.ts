/** What kills PostgreSQL in a page: the reader is told, nothing typed is lost, and it works again. */
import { describe } from 'vitest';
import { LabPage } from './lab-page.ts';
import { expect, test } from './support.ts';

const ACID = 'guide/acid-transactions/';

/** Programs of a reader's, and what the page says of each. */
const KILLERS: Record<string, { sql: string; told: RegExp }> = {
  'endless recursion': {
    sql: 'CREATE FUNCTION f(n int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN f(n + 1); END $$;\nSELECT f(1);',
    told: /54001.*stack depth limit exceeded/s,
  },
  'JSON of a million levels': {
    sql: "SELECT repeat('[', 1000000)::json;",
    told: /broke and was restored.*than the stack of a browser allows/s,
  },
  'a program that COPY starts': {
    sql: "COPY (SELECT 1) TO PROGRAM 'cat';",
    told: /could not execute command "cat".*in a browser there are none/s,
  },
  'a slot of logical replication': {
    sql: "SELECT pg_create_logical_replication_slot('s', 'pgoutput');",
    told: /55000.*logical decoding requires/s,
  },
  'hundreds of thousands of rows': {
    sql: 'SELECT n FROM generate_series(1, 200000) n;',
    told: /200,?000/,
  },
  'a value of 600 MB': { sql: "SELECT repeat('x', 600000000);", told: /53200.*out of memory/s },
  'arrays that double for ever': {
    sql: 'WITH RECURSIVE a(x) AS (SELECT ARRAY[1] UNION ALL SELECT x || x FROM a) SELECT count(*) FROM a;',
    told: /53200.*out of memory/s,
  },
  'a wait for its own lock': {
    sql: "BEGIN;\nUPDATE inventory SET stock = 0;\nPREPARE TRANSACTION 'other';\nUPDATE inventory SET stock = 1;",
    told: /57014.*nothing could ever release it/s,
  },
};

test.for(Object.entries(KILLERS))(
  '%s ends with a message, and a database that works',
  async ([, { sql, told }], { open }) => {
    const lab = new LabPage(await open(ACID), 'place-order');
    await lab.edit('postgres', 1, sql);
    await lab.run();
    expect(await lab.answer('postgres', 1)).toMatch(told);
    expect(await lab.code('postgres', 1)).toBe(sql);
    expect(await lab.side('dynamodb').getAttribute('data-state')).toBe('ok');
    await lab.edit('postgres', 1, 'SELECT 42 AS answer;');
    await lab.run('postgres');
    expect(await lab.output('postgres', 1).locator('tbody').textContent()).toBe('42');
  },
);

describe('a statement that never ends', () => {
  const ENDLESS =
    'WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT 1 FROM t) SELECT count(*) FROM t;';

  test('is stopped, and PostgreSQL comes back', async ({ open }) => {
    const lab = new LabPage(await open(ACID), 'place-order');
    await lab.edit('postgres', 1, `SELECT 'on its way' AS sign;\n${ENDLESS}`);
    await lab.press('postgres');
    await lab.output('postgres', 1).locator('tbody', { hasText: 'on its way' }).waitFor();
    await lab.press('postgres');
    expect(await lab.rest()).toBe('error');
    expect(await lab.answer('postgres', 1)).toMatch(/You stopped the run/);
    await lab.edit('postgres', 1, 'SELECT 42 AS answer;');
    await lab.run('postgres');
    expect(await lab.output('postgres', 1).locator('tbody').textContent()).toBe('42');
  });

  test('is ended by the watchdog, which says so; what was typed outlives the page', async ({
    open,
  }) => {
    const page = await open(ACID);
    const lab = new LabPage(page, 'place-order');
    await lab.edit('postgres', 1, ENDLESS);
    await lab.press('postgres');
    expect(await page.evaluate(() => 6 * 7)).toBe(42);
    expect(await lab.rest()).toBe('error');
    expect(await lab.answer('postgres', 1)).toMatch(
      /ran for 20 seconds and was ended. PostgreSQL starts again/,
    );
    await page.reload();
    await page.waitForFunction(() => document.querySelector('#place-order .cm-content'));
    expect(await lab.code('postgres', 1)).toBe(ENDLESS);
    await lab.root.getByRole('button', { name: 'Reset', exact: true }).click();
    expect(await lab.run()).toBe('ok');
  });
});
