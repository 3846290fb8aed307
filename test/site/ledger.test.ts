/** What is said of a ledger of claims that is not sound. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import {
  type LedgerEntry,
  labsOf,
  ledgerProblems,
  readLedger,
} from '../../src/components/claim/ledger.ts';
import { scenariosOf } from '../../src/components/claim/played.ts';
import { publisherOf } from '../../src/components/source/publishers.ts';

const LAB = 'acid-transactions/push-the-limit';
const claim = {
  id: 'a-claim',
  kind: 'claim',
  aspect: 'What it is about',
  guide: { dynamodb: 'What it says' },
  verdict: 'holds',
  why: 'So it is.',
  checked: '2026-11-30',
  sources: [{ title: 'A page', url: 'https://docs.aws.amazon.com/a' }],
  proof: { kind: 'run', lab: LAB, step: '100 writes', holds: [{ units: 'write', is: 200 }] },
};

describe('a chapter’s file', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'ledger-'));
    await mkdir(join(root, 'src/content/claims'), { recursive: true });
    await mkdir(join(root, 'src/content/docs/guide'), { recursive: true });
    const chapter = { number: 1, question: 'Is it so, or not?', minutes: 20, status: 'written' };
    await writeFile(
      join(root, 'src/content/docs/guide/security.mdx'),
      `---\n${stringify({ title: 'Security', chapter })}---\n`,
    );
  });
  afterEach(() => rm(root, { recursive: true }));

  const read = async (claims: unknown, chapter = 'security') => {
    await writeFile(join(root, `src/content/claims/${chapter}.yaml`), stringify({ claims }));
    return readLedger(root);
  };

  test('is read with the place of each entry', async () => {
    expect(await read([claim])).toMatchObject([
      { name: 'security--a-claim', place: 'src/content/claims/security.yaml:2' },
    ]);
  });

  test.each([
    ['has no proof', { proof: undefined }, /security\.yaml:2: .*proof/s],
    ['is corrected without saying how', { verdict: 'wrong' }, /what to say instead is missing/],
    ['is a row of no table', { kind: 'table-row' }, /a row of a table names its table/],
    ['has no source', { sources: [] }, /say under `unsourced` on what the claim rests/],
    [
      'cites nothing',
      {
        sources: [],
        unsourced: 'It rests on nothing that could be named.',
        proof: { kind: 'cite' },
      },
      /a proof by citation has at least one source/,
    ],
    ['has a date that is none', { checked: 'yesterday' }, /security\.yaml:\d+: .*checked/s],
  ])('says what is wrong with a claim that %s', async (_what, change, message) => {
    await expect(read([{ ...claim, ...change }])).rejects.toThrow(message);
  });

  test('belongs to a chapter', async () => {
    await expect(read([claim], 'securty')).rejects.toThrow(
      "src/content/claims/securty.yaml: no chapter is named 'securty'; did you mean 'security'?",
    );
  });
});

describe('the ledger as a whole', async () => {
  const entry = (change: object, name = 'c--a'): LedgerEntry => ({
    name,
    chapter: 'c',
    claim: { ...claim, proof: { ...claim.proof, ...change } } as LedgerEntry['claim'],
    place: 'c.yaml:2',
  });
  const problems = async (...entries: LedgerEntry[]) =>
    ledgerProblems(entries, await labsOf(entries), await scenariosOf(entries));

  test('is sound', async () => expect(await problems(entry({}))).toEqual([]));

  test.each([
    [{ lab: 'acid-transactions/push-the-limits' }, /no lab is named/],
    [{ lab: 'acid-transactions/never-below-zero' }, /is an exercise: a claim is proved by a lab/],
    [{ step: '100 write' }, /has no step '100 write'; did you mean '100 writes'\?/],
    [{ holds: [{ units: 'write', is: 0, step: 'None' }] }, /has no step 'None'/],
  ])('names what is wrong with %j', async (change, message) => {
    const [problem] = await problems(entry(change));
    expect(problem).toMatch(/^c\.yaml:2: /);
    expect(problem).toMatch(message);
  });

  test.each([
    [{ scenario: 'dirty-reads' }, /no scenario is named 'dirty-reads'/],
    [{ level: 'serializable', scenario: 'nowait' }, /nowait is not played at serializable, but at/],
    [{ order: 'AABBB' }, /dirty-read: "AABBB" leaves out A3 of session A/],
    [{ step: 'B9' }, /dirty-read has no step B9; it has A1, A2/],
    [{ holds: [{ waits: 'B2' }] }, /holds\.0 is not as recorded in AABBBAA .*B2: `100/],
  ])('names what is wrong with a proof by several sessions: %j', async (change, message) => {
    const proof = {
      kind: 'sessions',
      scenario: 'dirty-read',
      level: 'read committed',
      order: 'AABBBAA',
      step: 'B2',
      holds: [{ atOnce: 'B2' }],
    };
    const one = (of: object) => ({
      ...entry({}),
      claim: { ...claim, proof: of } as LedgerEntry['claim'],
    });
    expect(await problems(one(proof))).toEqual([]);
    const [problem] = await problems(one({ ...proof, ...change }));
    expect(problem).toMatch(/^c\.yaml:2: /);
    expect(problem).toMatch(message);
  });

  test('has no name twice, and no assertion, however it is written', async () => {
    const same = {
      holds: [{ is: 200, why: 'Another reason.', step: '100 writes', units: 'write' }],
    };
    expect(await problems(entry({}), entry(same, 'c--b'))).toEqual([
      `c.yaml:2: 'c--a' rests on the same check: {"is":200,"step":"100 writes","units":"write"}`,
    ]);
    expect(await problems(entry({ kind: 'cite' }), entry({ kind: 'cite' }))).toEqual([
      "c.yaml:2: 'c--a' stands at c.yaml:2 already",
    ]);
  });
});

test('a source is counted for whoever publishes it', () => {
  expect(publisherOf('https://docs.aws.amazon.com/x')).toBe('Amazon Web Services');
  expect(publisherOf('https://github.com/aws/agent-toolkit-for-aws')).toBe('Amazon Web Services');
  expect(publisherOf('https://www.postgresql.org/docs/18/')).toBe('The PostgreSQL project');
  expect(publisherOf('https://notpostgresql.org/')).toBe('Others');
});
