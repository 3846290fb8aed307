/** What a program prints looks as it does in Node, and is cut where it would flood the page. */
import { format, inspect } from 'node:util';
import { expect, test } from 'vitest';
import { CONSOLE_CUT } from '../../../src/engine/script/protocol.ts';
import { run } from './support.ts';

const CASES: Array<[values: string, text: string]> = [
  ["'text'", 'text'],
  ["'a %s and %d: %j', 'b', 1, { c: 1 }", format('a %s and %d: %j', 'b', 1, { c: 1 })],
  ['undefined, null, true, -0, 12n', 'undefined null true -0 12n'],
  ["new Set(['a', 'b'])", "Set(2) { 'a', 'b' }"],
  ['new Map([[1, { a: 1 }]])', 'Map(1) { 1 => { a: 1 } }'],
  ['new Uint8Array([1, 255])', 'Uint8Array(2) [ 1, 255 ]'],
  // Deeper than Node's two levels: a reader wants to see an item whole.
  ['{ a: [{ b: { c: [{ d: 1 }] } }] }', inspect({ a: [{ b: { c: [{ d: 1 }] } }] }, { depth: 10 })],
  ['class Order {}, function take() {}', '[class Order] [Function: take]'],
  ["new (class Order { id = 'a' })()", "Order { id: 'a' }"],
  ['(() => { const a = {}; a.self = a; return a })()', '<ref *1> { self: [Circular *1] }'],
  ['new Date(0)', '1970-01-01T00:00:00.000Z'],
];

test('values look as they do in Node', async () => {
  const { lines } = await run(CASES.map(([values]) => `console.log(${values});`).join('\n'));
  expect(lines.map(({ text }, index) => [CASES[index]?.[0], text])).toEqual(CASES);
});

test('errors show the lines of the program, and none of the sandbox', async () => {
  const { printed } = await run(`function take() {
  return new RangeError('none left', { cause: new Error('sold') });
}
console.log({ error: Object.assign(take(), { code: 1 }) });`);
  expect(printed).toBe(`{
  error: RangeError: none left
      at take (dynamodb.ts:2:10)
      at dynamodb.ts:4:36 {
    code: 1,
    cause: Error: sold
        at take (dynamodb.ts:2:47)
        at dynamodb.ts:4:36
  }
}`);
});

test('every method of the console has its level', async () => {
  const { lines } = await run(`console.log('a'); console.info('b'); console.warn('c');
console.error('d'); console.debug('e'); console.dir({ f: 1 }); console.assert(1 > 2, 'g');
console.group('h'); console.log('i\\nj'); console.groupEnd(); console.count(); console.count('k');`);
  expect(lines).toEqual([
    { level: 'log', text: 'a' },
    { level: 'info', text: 'b' },
    { level: 'warn', text: 'c' },
    { level: 'error', text: 'd' },
    { level: 'log', text: 'e' },
    { level: 'log', text: '{ f: 1 }' },
    { level: 'error', text: 'Assertion failed: g' },
    { level: 'log', text: 'h' },
    { level: 'log', text: '  i\n  j' },
    { level: 'log', text: 'default: 1' },
    { level: 'log', text: 'k: 1' },
  ]);
});

test('console.table', async () => {
  const { printed } = await run("console.table([{ id: 'a', left: 1 }, { id: 'b' }, 3]);");
  expect(printed).toBe(`┌─────────┬─────┬──────┬────────┐
│ (index) │ id  │ left │ Values │
├─────────┼─────┼──────┼────────┤
│ 0       │ 'a' │ 1    │        │
│ 1       │ 'b' │      │        │
│ 2       │     │      │ 3      │
└─────────┴─────┴──────┴────────┘`);
});

test('a megabyte is cut after 64 KB, and the last line says so', async () => {
  const { lines, end } = await run("console.log('x'.repeat(1_000_000)); console.log('never');");
  expect(lines.map(({ text }) => text.length)).toEqual([65_536, CONSOLE_CUT.length]);
  expect(lines.at(-1)?.text).toBe(CONSOLE_CUT);
  expect(end).toEqual({ end: 'done' });
});

test('so are more than 1,000 lines', async () => {
  const { lines, end } = await run('for (let i = 0; i < 5000; i++) console.log(i);');
  expect(lines).toHaveLength(1_001);
  expect(lines.slice(-2).map(({ text }) => text)).toEqual(['999', CONSOLE_CUT]);
  expect(end).toEqual({ end: 'done' });
});
