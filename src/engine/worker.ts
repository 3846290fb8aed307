/** The program of the page's Workers: each runs the one engine that its name says. */
import type { WorldSettings } from './dynamodb/world/settings.ts';
import type { DynamoDBAnswer, InspectableDynamoDB, Kept, SqlStatement } from './lab/engines.ts';
import type { DatabaseDescription, TablePages } from './lab/inspect.ts';
import type { Moment, RowsRequest, TableRows } from './lab/inspect-rows.ts';
import type { Explanation, Json, StatementResult, WorldEvent } from './lab/result.ts';
import type { Answered } from './postgres/client-session.ts';
import type { PageAssets, PageReset, PagesRequest } from './postgres/page.ts';
import { serve, type WorkerScope } from './rpc.ts';

/** A request as it travels to the Worker. */
export interface DynamoDBRequest {
  operation: string;
  request: Json;
  region?: string | undefined;
  accessKeyId?: string | undefined;
}

/** A reset as it travels to the Worker. */
interface DynamoDBReset {
  dataset: string;
  world?: WorldSettings | undefined;
  kept?: Kept | undefined;
}

/** What both serve to a data browser. */
type InspectMethods = {
  dump(nothing: undefined): Promise<Blob>;
  keepState(state: number): Promise<void>;
  describe(moment: Moment): Promise<DatabaseDescription>;
  readRows(request: RowsRequest): Promise<TableRows>;
};

/** What the Worker named `dynamodb` serves. */
export type DynamoDBMethods = InspectMethods & {
  reset(to: DynamoDBReset): Promise<void>;
  handle(request: DynamoDBRequest): Promise<DynamoDBAnswer>;
  advance(milliseconds: number): Promise<WorldEvent[]>;
  inspect(request: DynamoDBRequest): Promise<DynamoDBAnswer>;
};

/** What the Worker named `postgres` serves. */
export type PostgresMethods = InspectMethods & {
  sqlDump(nothing: undefined): Promise<string>;
  /** Fetches what is still missing and boots. Answers what the next Worker need not fetch again. */
  boot(from: { assets: PageAssets; dataset: string }): Promise<PageAssets>;
  reset(to: PageReset): Promise<void>;
  run(statement: SqlStatement): Promise<StatementResult>;
  exchange(request: Uint8Array): Promise<Answered>;
  endClient(nothing: undefined): Promise<void>;
  explain(statement: SqlStatement): Promise<Explanation>;
  inspectPages(request: PagesRequest): Promise<TablePages>;
};

const scope = globalThis as unknown as WorkerScope & { name: string };

// Each engine is imported when first called: the listener must be there before the first message.
if (scope.name === 'dynamodb') {
  let session: Promise<InspectableDynamoDB> | undefined;
  const open = async () => {
    const [{ createDynamoDB }, { openDynamoDBSession }] = await Promise.all([
      import('../../.generated/dynamodb/core.js'),
      import('./dynamodb-session.ts'),
    ]);
    return openDynamoDBSession(
      createDynamoDB,
      () => import('../../.generated/dynamodb/inspect.js'),
      async () => (await import('../../.generated/dynamodb/more.js')).more,
    );
  };
  const opened = () => {
    session ??= open();
    return session;
  };
  serve(scope, {
    reset: async ({ dataset, world, kept }: DynamoDBReset) =>
      (await opened()).reset(dataset, world, kept),
    dump: async () => (await opened()).dump(),
    handle: async ({ operation, request, region, accessKeyId }: DynamoDBRequest) =>
      (await opened()).handle(operation, request, region, accessKeyId),
    advance: async (milliseconds: number) => (await opened()).advance(milliseconds),
    inspect: async ({ operation, request, region }: DynamoDBRequest) =>
      (await opened()).inspect(operation, request, region),
    keepState: async (state: number) => (await opened()).keepState(state),
    describe: async (moment: Moment) => (await opened()).describe(moment),
    readRows: async ({ table, range, moment }: RowsRequest) =>
      (await opened()).readRows(table, range, moment),
  } satisfies DynamoDBMethods);
} else {
  const page = import('./postgres/page.ts').then(({ openInPage }) => openInPage(tell));
  const tell = serve(scope, {
    boot: async (from: { assets: PageAssets; dataset: string }) => (await page).boot(from),
    reset: async (to: PageReset) => (await page).reset(to),
    dump: async () => (await page).dump(),
    sqlDump: async () => (await page).sqlDump(),
    run: async (statement: SqlStatement) => (await page).run(statement),
    exchange: async (request: Uint8Array) => (await page).exchange(request),
    endClient: async () => (await page).endClient(),
    keepState: async (state: number) => (await page).keepState(state),
    describe: async (moment: Moment) => (await page).describe(moment),
    readRows: async (request: RowsRequest) => (await page).readRows(request),
    inspectPages: async (request: PagesRequest) => (await page).inspectPages(request),
    explain: async (statement: SqlStatement) => (await page).explain(statement),
  } satisfies PostgresMethods);
}
