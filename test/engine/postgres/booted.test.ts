/** A booted state takes the place of a start, and nobody can tell the difference. */
import { beforeAll, describe, expect, it } from 'vitest';
import { Instance } from '../../../src/engine/postgres/instance.ts';
import type { InstanceParts } from '../../../src/engine/postgres/program.ts';
import { bootPostgres } from '../../../src/engine/postgres/session.ts';
import { postgresAssets } from '../../../tools/engines/postgres.ts';
import { rowsOf, runScript } from './scripts.ts';

const LIMIT = 60_000;

/** What an instance is made of, with or without its booted state. */
async function partsOf(booted: Blob | undefined): Promise<InstanceParts> {
  const { module, fsBundle, autoExplain, snapshot } = postgresAssets();
  return {
    module: await module,
    fsBundle: await fsBundle,
    autoExplain: await autoExplain,
    snapshot: await snapshot('inkwell'),
    atStart: [],
    booted,
  };
}

async function recorded(): Promise<Blob> {
  const file = await postgresAssets().booted?.('inkwell');
  if (!file) throw new Error('there is no booted state');
  return new Blob([await file.arrayBuffer()]);
}

/** The file with its header's text changed, at the same length. */
async function changed(file: Blob, what: RegExp, to: (found: string) => string): Promise<Blob> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const length = new DataView(bytes.buffer).getUint32(0, true);
  const text = new TextDecoder().decode(bytes.subarray(4, 4 + length)).replace(what, to);
  bytes.set(new TextEncoder().encode(text), 4);
  return new Blob([bytes]);
}

describe('an instance with a booted state', () => {
  it('is that which was recorded', async () => {
    const instance = await Instance.start(await partsOf(await recorded()), LIMIT);
    expect(instance.wasBooted).toBe(true);
    expect(await instance.query('SELECT count(*) FROM orders')).toEqual([['300']]);
    await instance.close();
  });

  it.each([
    [
      'a program that lies otherwise in memory',
      /"heapEnd":(\d)/,
      (found: string) => found.replace(/\d$/, '9'),
    ],
    [
      'a program with other functions',
      /"tableLength":(\d)/,
      (found: string) => found.replace(/\d$/, '9'),
    ],
    [
      'a program with other contents',
      /"checksum":-?(\d)/,
      (found: string) => found.replace(/\d$/, (digit) => (digit === '9' ? '8' : '9')),
    ],
    [
      'a program with other libraries',
      /"libraryNodes":\[(\d)/,
      (found: string) => found.replace(/\d$/, (digit) => (digit === '9' ? '8' : '9')),
    ],
  ])('starts instead when it is of %s', async (_, what, to) => {
    const other = await changed(await recorded(), what, to);
    const instance = await Instance.start(await partsOf(other), LIMIT);
    expect(instance.wasBooted).toBe(false);
    expect(await instance.query('SELECT count(*) FROM orders')).toEqual([['300']]);
    await instance.close();
  });
});

describe('every start', () => {
  it("has the same chance: ANALYZE looks at the same rows, though SQL's random() differs", async () => {
    const drawn = [];
    for (const booted of [undefined, undefined, await recorded()]) {
      const instance = await Instance.start(await partsOf(booted), LIMIT);
      await instance.query(
        `SET default_statistics_target = 1;
         CREATE TABLE many AS SELECT * FROM generate_series(1, 3000) AS number;
         ANALYZE many`,
      );
      const [[sampled] = []] =
        (await instance.query(`SELECT histogram_bounds FROM pg_stats WHERE tablename = 'many'`)) ??
        [];
      const [[random] = []] = (await instance.query('SELECT random()')) ?? [];
      drawn.push({ sampled, random });
      await instance.close();
    }
    const different = (values: unknown[]) => new Set(values).size;
    expect(drawn[0]?.sampled).toMatch(/^\{\d+,\d+\}$/);
    expect(different(drawn.map(({ sampled }) => sampled))).toBe(1);
    expect(different(drawn.map(({ random }) => random))).toBe(3);
  });
});

describe('an engine with a booted state and one that has started', () => {
  const engines = new Map<string, Awaited<ReturnType<typeof bootPostgres>>>();
  beforeAll(async () => {
    const { booted: _, ...started } = postgresAssets();
    engines.set('booted', await bootPostgres(postgresAssets(), { dataset: 'inkwell' }));
    engines.set('started', await bootPostgres(started, { dataset: 'inkwell' }));
    return async () => {
      for (const engine of engines.values()) await engine.close();
    };
  });

  it.each([
    'SELECT name, setting FROM pg_settings ORDER BY name',
    'SELECT pg_current_wal_lsn(), pg_current_xact_id()',
    "SELECT to_tsvector('english', 'running dogs'), upper('ß'), 'a' < 'B' COLLATE \"en_US.utf8\"",
    'SELECT usename, application_name, state FROM pg_stat_activity',
    'CREATE TABLE t AS SELECT g FROM generate_series(1, 3000) g; CREATE INDEX ON t (g); SELECT * FROM t WHERE g = 7',
    "DO $$ BEGIN RAISE EXCEPTION 'no'; END $$",
    "CHECKPOINT; VACUUM orders; SELECT pg_relation_size('orders')",
    "SELECT name, utc_offset FROM pg_timezone_names WHERE name LIKE 'Europe/%' ORDER BY 1",
  ])('answer the same at the same cost: %s', async (script) => {
    const answers = [];
    for (const engine of engines.values()) {
      await engine.reset('inkwell');
      const results = await runScript(engine, script);
      answers.push(results.map(({ milliseconds: _, ...result }) => result));
    }
    expect(answers[0]).toEqual(answers[1]);
  });

  it('have seeds of their own', async () => {
    const answers = await Promise.all(
      [...engines.values()].map((engine) => rowsOf(engine, 'SELECT random(), gen_random_uuid()')),
    );
    expect(answers[0]).not.toEqual(answers[1]);
  });
});
