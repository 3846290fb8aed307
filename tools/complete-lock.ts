/** `npm run complete-lock`: puts packages for other platforms back that npm dropped from package-lock.json. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type LockFile, lostPackages, withLostPackages } from './check/lock-file.ts';
import { main, readArgs } from './lib/command-line.ts';
import { ROOT } from './lib/root.ts';

const USAGE = `Usage: npm run complete-lock

Adds packages for other platforms that npm left out of package-lock.json because the registry at hand
does not have them. Needed after npm install, when npm run check says so.`;

await main(async () => {
  readArgs(USAGE, {});
  const file = join(ROOT, 'package-lock.json');
  const lock = JSON.parse(await readFile(file, 'utf8')) as LockFile;
  const lost = lostPackages(lock);
  await writeFile(file, `${JSON.stringify(withLostPackages(lock), null, 2)}\n`);
  process.stdout.write(`${lost.length} packages added to package-lock.json\n`);
});
