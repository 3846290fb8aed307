/** The databases of a lab at each of its steps, on both sides. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Side } from '../../../src/engine/lab/result.ts';
import { type LabRequest, runLab } from '../../../src/engine/lab/run.ts';
import { keepStates, type RunStates } from '../../../src/engine/lab/states.ts';
import { type OpenEngines, openEngines } from '../../../tools/engines/open.ts';

let engines: OpenEngines;
beforeAll(async () => {
  engines = await openEngines();
});
afterAll(() => engines.close());

const SQL = `
CREATE TABLE notes (id int PRIMARY KEY, said timestamptz DEFAULT clock_timestamp());
-- step: Write
INSERT INTO notes VALUES (1), (2);
-- step: Open
BEGIN; DELETE FROM notes WHERE id = 1;
-- step: Give up
SELECT 1/0;
ROLLBACK;
`;
const SCRIPT = `
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand, DeleteCommand } from '@aws-sdk/lib-dynamodb';
const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));
// step: Write
await db.send(new PutCommand({ TableName: 'Orders', Item: { OrderID: 'N1' } }));
// step: Delete
await db.send(new DeleteCommand({ TableName: 'Orders', Key: { OrderID: 'N1' } }));
// step: Fail
throw new Error('on purpose');
// step: Never
await db.send(new PutCommand({ TableName: 'Orders', Item: { OrderID: 'N2' } }));
`;

async function statesOf(
  sources: LabRequest['sources'],
  lab: Partial<LabRequest['lab']> = {},
): Promise<RunStates> {
  const request: LabRequest = {
    lab: { dataset: 'inkwell', expect: {}, ...lab },
    sides: Object.keys(sources) as Side[],
    sources,
    signal: new AbortController().signal,
  };
  const { states } = await keepStates(engines, request, (kept) => runLab(engines, kept));
  return states;
}

/** What has changed in each table, as `name +1 ~0 -0`. */
async function changes(states: RunStates, side: Side, state: number, since: number) {
  const { tables } = await states.describe(side, { state, since });
  return tables.flatMap(({ name, rowChanges: rows }) =>
    rows ? [`${name} +${rows.added} ~${rows.changed} -${rows.removed}`] : [],
  );
}

describe('the states of a run', () => {
  it('are those at the end of each step, on both sides', async () => {
    const states = await statesOf({ dynamodb: SCRIPT, postgres: SQL });
    expect(states.steps.dynamodb?.at(-1)).toBe('Fail');
    const [write, open, end] = ['Write', 'Open', 'Give up'].map(
      (name) => (states.steps.postgres?.indexOf(name) ?? -1) + 1,
    ) as [number, number, number];
    expect(await changes(states, 'postgres', write, 0)).toEqual(['notes +2 ~0 -0']);
    expect(await changes(states, 'postgres', open, write)).toEqual(['notes +0 ~0 -1']);
    expect(await changes(states, 'postgres', end, write)).toEqual([]);
    const written = (states.steps.dynamodb?.indexOf('Write') ?? -1) + 1;
    expect(await changes(states, 'dynamodb', written, 0)).toEqual(['Orders +1 ~0 -0']);
    expect(await changes(states, 'dynamodb', written + 1, written)).toEqual(['Orders +0 ~0 -1']);
    expect(await changes(states, 'dynamodb', written + 2, 0)).toEqual([]);
  });

  it('are of one run: what it took from the clock stays as it was', async () => {
    const states = await statesOf({ postgres: SQL });
    const read = async (state: number) =>
      (await states.readRows('postgres', { name: 'notes' }, {}, { state })).rows.at(-1)?.values;
    const last = states.steps.postgres?.length ?? 0;
    expect(await read(last)).toEqual(await read(last - 1));
  });

  it('are the dataset alone before anything is run', async () => {
    const states = await statesOf({ dynamodb: '', postgres: '' });
    expect((await states.describe('dynamodb', { state: 0 })).tables.length).toBeGreaterThan(3);
    expect((await states.describe('postgres', { state: 0 })).tables.length).toBeGreaterThan(3);
  });

  it('are gone once another run has begun', async () => {
    const states = await statesOf({ dynamodb: '', postgres: '' });
    await statesOf({ postgres: 'SELECT 1' });
    await expect(states.describe('postgres', { state: 0 })).rejects.toThrow('not kept any more');
    expect((await states.describe('dynamodb', { state: 0 })).engine).toBe('dynamodb');
  });

  it('follow the clock of a lab: what expires before a step belongs to that step', async () => {
    const states = await statesOf(
      {
        dynamodb: `import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client);
// step: Write
await client.send(new UpdateTimeToLiveCommand({ TableName: 'Orders', TimeToLiveSpecification: { Enabled: true, AttributeName: 'until' } }));
await db.send(new PutCommand({ TableName: 'Orders', Item: { OrderID: 'N1', until: 1767225600 } }));
// step: Wait
await db.send(new PutCommand({ TableName: 'Orders', Item: { OrderID: 'N2' } }));`,
      },
      { world: { advance: { Wait: 7_200_000 } } },
    );
    expect(await changes(states, 'dynamodb', 1, 0)).toEqual(['Orders +1 ~0 -0']);
    expect(await changes(states, 'dynamodb', 2, 1)).toEqual(['Orders +1 ~0 -1']);
  });
});
