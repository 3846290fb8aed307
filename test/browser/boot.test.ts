/** A PostgreSQL that cannot start: the cause is named, the page stays readable, a new try works. */
import type { BrowserContext, Page, Route } from 'playwright-core';
import { describe } from 'vitest';
import { LabPage } from './lab-page.ts';
import { expect, test } from './support.ts';

const ACID = 'guide/acid-transactions/';
/** What the browser itself reports of files that do not come. */
const NETWORK = /ERR_|Failed to load|Failed to fetch|MIME type|violates|Content Security Policy/;

/** Answers with the file that was asked for, changed. */
async function changed(
  route: Route,
  change: (body: Buffer) => Buffer,
  more: Record<string, string> = {},
): Promise<void> {
  const response = await route.fetch();
  // The body arrives unpacked.
  const { 'content-encoding': _packed, 'content-length': _length, ...headers } = response.headers();
  await route.fulfill({
    response,
    headers: { ...headers, ...more },
    body: change(await response.body()),
  });
}

/** Lines that run in a Worker before its own program. */
const prefixed = (route: Route, lines: string) =>
  changed(route, (body) => Buffer.concat([Buffer.from(`${lines}\n`), body]));

const WORKER = '**/worker-*.js';

/** What is in the way, and what the page says of it. */
const CAUSES: Record<
  string,
  { files: string; how: (route: Route) => Promise<void>; told: RegExp }
> = {
  'a file that does not arrive': {
    files: '**/*.tar',
    how: (route) => route.abort(),
    told: /could not be fetched.*inkwell.*\.tar/s,
  },
  'a file that is not there': {
    files: '**/pglite*.data',
    how: (route) => route.fulfill({ status: 404 }),
    told: /pglite.*\.data could not be fetched: the server answered 404/s,
  },
  'a program that was cut short': {
    files: '**/*.wasm',
    how: (route) => changed(route, (body) => body.subarray(0, body.length >> 1)),
    told: /could not start/,
  },
  'a program of other bytes': {
    files: '**/*.wasm',
    how: (route) => route.fulfill({ status: 200, body: '<!doctype html><title>Sign in</title>' }),
    told: /could not start/,
  },
  'a snapshot of other bytes': {
    files: '**/*.tar',
    how: (route) => route.fulfill({ status: 200, body: '<!doctype html><title>Sign in</title>' }),
    told: /could not start/,
  },
  'a Worker that is blocked': {
    files: WORKER,
    how: (route) => route.abort(),
    told: /its program could not be loaded/,
  },
  'a policy that forbids WebAssembly': {
    files: WORKER,
    how: (route) =>
      changed(route, (body) => body, { 'content-security-policy': "script-src 'self'" }),
    told: /Content-Security-Policy forbids WebAssembly.*wasm-unsafe-eval/s,
  },
  'too little memory': {
    files: WORKER,
    how: (route) =>
      prefixed(
        route,
        "WebAssembly.Memory = function () { throw new RangeError('WebAssembly.Memory(): could not allocate memory'); };",
      ),
    told: /not enough memory to start PostgreSQL: close other pages/,
  },
};

/** What the PostgreSQL side says is wrong with it. */
const problemOf = (lab: LabPage) => lab.side('postgres').locator('[data-problem]');

/** Presses the button that starts the engine anew, and runs. */
async function tryAgain(page: Page, lab: LabPage): Promise<string> {
  await problemOf(lab).locator('[data-restart]').click();
  await page.waitForFunction(
    () => document.querySelector<HTMLElement>('#place-order')?.dataset.state !== 'dead',
  );
  return lab.run('postgres');
}

describe('PostgreSQL says what keeps it from starting:', () => {
  test.for(Object.entries(CAUSES))('%s', async ([, { files, how, told }], { open }) => {
    const page = await open(ACID, {
      expectErrors: NETWORK,
      before: (context: BrowserContext) => context.route(files, how),
    });
    const lab = new LabPage(page, 'place-order');
    const recorded = await lab.answer('postgres', 3);
    expect(await lab.run('postgres')).toBe('dead');
    expect(await problemOf(lab).textContent()).toContain('could not start');
    expect(await problemOf(lab).textContent()).toMatch(told);
    expect(await lab.answer('postgres', 3)).toBe(recorded);
    await page.context().unrouteAll({ behavior: 'wait' });
    expect(await tryAgain(page, lab)).toBe('ok');
  });

  test('a server that does not answer', async ({ open }) => {
    const page = await open(ACID, {
      expectErrors: NETWORK,
      before: (context: BrowserContext) => context.route('**/*.data', () => undefined),
    });
    const lab = new LabPage(page, 'place-order');
    await page.clock.install();
    const asked = page.waitForRequest('**/*.data');
    await lab.press('postgres');
    await asked;
    // The other files are there, so that nothing more arrives.
    await page.waitForLoadState('load');
    await page.clock.runFor(125_000);
    expect(await lab.rest()).toBe('dead');
    expect(await problemOf(lab).textContent()).toMatch(
      /could not start.*gave no sign for 60 seconds: check the connection/s,
    );
  });

  test('no WebAssembly at all; then DynamoDB runs alone', async ({ open }) => {
    const page = await open(ACID, {
      before: (context: BrowserContext) =>
        context.addInitScript(() => {
          Reflect.deleteProperty(globalThis, 'WebAssembly');
        }),
    });
    const lab = new LabPage(page, 'place-order');
    const recorded = await lab.answer('postgres', 3);
    expect(await lab.run()).toBe('dead');
    expect(await problemOf(lab).textContent()).toContain('This browser has no WebAssembly');
    expect(await lab.answer('postgres', 3)).toBe(recorded);
    expect(await lab.side('dynamodb').getAttribute('data-state')).toBe('ok');
  });
});
