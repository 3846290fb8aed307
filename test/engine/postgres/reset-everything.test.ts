/** A reset brings everything back, by image and by a new instance alike, whatever was done and in whatever order. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PostgresEngine } from '../../../src/engine/postgres/session.ts';
import { openPostgres } from '../../../tools/engines/postgres.ts';
import { CHANGES } from './changes.ts';
import { fingerprint } from './fingerprint.ts';
import { last, rowsOf, runScript } from './scripts.ts';

/** Up to eight changes, one after the other. */
const CHANGED = fc.uniqueArray(fc.constantFrom(...Object.keys(CHANGES)), {
  minLength: 1,
  maxLength: 8,
});

describe.each([
  { resetBy: 'image', numRuns: 10 },
  { resetBy: 'rebuild', numRuns: 3 },
] as const)('a reset by $resetBy', ({ resetBy, numRuns }) => {
  let pg: PostgresEngine;
  let untouched: Record<string, string>;

  const afterReset = async () => {
    await pg.reset('inkwell');
    await last(pg, 'CREATE SEQUENCE counter');
    return fingerprint(pg);
  };

  beforeAll(async () => {
    pg = await openPostgres({ resetBy });
    untouched = await afterReset();
  });
  afterAll(() => pg.close());

  it('leaves nothing of any changes, in any order', async () => {
    await fc.assert(
      fc.asyncProperty(CHANGED, async (names) => {
        await runScript(pg, names.map((name) => CHANGES[name]).join(';\n'));
        expect(await afterReset()).toEqual(untouched);
      }),
      { numRuns, seed: 18 },
    );
  });

  it('forgets the seed of random numbers', async () => {
    const seeded = await rowsOf(pg, 'SELECT setseed(0.5)\\; SELECT random();\nSELECT random()');
    await runScript(pg, 'SELECT setseed(0.5)\\; SELECT random()');
    await pg.reset('inkwell');
    expect(await rowsOf(pg, 'SELECT random()')).not.toEqual(seeded);
  });
});
