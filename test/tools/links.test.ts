/** The link check finds every address in a built site that leads nowhere. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { checkLinks } from '../../tools/check/links.ts';

let folder: string | undefined;

afterEach(async () => {
  if (folder) await rm(folder, { recursive: true });
  folder = undefined;
});

async function problemsOf(files: Record<string, string>, base = '/'): Promise<string[]> {
  folder = await mkdtemp(join(tmpdir(), 'links-'));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return checkLinks(folder, base);
}

test('a sound site has no problems', async () => {
  const problems = await problemsOf({
    'index.html':
      '<h1 id="top">x</h1><a href="guide/#one">a</a><a href="#top">b</a><a href="">c</a>' +
      '<a href="https://example.org/nowhere">d</a><a href="mailto:a@b.c">e</a>' +
      '<img src="/p.png" srcset="/p.png 1x, /p.png 2x"><script src="/s.js"></script>',
    'guide/index.html': '<h2 id="one">x</h2><a href="../">up</a>',
    'p.png': '',
    's.js': '',
    'style.css': '.a { background: url("p.png"); mask: url(data:image/png;base64,AA==); }',
  });
  expect(problems).toEqual([]);
});

test('missing files, ids and slashes are found, in pages and style sheets', async () => {
  const problems = await problemsOf({
    'index.html':
      '<a href="/guide/#two">a</a><a href="/guide">b</a><a href="/gone/">c</a>' +
      '<img src="x.png" srcset="y.png 2x"><p id="same"></p><p id="same"></p>',
    'guide/index.html': '<h2 id="one">x</h2>',
    'style.css': '.a { background: url(../bg.png); }',
  });
  expect(problems).toEqual([
    'index.html: /guide/#two: guide/index.html has no element with the id "two"',
    'index.html: /guide: it lacks the slash at its end',
    'index.html: /gone/: there is no gone/index.html',
    'index.html: x.png: there is no x.png',
    'index.html: y.png: there is no y.png',
    'index.html: the id "same" is there more than once',
    'style.css: ../bg.png: there is no bg.png',
  ]);
});

test('under a base path, an address that forgets it is found', async () => {
  const problems = await problemsOf(
    {
      'index.html': '<a href="/a/b/guide/">good</a><a href="/guide/">forgot</a>',
      'guide/index.html': '<astro-island component-url="/_astro/x.js"></astro-island>',
    },
    '/a/b/',
  );
  expect(problems).toEqual([
    'guide/index.html: /_astro/x.js: it leaves the base path /a/b/',
    'index.html: /guide/: it leaves the base path /a/b/',
  ]);
});
