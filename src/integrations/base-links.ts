/** A Markdown plugin: root-relative links and images in prose work under any base path. */
import type { SatteriProcessorOptions } from '@astrojs/markdown-satteri';
import { withBase } from '../config/href.ts';

type HastPlugin = NonNullable<SatteriProcessorOptions['hastPlugins']>[number];

/**
 * Prefixes `base` to every `[text](/path)` and `![text](/path)`. Elements written as JSX in MDX are
 * components' business: they use `href()`.
 */
export function baseLinks(base: string): HastPlugin {
  return {
    name: 'base-links',
    element: {
      filter: ['a', 'img'],
      visit(node, context) {
        const property = node.tagName === 'a' ? 'href' : 'src';
        const address = node.properties?.[property];
        if (typeof address === 'string')
          context.setProperty(node, property, withBase(base, address));
      },
    },
  };
}
