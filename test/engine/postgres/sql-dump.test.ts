/** The database as a script: what pg_dump writes, another instance reads. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PostgresEngine } from '../../../src/engine/postgres/session.ts';
import { splitSql } from '../../../src/engine/postgres/split.ts';
import { openPostgres } from '../../../tools/engines/postgres.ts';

let postgres: PostgresEngine;
beforeAll(async () => {
  postgres = await openPostgres();
});
afterAll(() => postgres.close());

async function run(sql: string): Promise<Array<Array<string | null>> | undefined> {
  let last: Array<Array<string | null>> | undefined;
  for (const statement of splitSql(sql)) {
    const { error, rows } = await postgres.run(statement);
    expect(error, statement.text).toBeUndefined();
    last = rows;
  }
  return last;
}

const MADE = `CREATE ROLE reader;
  CREATE TABLE "Odd name" (id serial PRIMARY KEY, doc jsonb, at timestamptz DEFAULT now(), t text);
  INSERT INTO "Odd name" (doc, t) VALUES ('{"a": [1, null]}', E'it''s\\n"so"'), (NULL, NULL);
  CREATE INDEX by_doc ON "Odd name" USING gin (doc);
  CREATE VIEW short AS SELECT id, t FROM "Odd name";
  GRANT SELECT ON short TO reader;
  CREATE FUNCTION twice(n int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 2 * n; END $$;`;

test('tables, rows, indexes, views, functions and roles come back in an empty database', async () => {
  await postgres.reset('empty');
  await run(
    `${MADE} SET search_path = pg_catalog; BEGIN; INSERT INTO public."Odd name" (t) VALUES ('open');`,
  );
  const dump = await postgres.sqlDump();
  await postgres.reset('empty');
  await run(dump);
  expect(await postgres.sqlDump()).toBe(dump);
  expect(await run('SELECT id, doc, t FROM public."Odd name" ORDER BY id;')).toEqual([
    ['1', '{"a": [1, null]}', 'it\'s\n"so"'],
    ['2', null, null],
  ]);
  expect(await run('SELECT public.twice(21);')).toEqual([['42']]);
  expect(await run("SELECT has_table_privilege('reader', 'public.short', 'SELECT');")).toEqual([
    ['t'],
  ]);
  expect(await run('INSERT INTO public."Odd name" DEFAULT VALUES RETURNING id;')).toEqual([['4']]);
});

test('the dataset’s rows are all in it', async () => {
  await postgres.reset('inkwell');
  const dump = await postgres.sqlDump();
  const inserts = dump
    .split('\n')
    .filter((line) => line.startsWith('INSERT INTO public.page_views'));
  expect(inserts).toHaveLength(10_000);
});
