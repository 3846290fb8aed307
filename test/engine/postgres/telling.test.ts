/** The sentence about a plan says what is telling in it, of plans that PostgreSQL really ran. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PostgresEngine } from '../../../src/engine/postgres/session.ts';
import { tellingSentence } from '../../../src/engine/postgres/telling.ts';
import { openPostgres } from '../../../tools/engines/postgres.ts';
import { last } from './scripts.ts';

/** 4,000 tickets in about 60 pages, 40 of them of each of 100 owners; owners fit into one page. */
const TICKETS = `
  CREATE TABLE owner (id int PRIMARY KEY, name text);
  CREATE TABLE ticket (id int PRIMARY KEY, owner_id int, status text, note text);
  CREATE INDEX ticket_by_owner ON ticket (owner_id);
  INSERT INTO owner SELECT g, 'owner ' || g FROM generate_series(1, 100) g;
  INSERT INTO ticket SELECT g, g % 100, CASE WHEN g % 1000 = 0 THEN 'open' ELSE 'closed' END,
                            repeat('x', 90) FROM generate_series(1, 4000) g;
`;
const ANALYZED = `${TICKETS} VACUUM ANALYZE owner; VACUUM ANALYZE ticket;`;

let pg: PostgresEngine;
beforeAll(async () => {
  pg = await openPostgres();
});
afterAll(() => pg.close());
beforeEach(() => pg.reset('inkwell'));

async function told(script: string): Promise<string | undefined> {
  const { cost, tag } = await last(pg, script);
  if (!cost) throw new Error(`${script} has no plan`);
  return tellingSentence(cost, tag);
}

describe('the first that applies of these is told:', () => {
  it('1. far more rows than planned', async () => {
    await last(pg, ANALYZED);
    await last(pg, "UPDATE ticket SET status = 'lost' WHERE status = 'closed'");
    expect(await told("SELECT * FROM ticket WHERE status = 'lost'")).toBe(
      'The planner expected 1 row of ticket and got 3,996: ANALYZE ticket renews the statistics that it plans by.',
    );
  });

  it('2. a sort that went to disk', async () => {
    await last(pg, `${ANALYZED} SET work_mem = '64kB'`);
    expect(await told('SELECT * FROM ticket ORDER BY note, id')).toMatch(
      /^The sort of 4,000 rows did not fit into work_mem: [\d,]+ kB went to disk\.$/,
    );
  });

  it('2. a hash table that went to disk', async () => {
    await last(pg, `${ANALYZED} SET work_mem = '64kB'; SET enable_mergejoin = off`);
    expect(await told('SELECT * FROM ticket a JOIN ticket b ON a.id = b.id + 1')).toMatch(
      /^The table of a Hash did not fit into work_mem and was worked off in \d+ parts by way of the disk\.$/,
    );
  });

  it('3. a table that was read for a condition', async () => {
    await last(pg, ANALYZED);
    const sentence =
      "Read all 4,000 rows of ticket to keep 4: no index was used for the condition status = 'open'.";
    expect(await told("SELECT * FROM ticket WHERE status = 'open'")).toBe(sentence);
    expect(await told("UPDATE ticket SET note = '' WHERE status = 'open'")).toBe(sentence);
    expect(await told("SELECT id FROM ticket WHERE status = 'open' ORDER BY note LIMIT 1")).toBe(
      sentence,
    );
  });

  it('3. such a table, without "all" where LIMIT ended it early', async () => {
    await last(pg, ANALYZED);
    expect(await told("SELECT * FROM ticket WHERE status = 'open' LIMIT 1")).toBe(
      "Read 1,000 rows of ticket to keep 1: no index was used for the condition status = 'open'.",
    );
  });

  it('3. such a table, without "all" where a cursor may have ended it early', async () => {
    await last(pg, ANALYZED);
    const script = `BEGIN; DECLARE c CURSOR FOR SELECT * FROM ticket WHERE status = 'open';
                    FETCH 1 FROM c; CLOSE c`;
    expect(await told(script)).toMatch(/^Read 1,000 rows of ticket to keep 1: /);
  });

  it('4. the inner side of a Nested Loop', async () => {
    await last(pg, `${ANALYZED} SET enable_hashjoin = off; SET enable_mergejoin = off`);
    const join = 'SELECT * FROM ticket t JOIN owner o ON o.id = t.owner_id';
    expect(await told(join)).toBe(
      'Nested Loop ran its inner side 4,000 times, 100 of them by the index owner_pkey: Memoize had the other answers in memory.',
    );
    expect(await told(`SET enable_memoize = off; ${join}`)).toBe(
      'Nested Loop ran its inner side 100 times, each time by the index ticket_by_owner.',
    );
    expect(await told('SELECT * FROM ticket t, owner o WHERE t.id < 20 AND t.id <> o.id')).toBe(
      'Nested Loop ran its inner side 100 times, each time on rows that it had kept.',
    );
  });

  it('4. a subquery that ran for every row', async () => {
    await last(pg, ANALYZED);
    expect(
      await told('SELECT (SELECT max(note) FROM ticket t WHERE t.owner_id = o.id) FROM owner o'),
    ).toBe('The subquery (SubPlan 1) ran 100 times, each time by an Aggregate.');
  });

  it('5. an index whose rows were dropped afterwards', async () => {
    await last(pg, ANALYZED);
    expect(await told("SELECT * FROM ticket WHERE owner_id = 0 AND status = 'open'")).toBe(
      "The index ticket_by_owner led to 40 rows, of which the condition status = 'open' left 4.",
    );
  });

  it('6. a sort in memory', async () => {
    await last(pg, ANALYZED);
    expect(await told('SELECT * FROM ticket ORDER BY note, id')).toMatch(
      /^Sorted 4,000 rows by note, id, in memory \([\d,]+ kB\)\.$/,
    );
    expect(await told('SELECT * FROM ticket ORDER BY note, id LIMIT 3')).toMatch(
      /^Went through 4,000 rows to find the first by note, id, in memory \(\d+ kB\)\.$/,
    );
  });

  it('7. an index that had the answer alone, or nearly', async () => {
    await last(pg, ANALYZED);
    const question = 'SELECT id FROM ticket WHERE id BETWEEN 5 AND 9';
    expect(await told(question)).toBe(
      'The index ticket_pkey alone had the answer: no row of ticket was read.',
    );
    await last(pg, "UPDATE ticket SET note = '' WHERE id = 6");
    expect(await told(question)).toMatch(
      /^The index ticket_pkey had all columns, but ticket was looked into for \d+ of 5 rows, whose pages are not marked as visible to all: VACUUM ticket does that\.$/,
    );
  });

  it('8. an index that led to the rows', async () => {
    await last(pg, ANALYZED);
    expect(await told('SELECT * FROM ticket WHERE id = 5')).toBe(
      'The index ticket_pkey led straight to 1 row.',
    );
    expect(await told('SELECT * FROM ticket WHERE owner_id = 7')).toBe(
      'The index ticket_by_owner led straight to 40 rows.',
    );
    expect(await told("UPDATE ticket SET note = '' WHERE id = -1")).toBe(
      'The index ticket_pkey told that there is no such row.',
    );
  });

  it('9. a table that was read whole for a small result', async () => {
    await last(pg, ANALYZED);
    expect(await told('SELECT count(note) FROM ticket')).toBe(
      'Read all 4,000 rows of ticket for a result of 1 row.',
    );
  });
});

it('a table of one page is told only where a statement is explained', async () => {
  await last(pg, ANALYZED);
  const text = 'SELECT * FROM owner WHERE id = 5';
  expect(await told(text)).toBeUndefined();
  expect((await pg.explain({ text, line: 1, column: 1 })).sentence).toBe(
    'All of owner fits into one page, so it was read whole: no index could be cheaper.',
  );
});

describe('nothing is told of', () => {
  it.each([
    'SELECT 1',
    "INSERT INTO ticket VALUES (5001, 1, 'open', '')",
    'SELECT * FROM owner',
    'SELECT * FROM generate_series(1, 500) g WHERE g > 5',
    'SELECT * FROM ticket',
    'SELECT * FROM ticket LIMIT 5',
    'SELECT * FROM ticket WHERE false',
  ])('%s', async (statement) => {
    await last(pg, ANALYZED);
    expect(await told(statement)).toBeUndefined();
  });
});
