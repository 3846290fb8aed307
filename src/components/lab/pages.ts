/** Where labs stand: the page of each lab, found in the pages themselves. For the build only. */
import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';

const DOCS = 'src/content/docs';

let index: Promise<Map<string, string>> | undefined;

/**
 * The address of a lab on its page, without the base: `/guide/security/#row-level-security`. The
 * start page only repeats labs of chapters. Undefined when no page shows the lab.
 */
export async function labAddress(id: string): Promise<string | undefined> {
  index ??= readIndex();
  return (await index).get(id);
}

async function readIndex(): Promise<Map<string, string>> {
  const addresses = new Map<string, string>();
  for await (const file of glob('**/*.mdx', { cwd: DOCS, exclude: ['index.mdx'] })) {
    const text = await readFile(path.join(DOCS, file), 'utf8');
    const page = `/${file
      .split(path.sep)
      .join('/')
      .replace(/\.mdx$/, '')}/`;
    for (const id of labIds(text)) {
      if (!addresses.has(id)) addresses.set(id, `${page}#${id.split('/').at(-1)}`);
    }
  }
  return addresses;
}

/** The labs that a page shows, in order; of its source, as MDX. */
export function labIds(source: string): string[] {
  return [...source.matchAll(/<Lab\s[^>]*?\bid="([^"]+)"/g)].map(([, id = '']) => id);
}
