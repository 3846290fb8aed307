/** The page of errors: what labs raise is explained, and every entry leads somewhere. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { codesOf, raisedBy } from '../../src/components/error/raised.ts';
import { errorsSchema } from '../../src/config/error-entry.ts';
import sqlstates from '../../src/content/errors/sqlstates.json' with { type: 'json' };
import { listLabs, loadLab } from '../../src/engine/lab/load.ts';

const read = (side: string) =>
  errorsSchema.parse(parse(readFileSync(`src/content/errors/${side}.yaml`, 'utf8')));
const postgres = read('postgres');
const dynamodb = read('dynamodb');
const all = [...postgres.errors, ...dynamodb.errors, ...dynamodb.reasons].map(({ code }) => code);

test('every error that a lab raises is explained', async () => {
  for (const id of await listLabs()) {
    const { expected } = await loadLab(id);
    const missing = [...codesOf(expected).keys()].filter((code) => !all.includes(code));
    expect({ id, missing }).toEqual({ id, missing: [] });
  }
});

test('each has one entry, under a name that PostgreSQL knows', () => {
  expect(all.filter((code, index) => all.indexOf(code) !== index)).toEqual([]);
  const unknown = postgres.errors.filter(({ code }) => !(code in sqlstates.codes));
  expect(unknown).toEqual([]);
});

test('what an entry is compared with has an entry too', () => {
  const entries = [...postgres.errors, ...dynamodb.errors, ...dynamodb.reasons];
  const lost = entries.filter(({ beside }) => beside !== undefined && !all.includes(beside));
  expect(lost).toEqual([]);
});

describe('the labs that raise an error', () => {
  test('are named with the step that does', async () => {
    expect(await raisedBy('40001')).toEqual([
      {
        title: expect.any(String),
        address: expect.stringMatching(/^\/guide\/acid-transactions\/#write-skew--/),
      },
    ]);
  });

  test('are those whose transaction was cancelled for this reason', async () => {
    const steps = await raisedBy('ConditionalCheckFailed');
    expect(steps.map(({ title }) => title)).toContain('Place an order');
  });

  test('of an error that no lab raises there are none', async () => {
    expect(await raisedBy('53100')).toEqual([]);
  });
});
