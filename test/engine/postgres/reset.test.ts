/** Whatever a reader does, a reset brings the snapshot back, and quickly. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PostgresEngine, PostgresEvent } from '../../../src/engine/postgres/session.ts';
import { openPostgres } from '../../../tools/engines/postgres.ts';
import { CHANGES, EXPECTED_ERRORS } from './changes.ts';
import { last, rowsOf, runScript } from './scripts.ts';

/** Everything that a script could leave behind, in one row. */
const STATE = `
  SELECT (SELECT md5(string_agg(o::text, ',' ORDER BY order_id)) FROM orders o) AS rows,
         (SELECT count(*) FROM pg_class) AS relations,
         (SELECT string_agg(attname, ',' ORDER BY attnum) FROM pg_attribute
           WHERE attrelid = 'orders'::regclass) AS columns,
         (SELECT count(*) FROM pg_proc) AS functions,
         (SELECT string_agg(rolname, ',' ORDER BY rolname) FROM pg_roles) AS roles,
         current_user, session_user,
         (SELECT md5(string_agg(name || setting, ',' ORDER BY name)) FROM pg_settings
           WHERE name <> 'transaction_isolation') AS settings,
         (SELECT count(*) FROM pg_db_role_setting) AS role_settings,
         (SELECT count(*) FROM pg_prepared_xacts) AS prepared_transactions,
         (SELECT count(*) FROM pg_prepared_statements) AS prepared_statements,
         (SELECT count(*) FROM pg_cursors) AS cursors,
         (SELECT count(*) FROM pg_largeobject_metadata) AS large_objects,
         (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory') AS advisory_locks,
         (SELECT count(*) FROM pg_listening_channels()) AS channels,
         (SELECT nextval('counter')) AS sequence,
         pg_current_wal_lsn() AS wal,
         (SELECT string_agg(f, ',' ORDER BY f) FROM pg_ls_dir('base/5') f) AS files,
         (SELECT string_agg(f, ',' ORDER BY f) FROM pg_ls_dir('/tmp') f) AS other_files`;

/** The state that every reset must come back to: that of a new instance. */
async function state(pg: PostgresEngine) {
  await pg.reset('inkwell');
  await last(pg, 'CREATE SEQUENCE counter');
  return rowsOf(pg, STATE);
}

describe('a reset by image undoes', () => {
  let pg: PostgresEngine;
  const events: PostgresEvent[] = [];
  let untouched: Array<Array<string | null>>;
  beforeAll(async () => {
    pg = await openPostgres({ onEvent: (event) => events.push(event) });
    untouched = await state(pg);
  });
  afterAll(() => pg.close());

  it.each(Object.keys(CHANGES))('%s', async (change) => {
    await pg.reset('inkwell');
    await last(pg, 'CREATE SEQUENCE counter');
    const results = await runScript(pg, CHANGES[change] as string);
    const unexpected = results.filter(
      ({ error }) => error && !EXPECTED_ERRORS.includes(error.code ?? ''),
    );
    expect(unexpected).toEqual([]);
    expect(await state(pg)).toEqual(untouched);
  });

  it('all of it at once, again and again, without building a new instance', async () => {
    for (let round = 0; round < 3; round += 1) {
      await runScript(pg, Object.values(CHANGES).join(';\n'));
      expect(await state(pg)).toEqual(untouched);
    }
    expect(events).toEqual([]);
  });

  it('all that a new instance undoes', async () => {
    const rebuilding = await openPostgres({
      resetBy: 'rebuild',
      onEvent: (event) => events.push(event),
    });
    expect(await state(rebuilding)).toEqual(untouched);
    await runScript(rebuilding, Object.values(CHANGES).join(';\n'));
    expect(await state(rebuilding)).toEqual(untouched);
    await rebuilding.close();
    expect(events.splice(0)).toMatchObject([{ event: 'rebuilt', reason: 'no-image' }]);
  });

  it('what is cached: the same statement costs the same', async () => {
    const statement = 'SELECT * FROM orders JOIN customers USING (customer_id)';
    const costs: unknown[] = [];
    for (let round = 0; round < 3; round += 1) {
      await pg.reset('inkwell');
      costs.push((await last(pg, statement)).cost);
      await runScript(
        pg,
        `${statement}; SELECT * FROM posts; UPDATE customers SET order_count = 1`,
      );
    }
    expect(costs[1]).toEqual(costs[0]);
    expect(costs[2]).toEqual(costs[0]);
  });
});

describe('a reset by image', () => {
  let pg: PostgresEngine;
  const events: PostgresEvent[] = [];
  beforeAll(async () => {
    pg = await openPostgres({ onEvent: (event) => events.push(event) });
  });
  afterAll(() => pg.close());

  it('takes at most 0.15 of the time of a new instance', async () => {
    const rebuilding = await openPostgres({ resetBy: 'rebuild' });
    const work = "UPDATE orders SET status = 'x'; CREATE TABLE t (a int)";
    const times = { image: [] as number[], rebuild: [] as number[] };
    for (let round = 0; round < 5; round += 1) {
      for (const [kind, engine] of [
        ['rebuild', rebuilding],
        ['image', pg],
      ] as const) {
        await runScript(engine, work);
        const start = performance.now();
        await engine.reset('inkwell');
        times[kind].push(performance.now() - start);
      }
    }
    await rebuilding.close();
    expect(median(times.image)).toBeLessThanOrEqual(0.15 * median(times.rebuild));
  });

  it('is left for a new instance when the old one has grown too large', async () => {
    await last(
      pg,
      "SELECT length(string_agg(repeat('x', 1000000), '')) FROM generate_series(1, 100)",
    );
    await pg.reset('inkwell');
    expect(events.splice(0)).toMatchObject([{ event: 'rebuilt', reason: 'memory' }]);
    expect(await rowsOf(pg, 'SELECT count(*) FROM posts')).not.toEqual([['0']]);
  });

  it('is left for a new instance when a library was loaded that the image lacks', async () => {
    await last(pg, "LOAD 'pgoutput'");
    await pg.reset('inkwell');
    expect(events.splice(0)).toMatchObject([{ event: 'rebuilt', reason: 'library' }]);
    expect((await last(pg, "LOAD 'pgoutput'")).tag).toBe('LOAD');
  });

  it('costs nothing when nothing was run', async () => {
    await pg.reset('inkwell');
    await pg.reset('inkwell');
    expect(await rowsOf(pg, 'SELECT 42')).toEqual([['42']]);
  });
});

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] as number;
}
