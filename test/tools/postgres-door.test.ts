/** PostgreSQL's door, met by a real client over the socket. */
import { connect } from 'node:net';
import { Client, type ClientConfig, type Connection, type Submittable } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openInstance } from '../../tools/engines/postgres.ts';
import { openDoor, type PostgresDoor } from '../../tools/lib/postgres-door.ts';

let door: PostgresDoor;
const clients: Client[] = [];
beforeAll(async () => {
  door = await openDoor(await openInstance('inkwell', ['hstore']), 0);
});
afterAll(() => door.close());
afterEach(async () => {
  for (const client of clients.splice(0)) await client.end();
});

const CONFIG = { host: '127.0.0.1', user: 'postgres', database: 'postgres' };

/** A connection that ends with the test. */
async function connected(config: ClientConfig = {}): Promise<Client> {
  const client = new Client({ ...CONFIG, port: door.port, ...config });
  client.on('error', () => undefined);
  await client.connect();
  clients.push(client);
  return client;
}

/** Ends a connection in the middle of a test. */
async function leave(client: Client): Promise<void> {
  clients.splice(clients.indexOf(client), 1);
  await client.end();
}

/** A COPY FROM STDIN, as a simple query or as a prepared statement; answers the command tag. */
function copy(client: Client, text: string, data: string, isPrepared = false): Promise<string> {
  return new Promise((resolve, reject) => {
    let tag = '';
    const request = {
      submit(connection: Connection) {
        if (!isPrepared) return connection.query(text);
        connection.parse({ name: '', text, types: [] }, true);
        connection.bind({}, true);
        connection.execute({}, true);
        connection.sync();
      },
      handleCopyInResponse(connection: CopyConnection) {
        for (const line of data.match(/.*\n/g) ?? [])
          connection.sendCopyFromChunk(Buffer.from(line));
        connection.endCopyFrom();
        if (isPrepared) connection.sync();
      },
      handleCommandComplete({ text: told }: { text: string }) {
        tag = told;
      },
      handleRowDescription: () => undefined,
      handleDataRow: () => undefined,
      handleError: reject,
      handleReadyForQuery: () => resolve(tag),
    };
    client.query(request as unknown as Submittable);
  });
}

type CopyConnection = Connection & { sendCopyFromChunk(chunk: Buffer): void; endCopyFrom(): void };

describe('a client finds', () => {
  it("the labs' PostgreSQL, with its dataset and its extensions", async () => {
    const client = await connected();
    expect((await client.query('SELECT count(*)::int AS n FROM orders')).rows).toEqual([
      { n: 300 },
    ]);
    expect((await client.query('SHOW server_version')).rows[0]?.server_version).toMatch(/^18\./);
    expect((await client.query('SHOW shared_buffers')).rows).toEqual([{ shared_buffers: '4MB' }]);
    await client.query('CREATE EXTENSION hstore');
    await expect(client.query('CREATE EXTENSION vector')).rejects.toMatchObject({ code: '0A000' });
  });

  it('parameters, prepared statements, types and many rows', async () => {
    const client = await connected();
    for (const n of [1, 2]) {
      const statement = { name: 'next', text: 'SELECT $1::int + 1 AS next', values: [n] };
      expect((await client.query(statement)).rows).toEqual([{ next: n + 1 }]);
    }
    const { rows } = await client.query("SELECT now() AS at, '{1,2}'::int[] AS list, NULL AS none");
    expect(rows[0]).toMatchObject({ at: expect.any(Date), list: [1, 2], none: null });
    const many = await client.query('SELECT g, repeat($1, 100) FROM generate_series(1, 50000) g', [
      'x',
    ]);
    expect(many.rowCount).toBe(50_000);
  });

  it('errors with their fields, notices and notifications; and goes on', async () => {
    const client = await connected();
    const notices: unknown[] = [];
    client.on('notice', ({ severity, message }) => notices.push([severity, message]));
    const told = new Promise((resolve) => client.on('notification', resolve));
    const wrong = client.query('SELECT * FROM orders WHERE order_id = $1::int', ['x']);
    await expect(wrong).rejects.toMatchObject({ severity: 'ERROR', code: expect.any(String) });
    await expect(client.query('SELEC 1')).rejects.toMatchObject({ code: '42601', position: '1' });
    await client.query("DO $$ BEGIN RAISE WARNING 'careful'; END $$");
    expect(notices).toEqual([['WARNING', 'careful']]);
    await client.query("LISTEN news; NOTIFY news, 'here'");
    expect(await told).toMatchObject({ channel: 'news', payload: 'here' });
    await client.query('BEGIN');
    await expect(client.query('SELECT 1 / 0')).rejects.toMatchObject({ code: '22012' });
    await expect(client.query('SELECT 1')).rejects.toMatchObject({ code: '25P02' });
    await client.query('ROLLBACK');
  });

  it.each([
    ['a simple query', false],
    ['a prepared statement', true],
  ])('COPY from and to the client, in %s', async (_, isPrepared) => {
    const client = await connected();
    await client.query('CREATE TABLE copied (a int, b text)');
    const command = 'COPY copied FROM STDIN';
    expect(await copy(client, command, '1\tone\n2\ttwo\n', isPrepared)).toBe('COPY 2');
    await expect(copy(client, command, 'x\tone\n', isPrepared)).rejects.toMatchObject({
      code: '22P02',
      where: 'COPY copied, line 1, column a: "x"',
    });
    await expect(copy(client, 'COPY nowhere FROM STDIN', '', isPrepared)).rejects.toMatchObject({
      code: '42P01',
    });
    expect((await client.query('TABLE copied')).rows).toEqual([
      { a: 1, b: 'one' },
      { a: 2, b: 'two' },
    ]);
    await client.query('DROP TABLE copied');
  });

  it('COPY among other statements, in a transaction that goes on', async () => {
    const client = await connected();
    await client.query('BEGIN; CREATE TABLE copied (a int)');
    expect(await copy(client, 'SELECT 1; COPY copied FROM STDIN; SELECT 2', '5\n')).toBe(
      'SELECT 1',
    );
    expect((await client.query('TABLE copied')).rows).toEqual([{ a: 5 }]);
    await client.query('ROLLBACK');
  });
});

describe('a connection', () => {
  it('leaves its data, and nothing else, to the next', async () => {
    const first = await connected();
    await first.query(
      `CREATE TABLE kept (a int); INSERT INTO kept VALUES (1); CREATE ROLE ann;
       SET work_mem = '9MB'; CREATE TEMP TABLE scratch (a int); PREPARE p AS SELECT 1;
       SELECT pg_advisory_lock(1); LISTEN news; SET SESSION AUTHORIZATION ann`,
    );
    await first.query('BEGIN');
    await expect(first.query('INSERT INTO kept VALUES (2)')).rejects.toMatchObject({
      code: '42501',
    });
    await leave(first);
    const { rows } = await (await connected()).query(
      `SELECT current_user::text, current_setting('work_mem') AS work_mem, to_regclass('scratch') AS scratch,
         (SELECT count(*)::int FROM pg_prepared_statements) AS prepared,
         (SELECT count(*)::int FROM pg_locks WHERE locktype = 'advisory') AS locks,
         (SELECT count(*)::int FROM pg_listening_channels()) AS channels,
         (SELECT array_agg(a) FROM kept) AS kept`,
    );
    expect(rows).toEqual([
      {
        current_user: 'postgres',
        work_mem: '4MB',
        scratch: null,
        prepared: 0,
        locks: 0,
        channels: 0,
        kept: [1],
      },
    ]);
  });

  it('that breaks off in the middle of a request is forgotten', async () => {
    const first = await connected();
    await first.query('BEGIN; CREATE TABLE half (a int)');
    const { stream } = (first as unknown as { connection: { stream: { destroy(): void } } })
      .connection;
    stream.destroy();
    clients.splice(clients.indexOf(first), 1);
    await expect
      .poll(() =>
        connected().then(
          () => 'in',
          ({ code }) => code,
        ),
      )
      .toBe('in');
    const { rows } = await (clients[0] as Client).query("SELECT to_regclass('half') AS half");
    expect(rows).toEqual([{ half: null }]);
  });

  it('is refused while there is another, as by a full server', async () => {
    const first = await connected();
    await expect(connected()).rejects.toMatchObject({
      severity: 'FATAL',
      code: '53300',
      message: 'sorry, too many clients already',
    });
    expect((await first.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  });

  it.each([
    [{ user: 'nobody' }, '28000', 'role "nobody" does not exist'],
    [{ database: 'other' }, '3D000', 'database "other" does not exist'],
    [{ options: '-c nonsense=1' }, '42704', 'unrecognized configuration parameter "nonsense"'],
    [{ options: '-c client_encoding=LATIN1' }, '0A000', 'client_encoding must be UTF8'],
  ])('with %o is refused: %s', async (config, code, message) => {
    await expect(connected(config)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
    await connected();
  });

  it('brings settings along, and can be of another role', async () => {
    const owner = await connected();
    await owner.query('CREATE ROLE eve LOGIN; GRANT SELECT ON tags TO eve');
    await leave(owner);
    const options = '-c work_mem=7MB --search-path=public';
    const client = await connected({ user: 'eve', options, application_name: 'test' });
    const { rows } = await client.query(
      `SELECT current_user::text AS name, current_setting('work_mem') AS work_mem,
         current_setting('search_path') AS path, current_setting('application_name') AS application`,
    );
    expect(rows).toEqual([{ name: 'eve', work_mem: '7MB', path: 'public', application: 'test' }]);
    await expect(client.query('SELECT * FROM orders')).rejects.toMatchObject({ code: '42501' });
  });

  it('is refused to a role that may not log in, and for replication', async () => {
    await (await connected()).query('CREATE ROLE staff');
    for (const client of clients.splice(0)) await client.end();
    await expect(connected({ user: 'staff' })).rejects.toMatchObject({
      code: '28000',
      message: 'role "staff" is not permitted to log in',
    });
    const replication = { replication: 'database' } as ClientConfig;
    await expect(connected(replication)).rejects.toMatchObject({ code: '0A000' });
  });

  it('may begin while the one before is being forgotten', async () => {
    for (let round = 0; round < 5; round += 1) {
      const first = await connected();
      await first.query('BEGIN; CREATE TABLE halfway (a int)');
      const left = leave(first);
      const { rows } = await (await connected()).query("SELECT to_regclass('halfway') AS found");
      expect(rows).toEqual([{ found: null }]);
      await left;
      for (const client of clients.splice(0)) await client.end();
    }
  });

  it('in which a statement broke PostgreSQL is ended; the next finds the snapshot', async () => {
    const first = await connected();
    await first.query('CREATE TABLE lost (a int)');
    await expect(first.query("SELECT repeat('[', 20000)::jsonb")).rejects.toMatchObject({
      code: '57P02',
      message: expect.stringContaining('broke and was restored'),
    });
    await leave(first);
    const { rows } = await (await connected()).query("SELECT to_regclass('lost') AS lost");
    expect(rows).toEqual([{ lost: null }]);
  });
});

describe('what is no client', () => {
  /** Sends bytes and answers what came back until the end. */
  const exchange = (bytes: Buffer) =>
    new Promise<string>((resolve) => {
      const socket = connect(door.port, '127.0.0.1', () => socket.end(bytes));
      let text = '';
      socket.on('data', (data) => {
        text += data.toString('latin1');
      });
      socket.on('close', () => resolve(text));
    });
  const packet = (...numbers: number[]) => {
    const bytes = Buffer.alloc(4 + 4 * numbers.length);
    for (const [index, number] of [bytes.length, ...numbers].entries()) {
      bytes.writeUInt32BE(number, 4 * index);
    }
    return bytes;
  };

  it.each([
    ['asks for TLS and leaves', packet(80_877_103), 'N'],
    ['asks to cancel a statement', packet(80_877_102, 1, 2), ''],
    ['speaks HTTP', Buffer.from('GET / HTTP/1.1\r\n\r\n'), ''],
    ['speaks an older protocol', packet(2 << 16), expect.stringContaining('0A000')],
  ])('%s is answered or left', async (_, bytes, answer) => {
    expect(await exchange(bytes)).toEqual(answer);
    await connected();
  });
});
