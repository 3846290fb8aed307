/** The ledger of claims is whole, and no proof would hold if its step did nothing. */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  isProvable,
  type LedgerEntry,
  labsOf,
  ledgerProblems,
  type Provable,
  readLedger,
} from '../../src/components/claim/ledger.ts';
import { isPlayed, scenariosOf } from '../../src/components/claim/played.ts';
import { chapterLinks } from '../../src/config/sidebar.ts';
import type { Check } from '../../src/engine/lab/check-schema.ts';
import { blindProofs } from '../../src/engine/lab/prove-claim.ts';
import type { Lab } from '../../src/engine/lab/schema.ts';
import { gradePlay, proofRequest, withoutStep } from '../../src/engine/sessions/prove.ts';
import type { NamedScenario } from '../../src/engine/sessions/scenario.ts';
import { type OpenEngines, openEngines } from '../../tools/engines/open.ts';
import { ServerPlayer } from '../../tools/sessions/player.ts';
import { sample } from '../browser/sample.ts';

/** Claims that wait for a proof. The number may only fall: lower it with each that gets one. */
const PENDING = 12;
/** The rows of the guide's ten tables, by the table's heading. */
const TABLES = {
  'Key Philosophical Differences': 6,
  'Performance Comparison': 8,
  'Query Flexibility Comparison': 9,
  'Transaction Capabilities Comparison': 8,
  'Operational Overhead Comparison': 9,
  'Scaling Comparison for Common Scenarios': 5,
  'Cost Comparison Factors': 6,
  'Development Trade-offs': 8,
  'Integration Comparison': 8,
  'Security Comparison': 7,
};

const ledger = await readLedger();
const labs = await labsOf(ledger);
const played = await scenariosOf(ledger);

describe('the ledger', () => {
  test('names labs and steps that are there, and no assertion twice', () => {
    expect(ledgerProblems(ledger, labs, played)).toEqual([]);
  });

  test('tells assertions apart by all that they say, in whatever order', () => {
    const [first] = ledger.filter(isProvable) as [Provable];
    const claim = (id: string, holds: Check[]): LedgerEntry => ({
      ...first,
      name: id,
      claim: { ...first.claim, proof: { ...first.claim.proof, holds } },
    });
    const order = (OrderID: string): Check => ({
      item: { table: 'Orders', key: { OrderID } },
      includes: { Status: 'Paid' },
    });
    expect(
      ledgerProblems([claim('a', [order('O1')]), claim('b', [order('O2')])], labs, played),
    ).toEqual([]);
    const turned: Check = {
      includes: { Status: 'Paid' },
      item: { key: { OrderID: 'O1' }, table: 'Orders' },
    };
    expect(
      ledgerProblems([claim('a', [order('O1')]), claim('b', [turned])], labs, played),
    ).toHaveLength(1);
  });

  test('has every row of the guide’s tables', () => {
    const rows = Object.groupBy(ledger, ({ claim }) => claim.table ?? '');
    const found = Object.fromEntries(
      Object.entries(rows).flatMap(([table, of]) => (table ? [[table, of?.length]] : [])),
    );
    expect(found).toEqual(TABLES);
  });

  test('proves at least 130 claims by a run, and leaves no more pending than before', () => {
    const kinds = Object.groupBy(ledger, ({ claim }) => claim.proof.kind);
    expect(kinds.run?.length).toBeGreaterThanOrEqual(130);
    expect(kinds.sessions?.length).toBeGreaterThanOrEqual(5);
    expect(kinds.pending?.length ?? 0).toBe(PENDING);
  });

  test('shows every claim once, in its chapter', async () => {
    const wrong: string[] = [];
    for (const { slug } of chapterLinks('src/content/docs/guide')) {
      const chapter = slug.replace('guide/', '');
      const text = await readFile(`src/content/docs/${slug}.mdx`, 'utf8');
      const own = ledger.filter((entry) => entry.chapter === chapter);
      for (const entry of own) {
        const times = shown(text, entry);
        if (times !== 1) wrong.push(`${entry.name} is shown ${times} times`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

/** How often a chapter's source shows a claim: by its table, or by its id. */
function shown(text: string, { claim }: LedgerEntry): number {
  return [...text.matchAll(/<Claims\b[\s\S]*?\/>/g)].filter(([tag]) => {
    const table = /\btable="([^"]+)"/.exec(tag)?.[1];
    const ids = /\bids=\{\[([\s\S]*?)\]\}/.exec(tag)?.[1];
    if (ids !== undefined) return [...ids.matchAll(/'([^']+)'/g)].some(([, id]) => id === claim.id);
    return table === undefined || table === claim.table;
  }).length;
}

describe('a proof notices that its step did nothing', () => {
  let engines: OpenEngines;
  beforeAll(async () => {
    engines = await openEngines();
  });
  afterAll(() => engines.close());

  const byLab = Map.groupBy(ledger.filter(isProvable), ({ claim }) => claim.proof.lab);
  test.each(sample([...byLab.keys()], 10))(
    'in %s',
    async (id) => {
      const own = byLab.get(id) as Provable[];
      const proofs = own.map(({ claim }) => claim.proof);
      const blind = await blindProofs(engines, labs.get(id)?.lab as Lab, proofs);
      expect(blind.map((index) => own[index]?.name)).toEqual([]);
    },
    120_000,
  );
});

describe('a proof by several sessions, on a server,', () => {
  let player: ServerPlayer;
  beforeAll(async () => {
    player = await ServerPlayer.start();
  });
  afterAll(() => player.stop());

  test.each(ledger.filter(isPlayed).map((entry) => [entry.name, entry] as const))(
    'of %s holds, and notices that its step did nothing',
    async (_name, { claim: { proof } }) => {
      const { scenario } = played.scenarios.get(proof.scenario) as { scenario: NamedScenario };
      const request = proofRequest(scenario, proof);
      const grades = gradePlay(proof, await player.play(request));
      expect(grades.filter(({ passed }) => !passed)).toEqual([]);
      const mutant = gradePlay(proof, await player.play(withoutStep(request, proof.step)));
      expect(mutant.some(({ passed }) => !passed)).toBe(true);
    },
  );
});
