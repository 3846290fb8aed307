/** Opens live sessions in Node, from `.generated`: for the command line and for tests. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LiveSessions } from '../../src/engine/postgres/sessions/live.ts';
import { patchProgram, type SessionsPatch } from '../../src/engine/postgres/sessions/patch.ts';
import { ROOT } from '../lib/root.ts';
import { postgresAssets } from './postgres.ts';

/** The dataset that has no tables: a scenario brings its own. */
const DATASET = 'empty';

/** pglite.wasm with the patch in it, compiled. */
export async function patchedModule(): Promise<WebAssembly.Module> {
  const read = (path: string) => readFile(join(ROOT, '.generated', path));
  const patch = JSON.parse(String(await read('postgres-sessions/patch.json'))) as SessionsPatch;
  const program = Uint8Array.from(await read('postgres/pglite.wasm'));
  return WebAssembly.compile(await patchProgram(program, patch));
}

/** Opens live sessions. `ensureAssets()` must have run. */
export async function openLiveSessions(): Promise<LiveSessions> {
  const assets = postgresAssets();
  return LiveSessions.open({
    module: await patchedModule(),
    fsBundle: await assets.fsBundle,
    autoExplain: await assets.autoExplain,
    snapshot: await assets.snapshot(DATASET),
    booted: await assets.booted?.(DATASET),
  });
}
