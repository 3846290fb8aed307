/** The place of an error is found in the stack traces of every browser, each of which has its own form. */
import { expect, test } from 'vitest';
import { Traces } from '../../../src/engine/script/runtime/errors.ts';

const URL = 'blob:null/7a0f1f8e-3b5c-4c39-9e0d-2f1f5a3c9d11';
const SANDBOX = 'blob:null/00000000-0000-4000-8000-000000000000';

function placeIn(stack: string) {
  const traces = new Traces();
  traces.setProgram(URL, 'dynamodb.ts');
  const { line, column } = traces.describe({ name: 'Error', message: 'a', stack });
  return { line, column };
}

// The compiled code has one line before the program's first.
test.each([
  ['V8', `Error: a\n    at take (${URL}:4:7)\n    at async ${URL}:9:1`],
  ['V8, awaited', `Error: a\n    at send (${SANDBOX}:1:99)\n    at async ${URL}:4:7`],
  ['V8, a method', `Error: a\n    at async Stock.take (${URL}:4:7)\n    at ${URL}:9:1`],
  ['V8, a constructor', `Error: a\n    at new Stock (${URL}:4:7)`],
  ['SpiderMonkey', `take@${URL}:4:7\n@${URL}:9:1\n`],
  ['SpiderMonkey, awaited', `send@${SANDBOX}:1:99\nasync*take@${URL}:4:7\n`],
  ['JavaScriptCore', `take@${URL}:4:7\nmodule code@${URL}:9:1`],
])('%s', (_, stack) => {
  expect(placeIn(stack)).toEqual({ line: 3, column: 7 });
});

test('an error of the sandbox alone has no place', () => {
  expect(placeIn(`Error: a\n    at send (${SANDBOX}:1:99)`)).toEqual({});
});

test('an error that cannot be read is still told', () => {
  const hostile = Object.defineProperty({}, 'message', {
    enumerable: true,
    get() {
      throw new Error('no');
    },
  });
  expect(new Traces().describe(hostile)).toEqual({
    name: 'Error',
    message: 'The program threw something that cannot be read.',
  });
});
