/** A lock between processes: one file that holds the process id of its owner. */
import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** How often a waiting process looks again, in milliseconds. */
const POLL = 200;

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isCode(error, 'EPERM');
  }
}

/** Puts a lock that holds `content` at `path` unless there is one: `link` never overwrites. */
async function take(path: string, content: string): Promise<boolean> {
  const mine = `${path}.${randomUUID()}`;
  await writeFile(mine, content);
  try {
    await link(mine, path);
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    await rm(mine, { force: true });
  }
}

/** Removes the lock of a dead process, and puts it back should another process have renewed it. */
async function removeDead(path: string, content: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return;
    throw error;
  }
  const renewed = await readFile(aside, 'utf8');
  if (renewed !== content) await take(path, renewed);
  await rm(aside, { force: true });
}

/**
 * Runs `work` while this process alone holds the lock file `path`; waits for its turn.
 * The lock of a process that has died is taken over.
 * @param onWait called once, with the owner's process id, when the lock is another's.
 */
export async function withLock<T>(
  path: string,
  work: () => Promise<T>,
  onWait: (owner: number) => void = () => {},
): Promise<T> {
  await mkdir(dirname(path), { recursive: true });
  let told = false;
  while (!(await take(path, `${process.pid} ${randomUUID()}`))) {
    const content = await readFile(path, 'utf8').catch(() => undefined);
    if (content === undefined) continue;
    const owner = Number.parseInt(content, 10);
    if (!isAlive(owner)) {
      await removeDead(path, content);
      continue;
    }
    if (!told) onWait(owner);
    told = true;
    await sleep(POLL);
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}
