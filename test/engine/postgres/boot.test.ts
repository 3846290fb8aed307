/** PostgreSQL boots from what it is given, or says what kept it from doing so. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { bootError, PostgresBootError } from '../../../src/engine/postgres/errors.ts';
import {
  bootPostgres,
  type PostgresAssets,
  type PostgresOptions,
} from '../../../src/engine/postgres/session.ts';
import { openPostgres, postgresAssets } from '../../../tools/engines/postgres.ts';
import { ROOT } from '../../../tools/lib/root.ts';
import { rowsOf } from './scripts.ts';

/** The smallest WebAssembly module: its header and nothing else. */
const EMPTY_MODULE = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);

class DownloadError extends Error {
  readonly kind = 'download';
}

describe('a boot', () => {
  it('names its parts, and ends with the dataset in place', async () => {
    const steps: string[] = [];
    const pg = await openPostgres({ onProgress: (step) => steps.push(step) });
    expect(steps).toEqual(['compile', 'restore', 'ready']);
    expect(await rowsOf(pg, 'SELECT count(*) > 0 FROM posts; SHOW server_version')).toEqual([
      [expect.stringMatching(/^18\./)],
    ]);
    await pg.close();
  });

  it('brings settings as on a server, save those that a browser needs otherwise', async () => {
    const pg = await openPostgres();
    const settings = await rowsOf(
      pg,
      `SELECT name, setting FROM pg_settings WHERE name IN ('search_path', 'allow_system_table_mods',
         'max_stack_depth', 'client_min_messages', 'TimeZone', 'transaction_isolation',
         'standard_conforming_strings', 'server_encoding') ORDER BY name COLLATE "C"`,
    );
    expect(Object.fromEntries(settings)).toEqual({
      TimeZone: 'UTC',
      allow_system_table_mods: 'off',
      client_min_messages: 'notice',
      max_stack_depth: '100',
      search_path: '"$user", public',
      server_encoding: 'UTF8',
      standard_conforming_strings: 'on',
      transaction_isolation: 'read committed',
    });
    await pg.close();
  });

  it('leaves nothing behind that keeps a program from ending', async () => {
    const program = `
      import { openPostgres } from './tools/engines/postgres.ts';
      const pg = await openPostgres({ resetBy: 'rebuild' });
      await pg.run({ text: 'SELECT 1', line: 1, column: 1 });
      await pg.reset('inkwell');
      await pg.close();
      console.log('closed');`;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '--eval', program],
      { cwd: ROOT, timeout: 60_000 },
    );
    expect(stdout).toBe('closed\n');
  }, 60_000);
});

describe('a boot that fails says why:', () => {
  const boot = (assets: Partial<PostgresAssets>, options: Partial<PostgresOptions> = {}) =>
    bootPostgres({ ...postgresAssets(), ...assets }, { dataset: 'inkwell', ...options }).then(
      () => {
        throw new Error('it has booted');
      },
      (error: unknown) => error,
    );

  it('a file did not arrive', async () => {
    const cause = new DownloadError('/pglite.data could not be fetched: the server answered 404');
    const error = await boot({ fsBundle: Promise.reject(cause) });
    expect(error).toMatchObject({ name: 'PostgresBootError', kind: 'download', cause });
    expect((error as Error).message).toContain('the server answered 404');
  });

  it('there is no such dataset', async () => {
    expect(await boot({}, { dataset: 'nowhere' })).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining('nowhere.tar'),
    });
  });

  it('the program is not PostgreSQL', async () => {
    const module = await WebAssembly.compile(EMPTY_MODULE);
    expect(await boot({ module })).toBeInstanceOf(PostgresBootError);
  });

  it.each([
    ['is empty', async () => new Blob([])],
    ['is no tar', async () => new Blob(['x'.repeat(1024)])],
    [
      'is cut short',
      async () =>
        new Blob([await (await postgresAssets().snapshot('inkwell')).arrayBuffer()]).slice(
          0,
          1_000_000,
        ),
    ],
  ])('the snapshot %s', async (what, snapshot) => {
    expect(await boot({ snapshot })).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining(`the snapshot ${what}`),
    });
  });

  it('nothing happened for too long', async () => {
    expect(await boot({}, { bootLimit: 0 })).toMatchObject({ kind: 'timeout' });
  });
});

describe('the cause of a failed boot is known by what the browser says:', () => {
  it.each([
    [
      'blocked',
      new WebAssembly.CompileError(
        "WebAssembly.compileStreaming(): Compiling or instantiating WebAssembly module violates the following Content Security policy directive because 'unsafe-eval' is not an allowed source of script",
      ),
    ],
    ['blocked', new WebAssembly.CompileError('call to WebAssembly.compile() blocked by CSP')],
    ['memory', new RangeError('WebAssembly.Memory(): could not allocate memory')],
    ['memory', new Error('Out of memory: Cannot allocate Wasm memory for new instance')],
    ['memory', new RangeError('Array buffer allocation failed')],
    ['failed', new RangeError('there is no such dataset')],
  ])('%s', (kind, cause) => {
    expect(bootError(cause)).toMatchObject({ kind, cause });
  });

  it('and is told only once', () => {
    const error = new PostgresBootError('timeout');
    expect(bootError(error)).toBe(error);
  });
});
