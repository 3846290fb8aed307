/** A lab's heading is at most one level below the heading that it stands under: `<Lab level>` says which. */
import { glob, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

/** What `<Lab>` takes without a level. */
const USUAL = 3;

/** Labs whose heading would skip a level, with their lines; of a page's source, as MDX. */
function skipping(source: string): string[] {
  const found: string[] = [];
  let heading = 1;
  let isCode = false;
  source.split('\n').forEach((line, index) => {
    if (line.startsWith('```')) isCode = !isCode;
    if (isCode) return;
    heading = /^(#{2,4}) /.exec(line)?.[1]?.length ?? heading;
    const [, id, rest = ''] = /<Lab\s[^>]*?\bid="([^"]+)"([^>]*)/.exec(line) ?? [];
    if (id === undefined) return;
    const level = Number(/level=\{(\d)\}/.exec(rest)?.[1] ?? USUAL);
    if (level > heading + 1) found.push(`${index + 1}: ${id}: level ${level} below ${heading}`);
  });
  return found;
}

test('no page skips a level of headings', async () => {
  const found: string[] = [];
  for await (const file of glob('src/content/docs/**/*.mdx')) {
    found.push(...skipping(await readFile(file, 'utf8')).map((each) => `${file}:${each}`));
  }
  expect(found).toEqual([]);
  expect(skipping('## A\n<Lab id="c/l" level={4} />\n### B\n<Lab id="c/m" level={4} />')).toEqual([
    '2: c/l: level 4 below 2',
  ]);
});
