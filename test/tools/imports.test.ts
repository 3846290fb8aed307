/** The import check finds a forbidden import wherever one can be written. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { checkImports, describeFinding } from '../../tools/check/imports.ts';
import { readImports } from '../../tools/check/read-imports.ts';

let root: string | undefined;

afterEach(async () => {
  if (root) await rm(root, { recursive: true });
  root = undefined;
});

/** The findings in a tree that holds these files, as one line each. */
async function findingsIn(files: Record<string, string>): Promise<string[]> {
  root = await mkdtemp(join(tmpdir(), 'imports-'));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), text);
  }
  return (await checkImports(root)).map(describeFinding);
}

test('a planted forbidden import in .ts is found', async () => {
  const found = await findingsIn({
    'src/engine/lab/run.ts': "import { a } from './a.ts';\nimport { h } from 'preact';\n",
  });
  expect(found).toEqual([
    "src/engine/lab/run.ts:2: imports 'preact', but the engine runs in a Worker and in Node: " +
      'it imports no Astro, Preact or editor (engine-without-ui)',
  ]);
});

test('a planted forbidden import in .tsx is found', async () => {
  const found = await findingsIn({
    'src/components/lab/Lab.tsx':
      "import { openEngine } from '@/engine/client.ts';\n\nimport { boot } from '@/engine/postgres/boot.ts';\n" +
      'export const Lab = () => <p>{boot()}</p>;\n',
  });
  expect(found).toEqual([
    expect.stringMatching(/^src\/components\/lab\/Lab\.tsx:3: .*\(one-door-to-the-engine\)$/),
  ]);
});

test('a planted forbidden import in .astro is found in frontmatter, template and script', async () => {
  const found = await findingsIn({
    'src/components/Frame.astro': [
      '---',
      "import Page from '../pages/index.astro';",
      '---',
      '<p>é {(await import("../engine/dynamodb/store.ts")).size}</p>',
      '<script>',
      "  import '../engine/worker.ts';",
      '</script>',
      '<script src="../layouts/start.ts"></script>',
    ].join('\n'),
  });
  expect(found).toEqual([
    expect.stringMatching(/^src\/components\/Frame\.astro:2: .*\(components-below-pages\)$/),
    expect.stringMatching(/^src\/components\/Frame\.astro:4: .*\(one-door-to-the-engine\)$/),
    expect.stringMatching(/^src\/components\/Frame\.astro:6: .*\(one-door-to-the-engine\)$/),
    expect.stringMatching(/^src\/components\/Frame\.astro:6: .*\(worker-behind-client\)$/),
    expect.stringMatching(/^src\/components\/Frame\.astro:8: .*\(components-below-pages\)$/),
  ]);
});

test('a planted forbidden import in .mdx is found in imports, expressions and attributes', async () => {
  const found = await findingsIn({
    'src/components/index.ts': 'export const Lab = 1;\n',
    'src/content/docs/guide/acid.mdx': [
      '---',
      'title: ACID',
      '---',
      "import { Lab } from '@/components';",
      "import { Tabs } from '@astrojs/starlight/components';",
      "import Inner from '@/components/lab/Lab.tsx';",
      '',
      "{/* import('nothing') */}",
      '',
      "Two and {(await import('lodash')).two}.",
      '',
      "<Lab id={import('../../../pages/x.ts')} />",
    ].join('\n'),
  });
  expect(found).toEqual([
    expect.stringMatching(/acid\.mdx:6: imports '@\/components\/lab\/Lab\.tsx', .*-front\)$/),
    expect.stringMatching(/acid\.mdx:10: imports 'lodash', .*\(content-without-packages\)$/),
    expect.stringMatching(/acid\.mdx:12: imports '\.\.\/\.\.\/\.\.\/pages\/x\.ts', .*-front\)$/),
  ]);
});

test('a lab imports the SDK and its own files, nothing else', async () => {
  const found = await findingsIn({
    'examples/acid/order/dynamodb.ts': [
      "import { DynamoDBClient } from '@aws-sdk/client-dynamodb';",
      "import { helper } from './helper.ts';",
      "import { other } from '../stock/helper.ts';",
      "import { readFile } from 'node:fs';",
      "import { run } from '@/engine/lab/run.ts';",
    ].join('\n'),
  });
  expect(found).toEqual([
    expect.stringMatching(/dynamodb\.ts:3: .*\(examples-stand-alone\)$/),
    expect.stringMatching(/dynamodb\.ts:4: imports 'node:fs', .*\(examples-use-the-sdk\)$/),
    expect.stringMatching(/dynamodb\.ts:5: .*\(examples-stand-alone\)$/),
  ]);
});

test('only client.ts starts the Worker, a URL of it included', async () => {
  const start = "new Worker(new URL('./worker.ts', import.meta.url));\n";
  const found = await findingsIn({
    'src/engine/client.ts': start,
    'src/engine/other.ts': start,
    'test/engine/w.test.ts': "import '../../src/engine/worker.ts';\n",
  });
  expect(found).toEqual([
    expect.stringMatching(/^src\/engine\/other\.ts:1: .*\(worker-behind-client\)$/),
    expect.stringMatching(/^test\/engine\/w\.test\.ts:1: .*\(worker-behind-client\)$/),
  ]);
});

test('a file that cannot be parsed is a finding, with its line', async () => {
  const found = await findingsIn({
    'src/engine/broken.ts': 'const a = 1;\nconst b = ;\n',
    'src/content/docs/broken.mdx': 'text\n\n<Lab\n',
  });
  expect(found).toHaveLength(2);
  expect(found[0]).toMatch(/^src\/content\/docs\/broken\.mdx:\d+: .*\(readable\)$/);
  expect(found[1]).toMatch(/^src\/engine\/broken\.ts:2: .*\(readable\)$/);
});

test('every way to name a module is read', () => {
  const text = [
    "import type { A } from 'a';",
    "export { b } from 'b';",
    "export * from 'c';",
    "type D = import('d').D;",
    "await import('e');",
    `await import(\`./f/\${name}.ts\`);`,
    "const g = require('g');",
    "const h = import.meta.glob(['./h/*.ts', '!./h/x.ts']);",
    "import i = require('i');",
    "const j = import.meta.resolve('j');",
  ].join('\n');
  expect(readImports('all.ts', text)).toEqual(
    ['a', 'b', 'c', 'd', 'e', './f/', 'g', './h/*.ts', 'i', 'j'].map((specifier, index) => ({
      specifier,
      line: index + 1,
    })),
  );
});
