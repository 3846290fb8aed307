/** The labs' database on a real server: the same dataset as in PGlite's snapshots, fresh for each lab. */
import type {
  PostgresForClients,
  PostgresReset,
  SqlStatement,
} from '../../src/engine/lab/engines.ts';
import type { Explanation, StatementResult } from '../../src/engine/lab/result.ts';
import { type Answered, ClientSession } from '../../src/engine/postgres/client-session.ts';
import { loadedAtStart, withRequired } from '../../src/engine/postgres/extension-names.ts';
import { Psql } from '../../src/engine/postgres/psql/psql.ts';
import { MEET_TABLES } from '../../src/engine/postgres/session.ts';
import { TELLING_SETTINGS } from '../../src/engine/postgres/settings.ts';
import { datasetScript } from '../lib/datasets.ts';
import { ServerConnection } from './connection.ts';
import { type Server, ServerError, startServer } from './server.ts';

/**
 * How the server differs from one that is started without any setting. What decides about plans
 * stays as it is: the comparison is with PostgreSQL's own defaults.
 */
const SETTINGS: Readonly<Record<string, string>> = {
  ...TELLING_SETTINGS,
  session_preload_libraries: 'auto_explain',
  // The default of 0 refuses PREPARE TRANSACTION, with which labs show two transactions at once.
  max_prepared_transactions: '10',
  // It would take statistics and remove dead rows at moments of its own, which PGlite never does.
  // Switched off, it would do more than that: CREATE INDEX then takes no statistics either.
  autovacuum_naptime: '2147483s',
  // WAL as in PGlite: the size of the change itself.
  full_page_writes: 'off',
  // Nothing here has to survive.
  fsync: 'off',
};
/** As in PGlite's data directory, and the same on every system. */
const INITDB = [
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--no-data-checksums',
  '--no-sync',
  '--no-instructions',
];
/** The database of the labs, which has the name that it has in PGlite. */
const DATABASE = 'postgres';
/** The one from which we give orders. */
const OURS = 'template1';

/** A real PostgreSQL as a lab meets it: one session, which begins anew with each reset. */
export class RealPostgres implements PostgresForClients {
  #server: Server;
  #orders: ServerConnection;
  /** Libraries that the server has loaded at its start. */
  #libraries: string;
  /** Datasets that have a database of their own, to be copied. */
  #templates = new Set<string>();
  #session: ServerConnection | undefined;
  #psql = new Psql();
  #client = new ClientSession();

  private constructor(libraries: string, { server, orders }: Running) {
    this.#libraries = libraries;
    this.#server = server;
    this.#orders = orders;
  }

  /** @throws {ServerError} when there is no server for this machine, or it does not start. */
  static async start(): Promise<RealPostgres> {
    return new RealPostgres('', await running(''));
  }

  /** Those among these extensions that the server does not have. */
  async lacking(extensions: readonly string[]): Promise<string[]> {
    const rows = await this.#orders.must('SELECT name FROM pg_available_extensions');
    return extensions.filter((name) => !rows.some(([available]) => available === name));
  }

  /**
   * A fresh database with the dataset, and a new session in it; what a lab left behind is gone. The
   * pages are on disk and not in memory, and the session knows the tables, as after a reset of PGlite.
   */
  async reset(dataset: string, { extensions = [] }: PostgresReset = {}): Promise<void> {
    const libraries = loadedAtStart(withRequired(extensions)).join(',');
    if (libraries === this.#libraries) await this.#clean();
    else await this.#restart(libraries);
    if (!this.#templates.has(dataset)) await this.#makeTemplate(dataset);
    await this.#orders.must(
      `CREATE DATABASE ${DATABASE} TEMPLATE ${named(dataset)} STRATEGY FILE_COPY`,
    );
    this.#session = await ServerConnection.open(this.#server.address, DATABASE);
    this.#psql = new Psql();
    this.#client = new ClientSession();
    await this.#session.must(MEET_TABLES);
  }

  /** One statement, run and answered as the page does it. */
  async run(statement: SqlStatement): Promise<StatementResult> {
    if (!this.#session) throw new ServerError('no dataset: call reset first');
    const result = await this.#psql.run(this.#session, statement);
    if (!result) throw new ServerError(`the server ended the session:\n${statement.text}`);
    return result;
  }

  /** What a program's client sends. Only what is told of it is answered. */
  async exchange(request: Uint8Array): Promise<Answered> {
    if (!this.#session) throw new ServerError('no dataset: call reset first');
    const answered = await this.#client.exchange(this.#session, request);
    if (!answered) throw new ServerError('the server ended the session');
    return answered;
  }

  /** A client has gone. */
  async endClient(): Promise<void> {
    if (!this.#session) return;
    await this.#client.end(this.#session);
    this.#client = new ClientSession();
  }

  /** What EXPLAIN says of a statement; what it did is rolled back. */
  async explain(statement: SqlStatement): Promise<Explanation> {
    if (!this.#session) throw new ServerError('no dataset: call reset first');
    const answer = await this.#psql.explain(this.#session, statement);
    if (!answer) throw new ServerError(`the server ended the session:\n${statement.text}`);
    return answer;
  }

  /** Ends the server. */
  async stop(): Promise<void> {
    await this.#server.stop();
  }

  /** Another server, with other libraries. */
  async #restart(libraries: string): Promise<void> {
    await this.#server.stop();
    this.#session = undefined;
    this.#templates = new Set();
    const { server, orders } = await running(libraries);
    this.#server = server;
    this.#orders = orders;
    this.#libraries = libraries;
    await orders.must(`DROP DATABASE ${DATABASE}`);
  }

  async #makeTemplate(dataset: string): Promise<void> {
    await this.#orders.must(`CREATE DATABASE ${named(dataset)} TEMPLATE template0`);
    const connection = await ServerConnection.open(this.#server.address, `dataset ${dataset}`);
    await connection.must(await datasetScript(dataset));
    // As when the snapshot is made: plans depend on statistics, and what is frozen stays clean.
    await connection.must('VACUUM (FREEZE, ANALYZE)');
    await connection.close();
    this.#templates.add(dataset);
  }

  /** Removes what a lab can leave behind: in its database, and in what all databases share. */
  async #clean(): Promise<void> {
    await this.#session?.close();
    this.#session = undefined;
    const orders = this.#orders;
    const prepared = await orders.must('SELECT quote_literal(gid) FROM pg_prepared_xacts');
    if (prepared.length > 0) {
      // Only from the database in which they were prepared.
      const inside = await ServerConnection.open(this.#server.address, DATABASE);
      for (const [gid] of prepared) await inside.must(`ROLLBACK PREPARED ${gid}`);
      await inside.close();
    }
    await orders.must('SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots');
    await orders.must(`DROP DATABASE IF EXISTS ${DATABASE} WITH (FORCE)`);
    const roles = await orders.must(
      "SELECT quote_ident(rolname) FROM pg_roles WHERE rolname NOT LIKE 'pg\\_%' AND rolname <> current_user",
    );
    for (const [role] of roles) await orders.must(`DROP ROLE ${role}`);
    await orders.must('ALTER ROLE CURRENT_USER RESET ALL');
    await orders.must('ALTER SYSTEM RESET ALL');
    await orders.must('SELECT pg_reload_conf()');
  }
}

/** A server, and a session in it for our orders. */
interface Running {
  server: Server;
  orders: ServerConnection;
}

async function running(libraries: string): Promise<Running> {
  const server = await startServer({ ...SETTINGS, shared_preload_libraries: libraries }, INITDB);
  return { server, orders: await ServerConnection.open(server.address, OURS) };
}

const named = (dataset: string) => `"dataset ${dataset}"`;
