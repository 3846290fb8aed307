/** Checks that every address in a built site leads somewhere: to a file, and to the id it names. */
import { glob, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { type HtmlElement, type HtmlPage, readPages } from './html.ts';

/** Attributes that hold an address, by element; `*` is any element. */
const ADDRESSES: Readonly<Record<string, readonly string[]>> = {
  '*': ['href', 'src'],
  'astro-island': ['component-url', 'renderer-url', 'before-hydration-url'],
  form: ['action'],
  object: ['data'],
  video: ['poster'],
};

/** Fragments that lead to the top of a page without an id. */
const TOP = new Set(['', 'top']);

function addressesOf({ tag, attributes }: HtmlElement): string[] {
  const names = [...(ADDRESSES['*'] ?? []), ...(ADDRESSES[tag] ?? [])];
  const candidates = (attributes.srcset ?? '').split(',').map((text) => text.trim().split(/\s/)[0]);
  return [...names.map((name) => attributes[name]), ...candidates].filter(
    (address): address is string => address !== undefined && address !== '',
  );
}

/** The address under which a page is read, as `/a/b/guide/security/`. */
function addressOf(file: string, base: string): string {
  return base + file.replace(/(^|\/)index\.html$/, '$1');
}

/** What is wrong with one address of a page, if anything. */
function problemOf(
  address: string,
  from: string,
  base: string,
  files: ReadonlySet<string>,
  ids: ReadonlyMap<string, ReadonlySet<string>>,
): string | undefined {
  const site = 'http://site.invalid';
  if (!URL.canParse(address, site + from)) return 'it is no address';
  const url = new URL(address, site + from);
  if (url.origin !== site) return undefined;
  if (!url.pathname.startsWith(base)) return `it leaves the base path ${base}`;
  const path = decodeURIComponent(url.pathname.slice(base.length));
  const file = path === '' || path.endsWith('/') ? `${path}index.html` : path;
  if (!files.has(file)) {
    return files.has(`${file}/index.html`)
      ? 'it lacks the slash at its end'
      : `there is no ${file}`;
  }
  // Behind a part's name may stand what it is to show: #lost-update&level=serializable&order=AABB.
  const fragment = decodeURIComponent(url.hash.slice(1)).replace(/(:~:|&).*$/, '');
  const known = ids.get(file);
  if (known === undefined || TOP.has(fragment) || known.has(fragment)) return undefined;
  return `${file} has no element with the id "${fragment}"`;
}

function idsOf({ elements }: HtmlPage): Set<string> {
  return new Set(elements.map(({ attributes }) => attributes.id).filter((id) => id !== undefined));
}

/** The addresses in a style sheet's `url(...)`. */
function addressesInCss(text: string): string[] {
  return [...text.matchAll(/url\(\s*(["']?)(.*?)\1\s*\)/g)].map((match) => match[2] ?? '');
}

/**
 * Every broken address in the site built into `folder` for `base`, as `page: address: what is
 * wrong`. Addresses of other sites are not visited.
 */
export async function checkLinks(folder: string, base: string): Promise<string[]> {
  const files = new Set<string>();
  for await (const entry of glob('**/*', { cwd: folder, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    files.add(
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .split(sep)
        .join('/'),
    );
  }
  const pages = await readPages(folder);
  const ids = new Map(pages.map((page) => [page.file, idsOf(page)]));
  const problems = new Set<string>();
  const check = (file: string, address: string) => {
    const problem = problemOf(address, addressOf(file, base), base, files, ids);
    if (problem) problems.add(`${file}: ${address}: ${problem}`);
  };
  for (const page of pages) {
    for (const element of page.elements) {
      for (const address of addressesOf(element)) check(page.file, address);
      if (element.tag === 'style') {
        for (const address of addressesInCss(element.text)) check(page.file, address);
      }
    }
    const twice = page.elements
      .map(({ attributes }) => attributes.id)
      .filter((id, index, all) => id !== undefined && all.indexOf(id) !== index);
    for (const id of twice) problems.add(`${page.file}: the id "${id}" is there more than once`);
  }
  for (const file of [...files].filter((name) => name.endsWith('.css'))) {
    const text = await readFile(join(folder, file), 'utf8');
    for (const address of addressesInCss(text)) check(file, address);
  }
  return [...problems];
}
