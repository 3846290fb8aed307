/** What kills PostgreSQL in a page: the reader is told, nothing typed is lost, and it works again. */
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
