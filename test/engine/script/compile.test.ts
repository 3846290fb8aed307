/** What compiling accepts, how it counts steps, and what it says about programs that cannot run. */
import { describe, expect, test } from 'vitest';
import { compileScript, ScriptSyntaxError } from '../../../src/engine/script/compile.ts';

/** The error of a program that does not compile. */
function errorOf(source: string): ScriptSyntaxError {
  try {
    compileScript(source);
  } catch (error) {
    if (error instanceof ScriptSyntaxError) return error;
    throw error;
  }
  throw new Error('it compiled');
}

describe('steps', () => {
  test('a program without a marker is one step without a name', () => {
    expect(compileScript('console.log(1)').steps).toEqual([{ name: '', line: 1 }]);
    expect(compileScript('').steps).toEqual([{ name: '', line: 1 }]);
  });

  test('are the markers in order, with their lines', () => {
    const source = 'const a = 1;\n// step: Take the last one\nb();\n\n// step: Try again \nc();';
    expect(compileScript(source).steps).toEqual([
      { name: 'Take the last one', line: 2 },
      { name: 'Try again', line: 5 },
    ]);
  });

  test('text that only looks like a marker is no marker', () => {
    const source = 'const a = `\n// step: One\n`;\n/*\n// step: Two\n*/\n// a step: three\n';
    expect(compileScript(source).steps).toEqual([{ name: '', line: 1 }]);
  });

  test.each([
    ['async function f() {\n// step: One\n}', 2, 1, /'One' stands inside a statement/],
    ['interface A {\n// step: One\n}', 2, 1, /'One' stands inside a statement/],
    ['f(\n// step: One\n)', 2, 1, /'One' stands inside a statement/],
    ['// step: One\na();\n// step: One\n', 3, 1, /a step 'One' already, on line 1/],
    ['  // step: One', 1, 3, /Write a step marker as `\/\/ step: Name`/],
    ['//step: One', 1, 1, /Write a step marker as/],
    ['// Step: One', 1, 1, /Write a step marker as/],
    ['a(); // step: One', 1, 6, /Write a step marker as/],
    ['// step:  ', 1, 1, /Write a step marker as/],
  ])('%j is refused', (source, line, column, message) => {
    const error = errorOf(source);
    expect(error).toMatchObject({ name: 'SyntaxError', line, column });
    expect(error.message).toMatch(message);
  });
});

describe('a line of the source is the next line of the code, column for column', () => {
  const source = `#!/usr/bin/env node
import {
  DynamoDBClient,
  type AttributeValue,
} from '@aws-sdk/client-dynamodb';
const db: DynamoDBClient = new DynamoDBClient({}); const item: Item = load<Item>();
interface Item { id: string }
// step: One
const out = await db.send(item as any);
function load<T>(): T { return mark('load'); }
console.log(out!, mark('printed'));
// step: Two
for (let i: number = 0; i < 3; i++) mark('loop');
class Order { id = mark('field'); }
export {};
`;
  const lines = compileScript(source).code.split('\n').slice(1);
  const marks = [...source.matchAll(/mark\('(\w+)'\)|new DynamoDBClient|await db/g)];

  test.each(marks.map(({ 0: text, index }) => [text, index] as const))('%s', (text, index) => {
    const before = source.slice(0, index).split('\n');
    const column = before.at(-1)?.length;
    expect(lines[before.length - 1]?.indexOf(text)).toBe(column);
  });
});

describe('syntax errors have the place and name what was met', () => {
  test.each([
    ['const a = 1;\nconst b = f(;\n', 2, 13, "Unexpected ';'"],
    ['const a = {', 1, 12, 'Unexpected end of the program'],
    ['const a: string = {\n  b: 1,,\n};', 2, 8, "Unexpected ','"],
    ["const a = 'x", 1, 11, 'Unterminated string constant'],
    ['let a;\nlet a;', 2, 5, "Identifier 'a' has already been declared"],
    ['return 1;', 1, 1, "'return' outside of function"],
  ])('%j', (source, line, column, message) => {
    expect(errorOf(source)).toMatchObject({ name: 'SyntaxError', line, column, message });
  });

  test('a program nested too deeply is an error like any other', () => {
    const source = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
    expect(errorOf(source).message).toBe('The program is nested too deeply to be read.');
  });
});

describe('what has no meaning in the sandbox is refused, with the way on', () => {
  test.each([
    [
      "import _ from 'lodash'",
      1,
      15,
      /^'lodash' cannot be imported here\. A program may import '@aws/,
    ],
    ["import { a } from '@aws-sdk/lib-dynamo'", 1, 19, /Did you mean '@aws-sdk\/lib-dynamodb'\?/],
    ["import fs from 'node:fs'", 1, 16, /cannot be imported here/],
    [
      "import sdk from '@aws-sdk/lib-dynamodb'",
      1,
      8,
      /no default export\. Write `import \{ sdk \}/,
    ],
    ["a();\nawait import('x')", 2, 7, /import\(\) cannot run here/],
    ['a(import.meta.url)', 1, 3, /import\.meta has no meaning here/],
    ['export const a = 1;', 1, 1, /A program exports nothing/],
    ["export * from 'x';", 1, 1, /A program exports nothing/],
    ['const __program = 1;', 1, 7, /taken by the sandbox/],
    ['// step: One\nvar a = 1;\n// step: Two\nvar a = 2;', 4, 1, /declared twice with `var`/],
  ])('%j', (source, line, column, message) => {
    const error = errorOf(source);
    expect(error).toMatchObject({ line, column });
    expect(error.message).toMatch(message);
  });

  test('packages of which only types are imported may be any', () => {
    expect(() => compileScript("import type { A } from 'somewhere';\nlet a: A;")).not.toThrow();
  });
});
