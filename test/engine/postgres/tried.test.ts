/** What the page about this engine says works, fails or differs does so. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { differencesSchema } from '../../../src/config/difference.ts';
import { postgresTriedSchema } from '../../../src/config/postgres-tried.ts';
import type { PostgresEngine } from '../../../src/engine/postgres/session.ts';
import { openPostgres } from '../../../tools/engines/postgres.ts';
import { last, runScript } from './scripts.ts';

const read = (file: string): unknown => parse(readFileSync(`src/content/${file}`, 'utf8'));
const { works, fails, differs } = postgresTriedSchema.parse(read('data/postgres-tried.yaml'));
const { differences } = differencesSchema.parse(read('differences/postgresql.yaml'));

let pg: PostgresEngine;
beforeAll(async () => {
  pg = await openPostgres();
});
afterAll(() => pg.close());

describe.each(works)('$area:', ({ tried }) => {
  it.each(tried)('$what', async ({ sql, extensions, rows }) => {
    await pg.reset('inkwell', { extensions });
    const result = await last(pg, sql);
    if (rows) expect(result.rows).toEqual(rows);
  });
});

describe('what cannot be done:', () => {
  it.each(fails)('$what', async ({ sql, extensions, code, message }) => {
    await pg.reset('inkwell', { extensions });
    const results = await runScript(pg, sql);
    const error = results.at(-1)?.error;
    expect(results.slice(0, -1).flatMap((result) => result.error ?? [])).toEqual([]);
    expect(error?.code ?? error?.severity).toBe(code === 'broken' ? 'FATAL' : code);
    expect(error?.message).toContain(message);
    // Whatever it was, the next statement is answered.
    expect((await last(pg, 'SELECT 1')).rows).toEqual([['1']]);
  });
});

describe('where it differs from a server:', () => {
  it.each(differs)('$difference: $sql', async ({ difference, sql, extensions, rows }) => {
    expect(differences.map(({ id }) => id)).toContain(difference);
    await pg.reset('inkwell', { extensions });
    expect((await last(pg, sql)).rows).toEqual(rows);
  });
});
