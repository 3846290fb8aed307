/** Keeps the states that a run goes through, to be looked into afterwards. */
import { EngineLostError, type InspectableDynamoDB, type InspectablePostgres } from './engines.ts';
import type { DatabaseDescription, PageRange, TableName, TablePages } from './inspect.ts';
import type { Moment, RowRange, TableRows } from './inspect-rows.ts';
import type { LabRun, Side } from './result.ts';
import type { LabRequest } from './run.ts';

/** The databases of a run at each of its steps: state 0 is the dataset, state k the end of a side's k-th step. */
export interface RunStates {
  /** Of each side that ran: the names of the steps that it came to the end of. */
  readonly steps: Partial<Record<Side, readonly string[]>>;
  /** Rejects with a StateLostError, also in what follows, once another run has begun. */
  describe(side: Side, moment: Moment): Promise<DatabaseDescription>;
  readRows(side: Side, table: TableName, range: RowRange, moment: Moment): Promise<TableRows>;
  /** Of PostgreSQL. */
  inspectPages(table: TableName, range: PageRange, state: number): Promise<TablePages>;
}

/** States of one run after another have numbers of their own, so that none is taken for another's. */
const NUMBERS_OF_A_RUN = 1_000_000;
let runs = 0;

/** What a run came to, and its states. */
export interface KeptRun {
  run: LabRun;
  states: RunStates;
}

/** Does `run` with a request, and keeps the states. An engine keeps them until its next reset. */
export async function keepStates<Request extends LabRequest>(
  engines: { dynamodb: InspectableDynamoDB; postgres: InspectablePostgres },
  request: Request,
  run: (request: Request) => Promise<LabRun>,
): Promise<KeptRun> {
  runs += 1;
  const first = runs * NUMBERS_OF_A_RUN;
  const kept: Record<Side, number> = { dynamodb: -1, postgres: -1 };
  const result = await run({
    ...request,
    async onState(side: Side, state: number) {
      try {
        await engines[side].keepState(first + state);
        kept[side] = state;
      } catch (error) {
        // Stop has ended the engine: what comes next in the run says so.
        if (!(error instanceof EngineLostError)) throw error;
      }
    },
  });
  const at = ({ state, since }: Moment): Moment => ({
    state: state === undefined ? undefined : first + state,
    since: since === undefined ? undefined : first + since,
  });
  const steps: RunStates['steps'] = {};
  for (const side of request.sides) {
    const names = result[side]?.steps.map(({ name }) => name) ?? [];
    if (kept[side] >= 0) steps[side] = names.slice(0, kept[side]);
  }
  return {
    run: result,
    states: {
      steps,
      describe: (side, moment) => engines[side].describe(at(moment)),
      readRows: (side, table, range, moment) => engines[side].readRows(table, range, at(moment)),
      inspectPages: (table, range, state) =>
        engines.postgres.inspectPages(table, range, at({ state })),
    },
  };
}
