/** A plugin of Expressive Code: each block of code has a name, by which a reader of the page by ear tells them apart. */

/** The part of a block of HTML that is looked at. */
interface Element {
  type: string;
  tagName?: string;
  properties?: Record<string, unknown>;
  children?: Element[];
}

/** What Expressive Code hands over of a block. */
interface RenderedBlock {
  codeBlock: { code: string };
  renderData: { blockAst: Element };
}

/**
 * Expressive Code makes a region of every block that can be scrolled, and names none. A block is a group named after
 * its first line, and stays so named as a region.
 */
export const codeLabels = {
  name: 'code-labels',
  hooks: {
    postprocessRenderedBlock({ codeBlock, renderData }: RenderedBlock): void {
      const pre = find(renderData.blockAst, 'pre');
      if (pre === undefined) return;
      const [first = ''] = codeBlock.code.trim().split('\n');
      pre.properties = { ...pre.properties, role: 'group', ariaLabel: `Code: ${first}` };
    },
  },
};

function find(element: Element, tagName: string): Element | undefined {
  if (element.tagName === tagName) return element;
  for (const child of element.children ?? []) {
    const found = find(child, tagName);
    if (found) return found;
  }
  return undefined;
}
