/** The content hash of files and folders: tells whether something built from them is out of date. */
import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/** A file or folder that is named as an input and is not there. */
export class MissingInputError extends Error {
  override name = 'MissingInputError';
}

/** All files under `path` (or the file itself), absolute, in an order that no machine changes. */
export async function filesUnder(path: string): Promise<string[]> {
  const found = await stat(path);
  if (!found.isDirectory()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/**
 * SHA-256 (hex) over the names and bytes of `inputs`, files or folders relative to `root`, and over
 * `extra`. A folder counts with everything below it.
 * @throws MissingInputError when an input is not there.
 */
export async function contentHash(
  root: string,
  inputs: readonly string[],
  extra = '',
): Promise<string> {
  const hash = createHash('sha256').update(extra);
  for (const input of [...new Set(inputs)].sort()) {
    let files: string[];
    try {
      files = await filesUnder(join(root, input));
    } catch (cause) {
      throw new MissingInputError(`no file or folder ${input} in ${root}`, { cause });
    }
    for (const file of files) {
      const name = relative(root, file).split(sep).join('/');
      hash.update(`\0${name}\0`).update(await readFile(file));
    }
  }
  return hash.digest('hex');
}
