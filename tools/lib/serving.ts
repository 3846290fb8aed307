/** Serves the built site until the process is ended. */
import { join } from 'node:path';
import { serve } from '../serve.ts';
import { UsageError } from './command-line.ts';
import { ROOT } from './root.ts';
import type { SiteBuild } from './site.ts';

/** The port of `npm start` and `npm run preview`, as Astro's own. */
export const DEFAULT_PORT = '4321';

/**
 * Serves `build` on localhost and prints its address.
 * @throws UsageError when the port is in use.
 */
export async function serveSite(build: SiteBuild, port: number): Promise<void> {
  const server = await serve({ dir: join(ROOT, build.dir), base: build.base, port }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE') throw error;
      throw new UsageError(
        `port ${port} is in use by another program; end it, or choose another port: --port 4322`,
      );
    },
  );
  process.stdout.write(`\nKeys & Joins: ${server.url}\n(Ctrl+C ends it)\n`);
}
