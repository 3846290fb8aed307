/** A lab says in words where PGlite was found to differ from a server, and when no server was asked. */
import { expect, test } from 'vitest';
import { listedFor } from '../../src/components/difference/listed.ts';
import { comparedIn } from '../../src/components/postgres/compared.ts';
import type { PostgresDifferences } from '../../src/config/postgres-difference.ts';
import type { StatementResult } from '../../src/engine/lab/result.ts';

const entry = {
  lab: 'security/roles',
  step: 'Look',
  statement: 2,
  differs: 'plan',
  pglite: 'Seq Scan',
  server: 'Gather',
  why: 'There are no workers in a browser.',
} as const;
const list: PostgresDifferences = {
  differences: [
    entry,
    { ...entry, step: '', statement: 1, differs: 'error' },
    { ...entry, step: 'checks', statement: 3, differs: 'rows' },
    { ...entry, lab: 'security/audit' },
  ],
  unverified: [
    { lab: 'costs/vectors', extension: 'vector' },
    { lab: 'costs/vectors', extension: 'postgis' },
  ],
};

test('a listed difference is told by its step and statement, with its reason', () => {
  const { why } = entry;
  expect(listedFor('security/roles', list)).toEqual({
    differs: [
      { what: 'Step “Look”, statement 2: the plan differs', why },
      { what: 'Set-up, statement 1: the error differs', why },
      { what: 'Query 3 of the checks: the rows differ', why },
    ],
    lacks: [],
  });
});

test('a lab that was not compared says for want of what', () => {
  expect(listedFor('costs/vectors', list)).toEqual({ differs: [], lacks: ['vector', 'postgis'] });
});

test('a lab of which nothing is listed has nothing to say', () => {
  expect(listedFor('introduction/hello', list)).toEqual({ differs: [], lacks: [] });
});

test('what is compared is counted from the recordings, and only where PostgreSQL ran', () => {
  const statement: StatementResult = {
    sql: 'SELECT 1',
    line: 1,
    tag: 'SELECT 2',
    rowCount: 2,
    notices: [{ severity: 'NOTICE', message: 'hello' }],
    milliseconds: 1,
  };
  const error = { code: '22012', severity: 'ERROR', message: 'division by zero' };
  const { rowCount: _, ...failed } = { ...statement, tag: '', notices: [], error };
  const step = { name: '', status: 'ok', statements: [statement, failed] } as const;
  const run = { postgres: { steps: [{ ...step, statements: [...step.statements] }] } };
  expect(comparedIn([run, run, {}])).toEqual({
    labs: 2,
    statements: 4,
    rows: 4,
    plans: 0,
    errors: 2,
    notices: 2,
  });
});
