/** The server of the built site: encodings, types, caching, the base path and pages that are not there. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compressFolder } from '../../src/integrations/compress.ts';
import { type SiteServer, serve } from '../../tools/serve.ts';

const text = 'x = 1;\n'.repeat(1000);
let folder: string;
let server: SiteServer;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'serve-'));
  const dist = join(folder, 'dist');
  mkdirSync(join(dist, '_astro'), { recursive: true });
  mkdirSync(join(dist, 'guide/security'), { recursive: true });
  const files = {
    'index.html': '<h1>Start</h1>',
    '404.html': '<h1>Not here</h1>',
    'guide/security/index.html': '<h1>Security</h1>',
    '_astro/code.abc.js': text,
    '_astro/small.abc.js': 'y = 2;',
    '_astro/engine.abc.wasm': text,
    '_astro/engine.abc.data': text,
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(dist, name), content);
  expect(await compressFolder(dist, join(folder, 'cache'))).toBe(3);
  server = await serve({ dir: dist, base: '/a/b/' });
});

afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

/** The answer as it is on the wire; `fetch` would decode it. */
function get(path: string, headers: Record<string, string> = {}, method = 'GET') {
  return new Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }>(
    (resolve, reject) => {
      request(new URL(path, server.url), { headers, method }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks),
          }),
        );
      })
        .on('error', reject)
        .end();
    },
  );
}

describe('a file', () => {
  it('is sent in the best encoding that the browser accepts', async () => {
    const code = '/a/b/_astro/code.abc.js';
    const br = await get(code, { 'accept-encoding': 'gzip, deflate, br' });
    expect(br.headers).toMatchObject({
      'content-encoding': 'br',
      'content-type': 'text/javascript',
      vary: 'Accept-Encoding',
    });
    expect(brotliDecompressSync(br.body).toString()).toBe(text);
    const gz = await get(code, { 'accept-encoding': 'gzip' });
    expect(gunzipSync(gz.body).toString()).toBe(text);
    const plain = await get(code);
    expect(plain.headers).not.toHaveProperty('content-encoding');
    expect(plain.body.toString()).toBe(text);
  });

  it('has the type that a browser needs to compile or fetch it', async () => {
    const type = async (name: string) =>
      (await get(`/a/b/_astro/${name}`, { 'accept-encoding': 'br' })).headers['content-type'];
    expect(await type('engine.abc.wasm')).toBe('application/wasm');
    expect(await type('engine.abc.data')).toBe('application/octet-stream');
  });

  it('is kept for ever when its name has a hash, and asked for again when not', async () => {
    const hashed = await get('/a/b/_astro/small.abc.js');
    expect(hashed.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    const page = await get('/a/b/');
    expect(page.headers['cache-control']).toBe('no-cache');
    const again = await get('/a/b/', { 'if-none-match': String(page.headers.etag) });
    expect(again.status).toBe(304);
  });

  it('below 1 KiB is left as it is', async () => {
    const small = await get('/a/b/_astro/small.abc.js', { 'accept-encoding': 'br' });
    expect(small.headers).not.toHaveProperty('content-encoding');
  });
});

describe('an address', () => {
  it('of a folder answers its page', async () => {
    expect((await get('/a/b/guide/security/')).body.toString()).toBe('<h1>Security</h1>');
  });

  it('without a page answers 404 with the site’s own page', async () => {
    const { status, headers, body } = await get('/a/b/nope/');
    expect(status).toBe(404);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(body.toString()).toBe('<h1>Not here</h1>');
  });

  it('outside the base is not the site’s, so that a forgotten base shows', async () => {
    const { status, body } = await get('/guide/security/');
    expect(status).toBe(404);
    expect(body.toString()).toBe('The site is at /a/b/ and not at /guide/security/.\n');
    expect(await get('/a/b')).toMatchObject({ status: 301, headers: { location: '/a/b/' } });
  });

  it('cannot leave the folder', async () => {
    expect((await get('/a/b/%2e%2e/cache/')).status).toBe(404);
  });

  it('is only read', async () => {
    expect((await get('/a/b/', {}, 'POST')).status).toBe(405);
  });
});

describe('the cache of compressed files', () => {
  it('gives the same bytes to the same content without compressing again', async () => {
    const copy = join(folder, 'copy');
    mkdirSync(copy);
    writeFileSync(join(copy, 'other.js'), text);
    await compressFolder(copy, join(folder, 'cache'));
    expect(readFileSync(join(copy, 'other.js.br'))).toEqual(
      readFileSync(join(folder, 'dist/_astro/code.abc.js.br')),
    );
  });

  it('has forgotten what no build used for a week', async () => {
    const cache = join(folder, 'cache');
    const old = join(cache, 'old.br');
    const eightDaysAgo = new Date(Date.now() - 8 * 24 * 60 * 60 * 1000);
    writeFileSync(old, 'x');
    utimesSync(old, eightDaysAgo, eightDaysAgo);
    const kept = readdirSync(cache).length;
    await compressFolder(join(folder, 'dist/guide'), cache);
    expect(readdirSync(cache)).toHaveLength(kept - 1);
  });
});

describe('a server that cannot start', () => {
  it('says so', async () => {
    await expect(serve({ dir: join(folder, 'none') })).rejects.toThrow(/there is no folder .*none/);
    const port = Number(new URL(server.url).port);
    await expect(serve({ dir: folder, port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
