/** A Markdown plugin: root-relative links and images in prose work under any base path. */
import { withBase } from '../config/href.ts';

/** The part of a Sätteri hast plugin's context that this one uses. */
interface Context {
  setProperty(node: { properties?: Record<string, unknown> }, name: string, value: string): void;
}

/**
 * Prefixes `base` to every `[text](/path)` and to HTML that Markdown itself makes. Elements written
 * as JSX in MDX are components' business: they use `href()`.
 */
export function baseLinks(base: string) {
  const prefix =
    (property: string) => (node: { properties?: Record<string, unknown> }, context: Context) => {
      const address = node.properties?.[property];
      if (typeof address === 'string') context.setProperty(node, property, withBase(base, address));
    };
  return {
    name: 'base-links',
    element: [
      { filter: ['a'], visit: prefix('href') },
      { filter: ['img'], visit: prefix('src') },
    ],
  };
}
