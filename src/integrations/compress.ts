/** Puts a brotli and a gzip copy beside every file of the build that shrinks, for hosts that send them. */
import { createHash, randomUUID } from 'node:crypto';
import {
  copyFile,
  glob,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { AstroIntegration } from 'astro';

/** What compresses: text, and the engines' binaries. Images and Pagefind's own files already are. */
const SHRINKS = new Set(
  'css data html js json map md mjs sql svg tar txt wasm webmanifest xml yaml'
    .split(' ')
    .map((each) => `.${each}`),
);
/** Below one packet's worth, compression saves no time. */
const LEAST = 1024;

/** What no build has asked for in this time leaves the cache. */
const KEPT_MS = 7 * 24 * 60 * 60 * 1000;

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/** Of pages: 24 MB that change with every build. Quality 11 takes three times as long for 2.5%. */
const PAGE_QUALITY = 10;

const ENCODINGS = {
  // Quality 11 takes a minute for PostgreSQL's files, once for each version of them. Quality 9 takes
  // four seconds, and then every reader fetches 5.3 MB in place of 4.6.
  br: (bytes: Buffer, isPage: boolean) => {
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: isPage ? PAGE_QUALITY : constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    };
    return brotli(bytes, { params });
  },
  gz: (bytes: Buffer) => zip(bytes, { level: 9 }),
};

/** Part of what a cached file is found by: to be changed together with the settings above. */
const SETTINGS = 'brotli 11, of pages 10, window 24; gzip 9';

/** Writes `file`.br and `file`.gz, from the cache where the same bytes were compressed before. */
async function compress(file: string, cache: string): Promise<void> {
  const bytes = await readFile(file);
  const hash = createHash('sha256').update(SETTINGS).update(bytes).digest('hex');
  for (const [ending, encode] of Object.entries(ENCODINGS)) {
    const kept = join(cache, `${hash}.${ending}`);
    if (await stat(kept).catch(() => undefined)) {
      const now = new Date();
      await utimes(kept, now, now);
    } else {
      // Written elsewhere and renamed: a build that is ended leaves no half file behind, and of two
      // files with the same bytes either may come first.
      const fresh = `${kept}.${randomUUID()}`;
      await writeFile(fresh, await encode(bytes, extname(file) === '.html'));
      await rename(fresh, kept);
    }
    await copyFile(kept, `${file}.${ending}`);
  }
}

/** Removes from the cache what has not been used for a week. */
async function prune(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    const kept = join(cache, name);
    const found = await stat(kept).catch(() => undefined);
    if (found && found.mtimeMs < Date.now() - KEPT_MS) await rm(kept, { force: true });
  }
}

/**
 * Compresses the folder's files that shrink and have more than 1 KiB, several at a time.
 * @returns how many files.
 */
export async function compressFolder(folder: string, cache: string): Promise<number> {
  await mkdir(cache, { recursive: true });
  const files: string[] = [];
  for await (const name of glob('**/*', { cwd: folder })) {
    const file = join(folder, name);
    if (!SHRINKS.has(extname(name))) continue;
    const { size } = await stat(file);
    if (size > LEAST) files.push(file);
  }
  const waiting = files.values();
  const worker = async () => {
    for (const file of waiting) await compress(file, cache);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  await prune(cache);
  return files.length;
}

/** After the build, compresses its output; must come after every integration that changes files. */
export function compressed(): AstroIntegration {
  let cache: string;
  return {
    name: 'compress',
    hooks: {
      'astro:config:done': ({ config }) => {
        cache = fileURLToPath(new URL('.generated/compressed/', config.root));
      },
      'astro:build:done': async ({ dir, logger }) => {
        const start = performance.now();
        logger.info('compressing; the engines’ files take a minute when they are new');
        const count = await compressFolder(fileURLToPath(dir), cache);
        logger.info(`${count} files in ${((performance.now() - start) / 1000).toFixed(1)} s`);
      },
    },
  };
}
