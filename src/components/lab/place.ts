/** Which code block a step of a run belongs to, and where in it a line of the file is. */

/** A code block's place in the file that was run: its first line, 1-based, and its number of lines. */
export interface BlockPlace {
  name: string;
  startLine: number;
  lines: number;
}

/** A line of a block. */
export interface BlockLine {
  block: number;
  /** 1-based within the block. */
  line: number;
}

/**
 * The block of each step, by name and in order. A step that no block is named after (the reader
 * wrote a marker of their own, or there is no marker at all) belongs to the block before it.
 */
export function placeSteps(
  blocks: ReadonlyArray<Pick<BlockPlace, 'name'>>,
  steps: ReadonlyArray<{ name: string }>,
): number[] {
  let at = 0;
  let next = 0;
  return steps.map((step) => {
    const found = blocks.findIndex((block, index) => index >= next && block.name === step.name);
    if (found !== -1) {
      at = found;
      next = found + 1;
    }
    return at;
  });
}

/** The block line that a line of the file stands on; marker lines and blank ones belong to what follows. */
export function placeLine(blocks: readonly BlockPlace[], line: number): BlockLine | undefined {
  for (const [block, { startLine, lines }] of blocks.entries()) {
    if (line < startLine + lines) return { block, line: Math.max(1, line - startLine + 1) };
  }
  const last = blocks.at(-1);
  return last && { block: blocks.length - 1, line: last.lines };
}
