/** A loopback server for the built site: compressed files, caching and errors as a good host does. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { extname } from 'node:path/posix';
import { parseArgs } from 'node:util';
import sirv from 'sirv';

/** What to serve and where. */
export interface ServeOptions {
  /** The folder with the built site. */
  dir: string;
  /** The path it was built for, as `/` or `/a/b/`; anything outside answers 404. */
  base?: string;
  /** 0, the default, takes a free port. */
  port?: number;
}

/** A server that is listening. */
export interface SiteServer {
  /** The address of the start page, with a slash at the end. */
  url: string;
  /** Ends it, open connections included. */
  close(): Promise<void>;
}

/** Types that sirv's table lacks; browsers sniff what has none, and refuse some of what they find. */
const TYPES = new Map([
  ['.data', 'application/octet-stream'],
  ['.packed', 'application/octet-stream'],
  ['.pagefind', 'application/octet-stream'],
  ['.pf_fragment', 'application/octet-stream'],
  ['.pf_index', 'application/octet-stream'],
  ['.pf_meta', 'application/octet-stream'],
]);

/** Names with a content hash, which Vite gives to everything in this folder, never change. */
const HASHED = '/_astro/';

function setHeaders(response: ServerResponse, path: string): void {
  const hashed = path.startsWith(HASHED);
  response.setHeader('Cache-Control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  const type = TYPES.get(extname(path));
  if (type) response.setHeader('Content-Type', type);
}

function plain(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(text);
}

/**
 * Serves `dir` on 127.0.0.1. Files beside which a `.br` or `.gz` lies are sent in that encoding to
 * browsers that accept it. The files are listed once, at the start: after a new build, serve anew.
 * @throws Error when there is no such folder, or with code EADDRINUSE when the port is taken.
 */
export async function serve({ dir, base = '/', port = 0 }: ServeOptions): Promise<SiteServer> {
  if (!existsSync(dir))
    throw new Error(`there is no folder ${dir}; build the site first: npm run build`);
  const prefix = base.replace(/\/+$/, '');
  const files = sirv(dir, { etag: true, brotli: true, gzip: true, setHeaders });
  const notFound = await readFile(join(dir, '404.html')).catch(() => undefined);

  const server = createServer((request, response) => {
    const url = request.url ?? '/';
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      plain(response, 405, 'Only GET and HEAD are answered here.\n');
    } else if (url === prefix && prefix !== '') {
      response.writeHead(301, { Location: `${prefix}/` }).end();
    } else if (!url.startsWith(`${prefix}/`)) {
      plain(response, 404, `The site is at ${prefix}/ and not at ${url}.\n`);
    } else {
      request.url = url.slice(prefix.length);
      files(request, response, () => {
        if (!notFound) return plain(response, 404, `There is no ${url}.\n`);
        response.writeHead(404, { 'Content-Type': 'text/html; charset=utf-8' }).end(notFound);
      });
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${taken}${prefix}/`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '4321' },
      base: { type: 'string', default: '/' },
      dir: { type: 'string', default: 'dist' },
    },
  });
  const { url } = await serve({ dir: values.dir, base: values.base, port: Number(values.port) });
  process.stdout.write(`${url}\n`);
}
