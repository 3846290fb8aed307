/** Gives every built page its Content Security Policy, with the hash of each of its inline scripts. */
import { createHash } from 'node:crypto';
import { glob, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { type DefaultTreeAdapterTypes, defaultTreeAdapter, parse } from 'parse5';

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

/** A page that cannot have a strict policy. The message names the page, the element and the fix. */
export class CspError extends Error {
  override name = 'CspError';
}

/** Types whose script elements a browser never runs, https://html.spec.whatwg.org/#data-block. */
const RUNS = /^$|^module$|^importmap$|^speculationrules$|^(text|application)\/(java|ecma)script$/i;

function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((each) => each.name === name)?.value;
}

function* elements(node: Node): Generator<Element> {
  if (defaultTreeAdapter.isElementNode(node)) {
    yield node;
    if (node.tagName === 'template' && 'content' in node) yield* elements(node.content);
  }
  if ('childNodes' in node) for (const child of node.childNodes) yield* elements(child);
}

/** What a policy must let through on a page. */
interface Page {
  /** Texts of the scripts that stand in the page itself. */
  scripts: string[];
  /** Where in the text the policy belongs: behind the charset, before anything that loads. */
  insertAt: number;
}

/**
 * Reads a page.
 * @throws CspError for what no hash can allow: event handler attributes and `javascript:` addresses.
 */
export function readPage(html: string, name: string): Page {
  const scripts: string[] = [];
  let insertAt: number | undefined;
  for (const element of elements(parse(html, { sourceCodeLocationInfo: true }))) {
    const place = element.sourceCodeLocation;
    if (element.tagName === 'head') insertAt ??= place?.startTag?.endOffset;
    if (element.tagName === 'meta' && attribute(element, 'charset')) insertAt = place?.endOffset;
    for (const { name: key, value } of element.attrs) {
      if (key.startsWith('on')) {
        throw new CspError(
          `${name}: <${element.tagName} ${key}>: use addEventListener in a script`,
        );
      }
      if (/^\s*javascript:/i.test(value) && ['href', 'src', 'action', 'formaction'].includes(key)) {
        throw new CspError(`${name}: <${element.tagName} ${key}="javascript:...">: use a button`);
      }
    }
    if (element.tagName !== 'script' || attribute(element, 'src') !== undefined) continue;
    if (!RUNS.test(attribute(element, 'type') ?? '')) continue;
    scripts.push(element.childNodes.map((child) => ('value' in child ? child.value : '')).join(''));
  }
  if (insertAt === undefined) throw new CspError(`${name}: it has no <head> to put a policy into`);
  return { scripts, insertAt };
}

/** The source expression for an inline script, https://www.w3.org/TR/CSP3/#grammardef-hash-source. */
export function hashSource(script: string): string {
  return `'sha256-${createHash('sha256').update(script, 'utf8').digest('base64')}'`;
}

/**
 * The policy of a page with these inline scripts. `blob:` is for the frame in which learners'
 * programs run: it is made from `srcdoc`, which no frame-src needs to allow, inherits this policy and
 * starts its Worker from a blob.
 */
export function policy(scripts: readonly string[]): string {
  const hashes = [...new Set(scripts.map(hashSource))].sort();
  return [
    "default-src 'none'",
    `script-src ${["'self'", "'wasm-unsafe-eval'", ...hashes, 'blob:'].join(' ')}`,
    "worker-src 'self' blob:",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "object-src 'none'",
  ].join('; ');
}

/** The page with its policy in it. `alsoRun` are scripts that the page's code will put into frames. */
export function withPolicy(html: string, name: string, alsoRun: readonly string[]): string {
  const { scripts, insertAt } = readPage(html, name);
  const meta = `<meta http-equiv="Content-Security-Policy" content="${policy([...scripts, ...alsoRun])}">`;
  return html.slice(0, insertAt) + meta + html.slice(insertAt);
}

/** After the build, writes the policy into every HTML file of the output. */
export function csp(alsoRun: readonly string[] = []): AstroIntegration {
  return {
    name: 'content-security-policy',
    hooks: {
      'astro:build:done': async ({ dir, logger }) => {
        const root = fileURLToPath(dir);
        let pages = 0;
        for await (const name of glob('**/*.html', { cwd: root })) {
          const file = join(root, name);
          const html = await readFile(file, 'utf8');
          await writeFile(file, withPolicy(html, name, alsoRun));
          pages += 1;
        }
        logger.info(`${pages} pages have their policy`);
      },
    },
  };
}
