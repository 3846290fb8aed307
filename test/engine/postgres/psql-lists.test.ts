/** psql's lists and descriptions answer as psql 18 does: its titles, columns, rows and lines below. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type StatementResult, withMore } from '../../../src/engine/lab/result.ts';
import type { PostgresEngine } from '../../../src/engine/postgres/session.ts';
import { openPostgres } from '../../../tools/engines/postgres.ts';
import { last, rowsOf, runScript } from './scripts.ts';

const LIBRARY = `
  CREATE SCHEMA shop;
  CREATE TABLE shop.author (
    id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name varchar(40) NOT NULL UNIQUE,
    email text COLLATE "C",
    born date DEFAULT CURRENT_DATE,
    CONSTRAINT adult CHECK (born < DATE '2010-01-01')
  );
  CREATE TABLE shop.book (
    id serial PRIMARY KEY,
    author_id int NOT NULL REFERENCES shop.author ON DELETE CASCADE,
    title text NOT NULL,
    low text GENERATED ALWAYS AS (lower(title)) STORED,
    size int GENERATED ALWAYS AS (length(title)) VIRTUAL
  ) WITH (fillfactor = 70);
  CREATE INDEX book_by_author ON shop.book (author_id, title DESC) WHERE id > 5;
  CREATE VIEW shop.cheap AS SELECT id, title FROM shop.book WHERE id < 5;
  CREATE MATERIALIZED VIEW shop.counted AS SELECT count(*) AS n FROM shop.book;
  CREATE FUNCTION shop.touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
  CREATE FUNCTION shop.twice(a int, b int DEFAULT 2) RETURNS int LANGUAGE sql AS 'SELECT a * b';
  CREATE TRIGGER touched BEFORE UPDATE ON shop.book FOR EACH ROW EXECUTE FUNCTION shop.touch();
  ALTER TABLE shop.book ENABLE ROW LEVEL SECURITY;
  CREATE POLICY mine ON shop.book FOR SELECT USING (id < 100);
  CREATE TABLE shop.event (at date NOT NULL) PARTITION BY RANGE (at);
  CREATE TABLE shop.event_2024 PARTITION OF shop.event FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
  CREATE ROLE ann LOGIN CONNECTION LIMIT 3;
  SET search_path = shop;
`;

let pg: PostgresEngine;
beforeAll(async () => {
  pg = await openPostgres();
});
afterAll(() => pg.close());
beforeEach(() => pg.reset('inkwell'));

/** What is shown of a command: title, head, rows, lines below; NULL as nothing. */
function shown({ title, columns = [], rows = [], footer = [] }: StatementResult): string[] {
  const line = (cells: ReadonlyArray<string | null>) => cells.map((cell) => cell ?? '').join('|');
  return [
    title ?? '',
    line(columns.map(({ name }) => name)),
    ...rows.map((row) => line(row)),
    ...footer,
  ];
}

async function library(command: string): Promise<string[]> {
  return shown(await last(pg, `${LIBRARY}\n${command}`));
}

describe('\\d describes', () => {
  it('a table with its indexes, constraints and those who refer to it', async () => {
    expect(await library('\\d author')).toEqual([
      'Table "shop.author"',
      'Column|Type|Collation|Nullable|Default',
      'id|integer||not null|generated always as identity',
      'name|character varying(40)||not null|',
      'email|text|C||',
      'born|date|||CURRENT_DATE',
      'Indexes:',
      '    "author_pkey" PRIMARY KEY, btree (id)',
      '    "author_name_key" UNIQUE CONSTRAINT, btree (name)',
      'Check constraints:',
      '    "adult" CHECK (born < \'2010-01-01\'::date)',
      'Referenced by:',
      '    TABLE "book" CONSTRAINT "book_author_id_fkey" FOREIGN KEY (author_id) REFERENCES author(id) ON DELETE CASCADE',
    ]);
  });

  it('a table with policies and triggers and, with a plus sign, more', async () => {
    expect(await library('\\d+ book')).toEqual([
      'Table "shop.book"',
      'Column|Type|Collation|Nullable|Default|Storage|Compression|Stats target|Description',
      "id|integer||not null|nextval('book_id_seq'::regclass)|plain|||",
      'author_id|integer||not null||plain|||',
      'title|text||not null||extended|||',
      'low|text|||generated always as (lower(title)) stored|extended|||',
      'size|integer|||generated always as (length(title))|plain|||',
      'Indexes:',
      '    "book_pkey" PRIMARY KEY, btree (id)',
      '    "book_by_author" btree (author_id, title DESC) WHERE id > 5',
      'Foreign-key constraints:',
      '    "book_author_id_fkey" FOREIGN KEY (author_id) REFERENCES author(id) ON DELETE CASCADE',
      'Policies:',
      '    POLICY "mine" FOR SELECT',
      '      USING ((id < 100))',
      'Not-null constraints:',
      '    "book_id_not_null" NOT NULL "id"',
      '    "book_author_id_not_null" NOT NULL "author_id"',
      '    "book_title_not_null" NOT NULL "title"',
      'Triggers:',
      '    touched BEFORE UPDATE ON book FOR EACH ROW EXECUTE FUNCTION touch()',
      'Access method: heap',
      'Options: fillfactor=70',
    ]);
  });

  it('views, indexes, sequences, partitions', async () => {
    await last(pg, LIBRARY);
    const of = async (command: string) => shown(await last(pg, command));
    expect(await of('\\d+ cheap')).toEqual([
      'View "shop.cheap"',
      'Column|Type|Collation|Nullable|Default|Storage|Description',
      'id|integer||||plain|',
      'title|text||||extended|',
      'View definition:',
      ' SELECT id,',
      '    title',
      '   FROM book',
      '  WHERE id < 5;',
    ]);
    expect(await of('\\d book_by_author')).toEqual([
      'Index "shop.book_by_author"',
      'Column|Type|Key?|Definition',
      'author_id|integer|yes|author_id',
      'title|text|yes|title',
      'btree, for table "shop.book", predicate (id > 5)',
    ]);
    expect(await of('\\d book_id_seq')).toEqual([
      'Sequence "shop.book_id_seq"',
      'Type|Start|Minimum|Maximum|Increment|Cycles?|Cache',
      'integer|1|1|2147483647|1|no|1',
      'Owned by: shop.book.id',
    ]);
    expect(await of('\\d event')).toEqual([
      'Partitioned table "shop.event"',
      'Column|Type|Collation|Nullable|Default',
      'at|date||not null|',
      'Partition key: RANGE (at)',
      'Number of partitions: 1 (Use \\d+ to list them.)',
    ]);
    expect((await of('\\d event_2024')).at(-1)).toBe(
      "Partition of: event FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')",
    );
  });

  it('all relations that a pattern fits, one after the other', async () => {
    await last(pg, LIBRARY);
    expect(withMore(await last(pg, '\\d book_*')).map(({ title }) => title)).toEqual([
      'Index "shop.book_by_author"',
      'Sequence "shop.book_id_seq"',
      'Index "shop.book_pkey"',
    ]);
  });

  it('the index to which that of a partition belongs', async () => {
    const script = 'CREATE INDEX at ON event (at);\n\\d event_2024_at_idx';
    expect((await library(script)).at(-2)).toBe('Partition of: at ');
  });

  it('nothing that is not there', async () => {
    const [result] = await runScript(pg, '\\d nosuch');
    expect(result?.error).toEqual({
      severity: 'ERROR',
      message: 'Did not find any relation named "nosuch".',
      line: 1,
      column: 1,
    });
  });
});

describe("lists have psql's titles, columns and rows:", () => {
  it.each([
    ['\\d', 'List of relations', 'Schema|Name|Type|Owner', 8],
    ['\\dt', 'List of tables', 'Schema|Name|Type|Owner', 4],
    [
      '\\dt+ b*',
      'List of tables',
      'Schema|Name|Type|Owner|Persistence|Access method|Size|Description',
      1,
    ],
    ['\\di', 'List of indexes', 'Schema|Name|Type|Owner|Table', 4],
    ['\\dv', 'List of views', 'Schema|Name|Type|Owner', 1],
    ['\\dm', 'List of materialized views', 'Schema|Name|Type|Owner', 1],
    ['\\ds', 'List of sequences', 'Schema|Name|Type|Owner', 2],
    ['\\dtv', 'List of relations', 'Schema|Name|Type|Owner', 5],
    ['\\df', 'List of functions', 'Schema|Name|Result data type|Argument data types|Type', 2],
    ['\\dn', 'List of schemas', 'Name|Owner', 2],
    ['\\du', 'List of roles', 'Role name|Attributes', 2],
    ['\\dx', 'List of installed extensions', 'Name|Version|Default version|Schema|Description', 1],
    [
      '\\l',
      'List of databases',
      'Name|Owner|Encoding|Locale Provider|Collate|Ctype|Locale|ICU Rules|Access privileges',
      1,
    ],
  ])('%s', async (command, title, head, rows) => {
    const lines = await library(command);
    expect(lines.slice(0, 2)).toEqual([title, head]);
    expect(lines.slice(2)).toHaveLength(rows);
  });

  it('\\df with arguments and results', async () => {
    expect(await library('\\df tw*')).toContain(
      'shop|twice|integer|a integer, b integer DEFAULT 2|func',
    );
  });

  it('\\du with attributes', async () => {
    expect(await library('\\du')).toContain('ann|3 connections');
  });

  it('patterns may name a schema, hold wildcards and quotes', async () => {
    await last(pg, `${LIBRARY} CREATE TABLE "Odd.Name" ()`);
    const names = async (pattern: string) =>
      (await rowsOf(pg, `\\dt ${pattern}`)).map((row) => row[1]);
    expect(await names('public.orders')).toEqual(['orders']);
    expect(await names('SHOP.?OOK')).toEqual(['book']);
    expect(await names('"Odd.Name"')).toEqual(['Odd.Name']);
    expect(await names('event*;')).toEqual(['event', 'event_2024']);
  });

  it('that are empty say so, and are no failure', async () => {
    const [named, all] = await runScript(pg, '\\dv nosuch\n\\dm');
    expect(named?.notices).toEqual([
      { severity: 'INFO', message: 'Did not find any views named "nosuch".' },
    ]);
    expect(all?.notices[0]?.message).toBe('Did not find any materialized views.');
    expect(named).not.toHaveProperty('error');
  });
});

describe('the queries of a command', () => {
  it('cost nothing', async () => {
    expect(await last(pg, '\\d orders')).not.toHaveProperty('cost');
  });

  it('fail in a failed transaction, as in psql', async () => {
    const results = await runScript(pg, 'BEGIN;\nSELECT 1 / 0;\n\\dt\n\\d orders\nROLLBACK;\n\\dt');
    expect(results.map(({ error }) => error?.code)).toEqual([
      undefined,
      '22012',
      '25P02',
      '25P02',
      undefined,
      undefined,
    ]);
  });

  it('see what a transaction has not committed', async () => {
    expect((await last(pg, 'BEGIN; CREATE TABLE fresh ();\n\\d fresh')).title).toBe(
      'Table "public.fresh"',
    );
  });

  it('are not misled by objects of the same names in the search path', async () => {
    const script = `CREATE SCHEMA trap; CREATE TABLE trap.pg_class (oid int);
      SET search_path = trap, pg_catalog, public;\n\\dt public.orders`;
    expect(await rowsOf(pg, script)).toHaveLength(1);
  });
});
