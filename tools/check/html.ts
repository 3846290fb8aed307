/** Reads built HTML pages: their elements, ids and the addresses in them. */
import { glob, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { htmlToHast } from 'satteri';

/** An element with its attributes as HTML writes them. */
export interface HtmlElement {
  tag: string;
  attributes: Record<string, string>;
  /** The text directly in it, as of a script. */
  text: string;
}

/** One built page. */
export interface HtmlPage {
  /** Its file, relative to the built folder, with `/`. */
  file: string;
  elements: HtmlElement[];
}

type Tree = {
  type: string;
  tagName?: string;
  value?: string;
  properties?: Record<string, unknown>;
  children?: Tree[];
  content?: Tree;
};

/** Names that hast writes in camel case and whose values matter here. */
const RENAMED: Record<string, string> = { className: 'class', srcSet: 'srcset', xLinkHref: 'href' };

function read(node: Tree, elements: HtmlElement[]): void {
  if (node.type === 'element' && node.tagName !== undefined) {
    const attributes: Record<string, string> = {};
    for (const [name, value] of Object.entries(node.properties ?? {})) {
      attributes[RENAMED[name] ?? name] = Array.isArray(value) ? value.join(' ') : String(value);
    }
    const text = (node.children ?? []).map((child) => child.value ?? '').join('');
    elements.push({ tag: node.tagName, attributes, text });
  }
  for (const child of node.children ?? []) read(child, elements);
  if (node.content) read(node.content, elements);
}

/** All pages of a built folder, in the order of their names. */
export async function readPages(folder: string): Promise<HtmlPage[]> {
  const pages: HtmlPage[] = [];
  for await (const name of glob('**/*.html', { cwd: folder })) {
    const elements: HtmlElement[] = [];
    read(htmlToHast(await readFile(join(folder, name), 'utf8')) as Tree, elements);
    pages.push({ file: name.split(sep).join('/'), elements });
  }
  return pages.sort((a, b) => a.file.localeCompare(b.file));
}
