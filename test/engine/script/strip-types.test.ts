/** Types are written over with blanks: what stays, stays in its line and column. */
import { parse } from 'acorn';
import { describe, expect, test } from 'vitest';
import { stripTypes } from '../../../src/engine/script/strip-types.ts';

/** The text with runs of blanks as one, to compare what is left. */
const left = (source: string) => stripTypes(source).replace(/[ ]+/g, ' ').trim();

describe('types go', () => {
  test.each([
    ['const a: number = 1;', 'const a = 1;'],
    ['let a!: string; let [b, c]: [number, string] = d;', 'let a ; let [b, c] = d;'],
    [
      'function f<T extends { a: 1 }>(a?: T, ...b: T[]): asserts a is T {}',
      'function f (a , ...b ) {}',
    ],
    ['function f(this: Order, a: number) {}', 'function f( a ) {}'],
    ['const f = async <T,>(a: T): Promise<T> => a;', 'const f = async (a ) => a;'],
    ['const a = b as const; const c = (d) as unknown as E;', 'const a = b ; const c = (d) ;'],
    ['const a = b satisfies C;', 'const a = b ;'],
    ['a!.b!.c; d![0]; e!();', 'a .b .c; d [0]; e ();'],
    ['const a = <T>(b);', 'const a = (b);'],
    [
      'new Map<string, Set<number>>(); db.send<A, B>(c); tag<T>`x`;',
      'new Map (); db.send (c); tag `x`;',
    ],
    ['const a = b ? (c: number) => 1 : (d);', 'const a = b ? (c ) => 1 : (d);'],
    ['try {} catch (error: unknown) {}', 'try {} catch (error ) {}'],
    ['for (const a of b as string[]) {}', 'for (const a of b ) {}'],
    ['for (let a: number = 0; ; ) {}', 'for (let a = 0; ; ) {}'],
    ['const { a, b }: { a: string; b: number } = c;', 'const { a, b } = c;'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the source of a program
    ['const a = `${b as string} as ${c!}`;', 'const a = `${b } as ${c }`;'],
    ["import { type A, B, type C } from 'x';", "import { B, } from 'x';"],
    ["import type { A } from 'x'; a", '; a'],
    ['function f(a: string): void; function f(a: unknown) {}', '; function f(a ) {}'],
    ['declare const a: number; declare function f(): void; b', '; ; b'],
    ['export type A = 1; export interface B {}\na', ';\n; \na'.replace('\n; ', ' ; ')],
  ])('%s', (source, expected) => {
    expect(left(source)).toBe(expected);
  });

  test('in classes', () => {
    const source = `abstract class A<T> extends B<T> implements C, D {
  private static readonly a?: number = 1;
  [key: string]: unknown;
  b!: string;
  declare c: number;
  abstract d(): void;
  e(): void;
  override e<U>(this: A<T>, f?: U): void {}
  get g(): number { return 1 }
  protected async h?(): Promise<void> {}
}`;
    expect(
      stripTypes(source)
        .split('\n')
        .map((line) => line.replace(/ +/g, ' ').trim()),
    ).toEqual([
      'class A extends B {',
      '; static a = 1;',
      ';',
      'b ;',
      ';',
      ';',
      ';',
      '; e ( f ) {}',
      'get g() { return 1 }',
      '; async h () {}',
      '}',
    ]);
  });
});

test('what is left stands where it stood', () => {
  const source = `const order: Record<string, number> = { a: 1 } as const;
interface Order {
  id: string;
}
function f<T>(a: T): T { return a; }`;
  const js = stripTypes(source);
  expect(js).toHaveLength(source.length);
  expect(js.indexOf('{ a: 1 }')).toBe(source.indexOf('{ a: 1 }'));
  expect(js.split('\n')[4]?.indexOf('return a')).toBe(source.split('\n')[4]?.indexOf('return a'));
});

describe('a line that ended with a type does not run on into the next', () => {
  test.each([
    ['const a = b as C\n(d)', ['VariableDeclaration', 'ExpressionStatement']],
    ['const a = b\ninterface D {}\n(e)', ['VariableDeclaration', 'ExpressionStatement']],
    ['let a = b\ntype C = 1\n[a] = d', ['VariableDeclaration', 'ExpressionStatement']],
  ])('%j', (source, statements) => {
    const { body } = parse(stripTypes(source), { ecmaVersion: 'latest' });
    expect(body.map(({ type }) => type).filter((type) => type !== 'EmptyStatement')).toEqual(
      statements,
    );
  });

  test('so a class keeps both of its fields', () => {
    const js = stripTypes("class A { a = 1 as number\n['b'] = 2 }");
    expect(new Function(`${js} return { ...new A() }`)()).toEqual({ a: 1, b: 2 });
  });

  test('a result type over several lines leaves the arrow on the line of its parenthesis', () => {
    const js = stripTypes(
      'const f = (a: string): {\n  b: number;\n} => {\n  return { b: a.length };\n};',
    );
    expect(new Function(`${js} return f('abc')`)()).toEqual({ b: 3 });
  });
});

describe('what is more than a type is refused, with its place and the way on', () => {
  test.each([
    ['\nenum A { B }', 2, 1, /enum is not only a type.*const/],
    ['namespace A { export const b = 1 }', 1, 1, /namespace is not only a type/],
    ['class A { constructor(private b: string) {} }', 1, 23, /parameter property/],
    ["import a = require('b');", 1, 1, /import \{ x \} from/],
    ['@a class B {}', 1, 1, /Decorators/],
  ])('%s', (source, line, column, message) => {
    expect(() => stripTypes(source)).toThrow(
      expect.objectContaining({ line, column, message: expect.stringMatching(message) }),
    );
  });

  test('unless it is only declared', () => {
    expect(left('declare enum A { B } a')).toBe('; a');
  });
});
