/** What a first PostgreSQL result costs on the wire; the time that it takes is for `npm run bench`. */
import { describe, expect, inject, test } from 'vitest';
import { measureVisits } from '../../tools/bench/first-result.ts';
import { LAB_RUN, LIMITS } from '../../tools/bench/postgres.ts';

/** What a page asks for that finds all else in the cache: itself, and whether it has changed. */
const SECOND_VISIT = 200_000;

describe('the first PostgreSQL result', () => {
  test('takes few megabytes, and hardly anything when the page is loaded again', async () => {
    const { cold, warm } = await measureVisits(inject('browserPath'), {
      ...LAB_RUN,
      server: inject('siteUrl'),
    });
    expect(cold.wireBytes).toBeLessThanOrEqual(LIMITS.wireBytes);
    expect(warm.wireBytes).toBeLessThanOrEqual(SECOND_VISIT);
  });
});
