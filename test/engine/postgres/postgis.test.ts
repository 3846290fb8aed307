/** PostGIS: in a PostgreSQL of its own, which takes the place of the usual one and behaves like it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { withRequired } from '../../../src/engine/postgres/extension-names.ts';
import type { PostgresEngine, PostgresEvent } from '../../../src/engine/postgres/session.ts';
import { openPostgres } from '../../../tools/engines/postgres.ts';
import { last, rowsOf, runScript } from './scripts.ts';

let pg: PostgresEngine;
const events: PostgresEvent[] = [];
beforeAll(async () => {
  pg = await openPostgres({ onEvent: (event) => events.push(event) });
  await withPostgis();
});
afterAll(() => pg.close());
beforeEach(() => events.splice(0));

const withPostgis = () => pg.reset('inkwell', { extensions: ['postgis'] });
const versionOf = async () => (await rowsOf(pg, 'SELECT version()'))?.[0]?.[0];

const POINTS = `CREATE TABLE points AS
    SELECT g AS id, ST_MakePoint(g % 100 / 10.0, g / 100 / 10.0)::geography AS at
      FROM generate_series(1, 2000) g;
  CREATE INDEX ON points USING gist (at); ANALYZE points`;
const NEAREST = "SELECT id FROM points ORDER BY at <-> 'POINT(5 1)'::geography LIMIT 3";

describe('a lab that names postgis', () => {
  it('finds it created, as in a hosted database, beside the dataset', async () => {
    await withPostgis();
    const created = await last(pg, 'CREATE EXTENSION IF NOT EXISTS postgis');
    expect(created).toMatchObject({
      tag: 'CREATE EXTENSION',
      notices: [{ message: 'extension "postgis" already exists, skipping' }],
    });
    expect(await rowsOf(pg, 'SELECT postgis_lib_version(), count(*) FROM users')).toEqual([
      ['3.6.2', '200'],
    ]);
  });

  it('measures on the globe and on a map, with all coordinate systems', async () => {
    const query = `SELECT round(ST_Distance(a, b)), ST_SRID(ST_Transform(a::geometry, 25833)),
        ST_AsText(ST_Transform(a::geometry, 3857), 0)
      FROM (SELECT 'POINT(13.4 52.5)'::geography AS a, 'POINT(2.35 48.86)'::geography AS b)`;
    expect(await rowsOf(pg, query)).toEqual([['878452', '25833', 'POINT(1491681 6891042)']]);
  });

  it('finds the nearest by an index, and sees what it cost', async () => {
    await withPostgis();
    await last(pg, POINTS);
    const { rows, cost } = await last(pg, NEAREST);
    expect(rows?.[0]).toEqual(['1050']);
    expect(cost?.plan).toMatchObject({
      node: 'Limit',
      children: [{ node: 'Index Scan', index: 'points_at_idx', rows: 3 }],
    });
  });

  it('gets the words of PostGIS for a mistake', async () => {
    const [{ error } = {}] = await runScript(pg, "SELECT ST_GeomFromText('POINT(')");
    expect(error?.message).toBe('parse error - invalid geometry');
  });

  it('can load no other extension beside it', async () => {
    expect(() => withRequired(['postgis', 'vector'])).toThrow(
      /^postgis is in a PostgreSQL of its own, where no other extension can be loaded: name it alone/,
    );
  });
});

describe('a reset', () => {
  it('puts its instance back, with the same cost each time', async () => {
    const costs: unknown[] = [];
    for (let round = 0; round < 3; round += 1) {
      await withPostgis();
      expect(await rowsOf(pg, "SELECT to_regclass('points')")).toEqual([[null]]);
      await last(pg, POINTS);
      costs.push((await last(pg, NEAREST)).cost);
    }
    expect(costs[1]).toEqual(costs[0]);
    expect(costs[2]).toEqual(costs[0]);
    expect(events).toEqual([]);
  });

  it('brings back an extension that was dropped', async () => {
    await last(pg, 'DROP EXTENSION postgis CASCADE');
    await withPostgis();
    expect(await rowsOf(pg, "SELECT ST_X('POINT(1 2)'::geometry)")).toEqual([['1']]);
  });

  it('is not needed after what would break PGlite: it answers on', async () => {
    const [failed, next] = await runScript(
      pg,
      "SELECT repeat('[', 20000)::jsonb; SELECT ST_Length('LINESTRING(0 0, 3 4)'::geometry)",
    );
    expect(failed?.error).toBeDefined();
    expect(next?.rows).toEqual([['5']]);
  });

  it('ends endless recursion with error 54001', async () => {
    await last(
      pg,
      `CREATE FUNCTION deeper(i int) RETURNS int LANGUAGE plpgsql
        AS $$ BEGIN RETURN deeper(i + 1); END $$`,
    );
    const [{ error } = {}] = await runScript(pg, 'SELECT deeper(1)');
    expect(error?.code).toBe('54001');
  });

  it('changes from one PostgreSQL to the other: one at a time', async () => {
    expect(await versionOf()).toMatch(/^PostgreSQL 18\.3 \(PGlite 0\.5\.8\)/);
    await pg.reset('inkwell');
    expect(await versionOf()).toMatch(/^PostgreSQL 18\.6 \(PGlite 0\.5\.16\)/);
    const [{ error } = {}] = await runScript(pg, 'CREATE EXTENSION postgis');
    expect(error?.hint).toBe(
      'Only the extensions that a lab names are loaded, and this one has not named postgis.',
    );
    await withPostgis();
    expect(await versionOf()).toMatch(/^PostgreSQL 18\.3/);
    expect(events).toMatchObject([
      { event: 'rebuilt', reason: 'extensions' },
      { event: 'rebuilt', reason: 'extensions' },
    ]);
  });
});
