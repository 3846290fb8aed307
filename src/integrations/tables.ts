/** Markdown plugins: tables scroll inside a frame that the keyboard reaches, and keep their semantics. */
import type { SatteriProcessorOptions } from '@astrojs/markdown-satteri';

type HastPlugin = NonNullable<SatteriProcessorOptions['hastPlugins']>[number];

/** The empty corner of a table becomes a plain cell: a heading that heads nothing confuses. */
const corners: HastPlugin = {
  name: 'table-corners',
  element: {
    filter: ['th'],
    visit: (node, context) =>
      context.textContent(node).trim() === '' ? { ...node, tagName: 'td' } : undefined,
  },
};

/** Wraps each table in a frame that can be focused and scrolled, named after its column headings. */
const frames: HastPlugin = {
  name: 'table-frames',
  element: {
    filter: ['table'],
    visit(node, context) {
      const head = node.children.find((part) => part.type === 'element');
      const row = head?.children.find((part) => part.type === 'element');
      const names = (row?.children ?? [])
        .map((cell) => context.textContent(cell).trim())
        .filter((name) => name !== '');
      return {
        type: 'element',
        tagName: 'div',
        properties: {
          class: 'kj-table',
          role: 'group',
          tabindex: '0',
          'aria-label': `Table: ${names.join(', ')}`,
        },
        children: [node],
      };
    },
  },
};

/** Both plugins, each in a pass of its own: Sätteri cannot change a table and what is in it at once. */
export function tables(): HastPlugin {
  return [corners, frames];
}
