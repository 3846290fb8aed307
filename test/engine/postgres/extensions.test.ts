/** Extensions are there for the labs that name them, and for no others. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXTENSIONS, withRequired } from '../../../src/engine/postgres/extension-names.ts';
import {
  bootPostgres,
  type PostgresEngine,
  type PostgresEvent,
} from '../../../src/engine/postgres/session.ts';
import { openPostgres, postgresAssets } from '../../../tools/engines/postgres.ts';
import { last, rowsOf, runScript } from './scripts.ts';

let pg: PostgresEngine;
beforeAll(async () => {
  pg = await openPostgres();
});
afterAll(() => pg.close());

const withExtensions = (...extensions: string[]) => pg.reset('inkwell', { extensions });

describe('an extension that a lab names works:', () => {
  it('vector, with its distances and both kinds of index', async () => {
    await withExtensions('vector');
    await last(
      pg,
      `CREATE EXTENSION vector;
       CREATE TABLE points AS SELECT g AS id, ARRAY[g % 100, g / 100]::vector(2) AS at
         FROM generate_series(1, 5000) g;
       ANALYZE points`,
    );
    const distances = `SELECT '[3,4]'::vector <-> '[0,0]', '[1,2]'::vector <#> '[3,4]',
       '[1,0]'::vector <=> '[0,1]', '[1,2]'::vector <+> '[3,5]'`;
    expect(await rowsOf(pg, distances)).toEqual([['5', '-11', '1', '5']]);
    const nearest = "SELECT id FROM points ORDER BY at <-> '[50,20]' LIMIT 3";
    for (const index of [
      'ivfflat (at vector_l2_ops) WITH (lists = 20)',
      'hnsw (at vector_l2_ops)',
    ]) {
      await last(pg, `DROP INDEX IF EXISTS near; CREATE INDEX near ON points USING ${index}`);
      const { cost, rows } = await last(pg, nearest);
      expect(cost?.plan.children[0]).toMatchObject({ node: 'Index Scan', index: 'near' });
      expect(rows?.[0]).toEqual(['2050']);
    }
  });

  it('pg_trgm, with an index for LIKE', async () => {
    await withExtensions('pg_trgm');
    await last(
      pg,
      `CREATE EXTENSION pg_trgm;
       CREATE TABLE words AS SELECT md5(g::text) AS word FROM generate_series(1, 5000) g;
       CREATE INDEX ON words USING gin (word gin_trgm_ops); ANALYZE words`,
    );
    expect(await rowsOf(pg, "SELECT similarity('word', 'words')")).toEqual([['0.5714286']]);
    const { cost } = await last(pg, "SELECT * FROM words WHERE word LIKE '%c4ca4%'");
    expect(cost?.plan.children[0]).toMatchObject({
      node: 'Bitmap Index Scan',
      index: 'words_word_idx',
    });
  });

  it('hstore', async () => {
    await withExtensions('hstore');
    const query =
      "CREATE EXTENSION hstore; SELECT 'a=>1, b=>2'::hstore - 'a'::text, 'a=>1'::hstore -> 'a'";
    const { columns, rows } = await last(pg, query);
    expect(rows).toEqual([['"b"=>"2"', '1']]);
    expect(columns?.[0]?.type).toBe('hstore');
  });

  it('pgcrypto', async () => {
    await withExtensions('pgcrypto');
    const query = `CREATE EXTENSION pgcrypto;
      SELECT encode(digest('abc', 'sha256'), 'hex') LIKE 'ba7816bf%', crypt('x', gen_salt('bf')) LIKE '$2a$%'`;
    expect(await rowsOf(pg, query)).toEqual([['t', 't']]);
  });

  it('pg_stat_statements, which counts statements of the script and none of the engine', async () => {
    await withExtensions('pg_stat_statements');
    await last(
      pg,
      `CREATE EXTENSION pg_stat_statements; SELECT pg_stat_statements_reset();
       SELECT count(*) FROM orders WHERE order_id = 'a'; SELECT count(*) FROM orders WHERE order_id = 'b'`,
    );
    const { rows, cost } = await last(
      pg,
      "SELECT query, calls, rows FROM pg_stat_statements WHERE query NOT LIKE '%pg_stat%'",
    );
    expect(rows).toEqual([['SELECT count(*) FROM orders WHERE order_id = $1', '2', '2']]);
    expect(cost?.plan).toBeDefined();
  });

  it('one that needs another, which comes with it', async () => {
    expect(withRequired(['earthdistance'])).toEqual(['cube', 'earthdistance']);
    await withExtensions('earthdistance');
    const created = await last(pg, 'CREATE EXTENSION earthdistance CASCADE');
    expect(created.notices).toMatchObject([{ message: 'installing required extension "cube"' }]);
    expect(await rowsOf(pg, 'SELECT round(earth())')).toEqual([['6378168']]);
  });

  it.each(Object.keys(EXTENSIONS))(
    '%s can be created, and leaves statements their cost',
    async (name) => {
      await withExtensions(name);
      await last(pg, `CREATE EXTENSION IF NOT EXISTS "${name}" CASCADE`);
      expect((await last(pg, 'SELECT count(*) FROM orders')).cost?.rowsScanned).toBeGreaterThan(0);
    },
  );
});

describe('a reset', () => {
  it('by image holds with extensions, also from one set to another', async () => {
    const own: PostgresEvent[] = [];
    const other = await openPostgres({ onEvent: (event) => own.push(event) });
    for (let round = 0; round < 3; round += 1) {
      for (const extensions of [['vector'], [], ['pg_trgm', 'vector'], ['hstore'], []]) {
        await other.reset('inkwell', { extensions });
        const available = await rowsOf(
          other,
          `SELECT name, installed_version FROM pg_available_extensions
            WHERE name <> 'plpgsql' ORDER BY name`,
        );
        expect(available).toEqual(extensions.map((name) => [name, null]));
        for (const name of extensions) await last(other, `CREATE EXTENSION ${name}`);
        if (extensions.includes('vector')) {
          expect(await rowsOf(other, "SELECT '[1,2]'::vector <-> '[1,3]'")).toEqual([['1']]);
        }
      }
    }
    expect(own).toEqual([]);
    // Of a library that was loaded together with another, there is no image without the other.
    await other.reset('inkwell', { extensions: ['pg_trgm'] });
    expect(own).toMatchObject([{ event: 'rebuilt', reason: 'extensions' }]);
    expect(await rowsOf(other, "CREATE EXTENSION pg_trgm; SELECT 'a' % 'a'")).toEqual([['t']]);
    await other.close();
  });

  it('leaves nothing of an extension to the next lab', async () => {
    await withExtensions('vector');
    await last(pg, "CREATE EXTENSION vector; CREATE TABLE v AS SELECT '[1]'::vector AS v");
    await pg.reset('inkwell');
    expect(await rowsOf(pg, "SELECT to_regclass('v'), to_regtype('vector')")).toEqual([
      [null, null],
    ]);
    const [failed] = await runScript(pg, 'CREATE EXTENSION vector');
    expect(failed?.error?.code).toBe('0A000');
  });

  it('costs a lab without extensions neither files nor a new instance', async () => {
    const fetched: string[] = [];
    const assets = postgresAssets();
    const own: PostgresEvent[] = [];
    const other = await bootPostgres(
      {
        ...assets,
        extension(name) {
          fetched.push(name);
          return assets.extension(name);
        },
      },
      { dataset: 'inkwell', onEvent: (event) => own.push(event) },
    );
    await last(other, 'SELECT 1');
    await other.reset('inkwell');
    expect(fetched).toEqual([]);
    await other.reset('inkwell', { extensions: ['citext'] });
    await other.reset('inkwell');
    await other.reset('inkwell', { extensions: ['citext'] });
    expect(fetched).toEqual(['citext']);
    expect(own).toEqual([]);
    await other.close();
  });

  it('gives statements the same cost each time', async () => {
    const costs: unknown[] = [];
    for (const set of [['cube'], [], ['cube'], ['cube']]) {
      await withExtensions(...set);
      const { cost } = await last(pg, 'SELECT * FROM orders JOIN customers USING (customer_id)');
      costs.push(cost);
    }
    expect(costs[2]).toEqual(costs[0]);
    expect(costs[3]).toEqual(costs[0]);
    expect(costs[1]).toEqual(costs[0]);
  });

  it('by a new instance brings extensions, too', async () => {
    const rebuilding = await openPostgres({ resetBy: 'rebuild' });
    await rebuilding.reset('inkwell', { extensions: ['citext'] });
    expect(await rowsOf(rebuilding, "CREATE EXTENSION citext; SELECT 'A'::citext = 'a'")).toEqual([
      ['t'],
    ]);
    await rebuilding.reset('inkwell', { extensions: ['pg_stat_statements'] });
    await last(rebuilding, 'CREATE EXTENSION pg_stat_statements; SELECT * FROM pg_stat_statements');
    await rebuilding.close();
  });
});

describe('an extension that is not there', () => {
  it('is refused by name, with those that there are', async () => {
    await expect(withExtensions('vektor')).rejects.toThrow(
      /there is no extension 'vektor' that can be loaded; there are: amcheck, .*vector/,
    );
  });

  it.each([
    ['postgres_fdw', /^postgres_fdw cannot be loaded: .* on a server/],
    ['postgis_raster', /^postgis_raster is not loaded here: .* on a server/],
  ])('%s is refused with the reason and the fix', async (name, message) => {
    await expect(withExtensions(name)).rejects.toThrow(message);
  });

  it('is told to the reader who creates it', async () => {
    await pg.reset('inkwell');
    const [vector, dblink] = await runScript(
      pg,
      'CREATE EXTENSION vector; CREATE EXTENSION dblink',
    );
    expect(vector?.error).toMatchObject({
      code: '0A000',
      message: 'extension "vector" is not available',
      hint: 'Only the extensions that a lab names are loaded, and this one has not named vector.',
    });
    expect(dblink?.error?.hint).toMatch(/^dblink cannot be loaded: /);
  });

  it('does not arrive: the next reset works', async () => {
    const assets = {
      ...postgresAssets(),
      extension: () => Promise.reject(new Error('no network')),
    };
    const other = await bootPostgres(assets, { dataset: 'inkwell' });
    await last(other, 'CREATE TABLE t (a int)');
    await expect(other.reset('inkwell', { extensions: ['vector'] })).rejects.toThrow('no network');
    await other.reset('inkwell');
    expect(await rowsOf(other, "SELECT to_regclass('t')")).toEqual([[null]]);
    await other.close();
  });
});
