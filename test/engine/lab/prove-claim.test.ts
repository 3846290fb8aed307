/** A claim's proof: which run it looks at, and that it notices when its step did nothing. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Check, checkSchema } from '../../../src/engine/lab/check-schema.ts';
import { checkWords } from '../../../src/engine/lab/check-words.ts';
import { loadLab } from '../../../src/engine/lab/load.ts';
import {
  blindProofs,
  claimChecks,
  proveClaims,
  withoutStep,
} from '../../../src/engine/lab/prove-claim.ts';
import type { Lab } from '../../../src/engine/lab/schema.ts';
import { type OpenEngines, openEngines } from '../../../tools/engines/open.ts';

const checks = (...all: object[]): Check[] => all.map((check) => checkSchema.parse(check));

let engines: OpenEngines;
let lab: Lab;
beforeAll(async () => {
  engines = await openEngines();
  lab = (await loadLab('acid-transactions/savepoint')).lab;
});
afterAll(() => engines.close());

test('a check of the trace is about the claim’s step, unless it names another', () => {
  const holds = checks(
    { units: 'write', is: 200 },
    { units: 'write', is: 0, step: '101 writes' },
    { sql: 'SELECT 1', rows: [[1]] },
  );
  expect(claimChecks({ step: '100 writes', holds })).toEqual([
    { units: 'write', is: 200, step: '100 writes' },
    { units: 'write', is: 0, step: '101 writes' },
    { sql: 'SELECT 1', rows: [[1]], given: [], ordered: true },
  ]);
});

describe('a step that is left out', () => {
  const step = 'Keep the rest';

  test('keeps its marker, and nothing of its code', () => {
    const { dynamodb, postgres } = withoutStep(lab, step);
    expect(dynamodb).toMatch(/\/\/ step: Keep the rest\s*$/);
    expect(dynamodb).toContain("take('P9999')");
    expect(postgres).toContain('SAVEPOINT first_line');
    expect(postgres).not.toContain('COMMIT');
  });

  test('is noticed by what it did, and not by what holds anyhow', async () => {
    const item = { table: 'Inventory', key: { ProductID: 'P9012' } };
    const proofs = [
      { step, holds: checks({ units: 'write', is: 4 }) },
      { step, holds: checks({ item, includes: { Stock: 0 } }) },
      { step, holds: checks({ item, absent: true }) },
      { step, holds: checks({ calls: 'Scan', is: 0 }) },
      { step: 'One line cannot be', holds: checks({ shows: '23503', side: 'postgres' }) },
    ];
    const results = await proveClaims(engines, lab, proofs);
    expect(results.map(([result]) => result?.passed)).toEqual([true, true, false, true, true]);
    expect(await blindProofs(engines, lab, proofs)).toEqual([3]);
  });
});

test.each([
  [{ calls: 'Scan', is: 0, step: 'S' }, 'in “S”: exactly 0 Scan requests'],
  [{ units: 'read', is: 1 }, 'exactly 1 read unit'],
  [{ units: 'write', atLeast: 2, atMost: 4 }, 'at least 2 and at most 4 write units'],
  [{ plan: 'Index Scan', index: 'i', relation: 't' }, 'the plan has a `Index Scan` on `i` of `t`'],
  [{ plan: 'Seq Scan', used: false }, 'the plan has no `Seq Scan`'],
  [{ cost: 'rowsScanned', is: 5 }, 'exactly 5 rows that PostgreSQL scanned'],
  [{ sql: 'SELECT  1', rows: [[1]] }, 'afterwards `SELECT 1` answers `[[1]]`'],
  [{ sql: 'SELECT 1', rows: [] }, 'afterwards `SELECT 1` answers no row'],
  [
    { sql: 'SELECT 1', error: '42501', given: ['SET ROLE r'] },
    'afterwards after `SET ROLE r`, `SELECT 1` fails with `42501`',
  ],
  [{ count: 'T', index: 'I', is: 2 }, 'afterwards T’s index I holds exactly 2 items'],
  [
    { item: { table: 'T', key: { A: 1, B: 'x' } }, absent: true },
    'afterwards there is no item `1, x` in T',
  ],
  [
    { item: { table: 'T', key: { A: 1 }, region: 'eu-west-1' }, includes: { S: 0 } },
    'afterwards the item `1` of T in eu-west-1 has `{"S":0}`',
  ],
  [{ answer: 'postgres', rows: [] }, 'PostgreSQL answers nothing'],
  [{ shows: '23505', side: 'postgres' }, 'PostgreSQL shows `23505`'],
])('%j in words', (check, words) => {
  expect(checkWords(checkSchema.parse(check))).toBe(words);
});
