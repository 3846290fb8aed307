/** A lock lets one process at a time do something, and outlives nobody. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withLock } from '../../tools/lib/lock.ts';

let folder: string;
let lock: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lock-'));
  lock = join(folder, '.lock');
});

afterEach(() => rm(folder, { recursive: true }));

test('work under the same lock never overlaps, and others are told whom they wait for', async () => {
  let inside = 0;
  const owners: number[] = [];
  const work = async () => {
    inside += 1;
    expect(inside).toBe(1);
    await sleep(20);
    inside -= 1;
  };
  await Promise.all([1, 2, 3].map(() => withLock(lock, work, (owner) => void owners.push(owner))));
  expect(owners).toEqual([process.pid, process.pid]);
  expect(existsSync(lock)).toBe(false);
});

test('the lock is given back when the work fails', async () => {
  const work = async () => {
    throw new Error('no');
  };
  await expect(withLock(lock, work)).rejects.toThrow('no');
  expect(existsSync(lock)).toBe(false);
});

test('the lock of a process that has died is taken over', async () => {
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  await writeFile(lock, `${pid} x`);
  expect(await withLock(lock, async () => 'done')).toBe('done');
});
