/** The program of the page's Workers: each runs the one engine that its name says. */
import type { WorldSettings } from './dynamodb/world/settings.ts';
import type { DynamoDBAnswer, DynamoDBSession, SqlStatement } from './lab/engines.ts';
import type { DatabaseDescription, TablePages } from './lab/inspect.ts';
import type { Explanation, Json, StatementResult, WorldEvent } from './lab/result.ts';
import type { PageAssets, PageReset, PagesRequest } from './postgres/page.ts';
import { serve, type WorkerScope } from './rpc.ts';

/** A request as it travels to the Worker. */
export interface DynamoDBRequest {
  operation: string;
  request: Json;
  region?: string | undefined;
}

/** What the Worker named `dynamodb` serves. */
export type DynamoDBMethods = {
  reset(to: { dataset: string; world?: WorldSettings | undefined }): Promise<void>;
  handle(request: DynamoDBRequest): Promise<DynamoDBAnswer>;
  advance(milliseconds: number): Promise<WorldEvent[]>;
  inspect(request: DynamoDBRequest): Promise<DynamoDBAnswer>;
};

/** What the Worker named `postgres` serves. */
export type PostgresMethods = {
  /** Fetches what is still missing and boots. Answers what the next Worker need not fetch again. */
  boot(from: { assets: PageAssets; dataset: string }): Promise<PageAssets>;
  reset(to: PageReset): Promise<void>;
  run(statement: SqlStatement): Promise<StatementResult>;
  explain(statement: SqlStatement): Promise<Explanation>;
  inspect(nothing: undefined): Promise<DatabaseDescription>;
  inspectPages(request: PagesRequest): Promise<TablePages>;
};

const scope = globalThis as unknown as WorkerScope & { name: string };

// Each engine is imported when first called: the listener must be there before the first message.
if (scope.name === 'dynamodb') {
  let session: Promise<DynamoDBSession> | undefined;
  const open = async () => {
    const [{ createDynamoDB }, { openDynamoDBSession }] = await Promise.all([
      import('../../.generated/dynamodb/core.js'),
      import('./dynamodb-session.ts'),
    ]);
    return openDynamoDBSession(
      createDynamoDB,
      async () => (await import('../../.generated/dynamodb/more.js')).moreOperations,
    );
  };
  const opened = () => {
    session ??= open();
    return session;
  };
  serve(scope, {
    reset: async ({ dataset, world }: { dataset: string; world?: WorldSettings | undefined }) =>
      (await opened()).reset(dataset, world),
    handle: async ({ operation, request, region }: DynamoDBRequest) =>
      (await opened()).handle(operation, request, region),
    advance: async (milliseconds: number) => (await opened()).advance(milliseconds),
    inspect: async ({ operation, request, region }: DynamoDBRequest) =>
      (await opened()).inspect(operation, request, region),
  } satisfies DynamoDBMethods);
} else {
  const page = import('./postgres/page.ts').then(({ openInPage }) => openInPage(tell));
  const tell = serve(scope, {
    boot: async (from: { assets: PageAssets; dataset: string }) => (await page).boot(from),
    reset: async (to: PageReset) => (await page).reset(to),
    run: async (statement: SqlStatement) => (await page).run(statement),
    inspect: async () => (await page).inspect(),
    inspectPages: async (request: PagesRequest) => (await page).inspectPages(request),
    explain: async (statement: SqlStatement) => (await page).explain(statement),
  } satisfies PostgresMethods);
}
