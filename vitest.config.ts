/** The test projects: what runs in Node, and the browser tests, which Node drives. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { sample } from './test/browser/sample.ts';

const alias = { '@': fileURLToPath(new URL('./src', import.meta.url)) };

/** A project of tests in Node that need the generated assets and nothing else. */
function inNode(name: string) {
  return {
    resolve: { alias },
    test: {
      name,
      include: [`test/${name}/**/*.test.ts`],
      environment: 'node' as const,
      // To load the engines anew for each file would take as long again as the tests.
      isolate: false,
      testTimeout: 20_000,
      hookTimeout: 60_000,
    },
  };
}

/** The same tests of the engines in one of several browsers. */
function inBrowser(name: 'chromium' | 'firefox' | 'webkit') {
  return {
    resolve: { alias },
    test: {
      name,
      include: ['test/browsers/**/*.test.ts'],
      environment: 'node' as const,
      globalSetup: ['test/browsers/setup.ts'],
      testTimeout: 120_000,
      hookTimeout: 120_000,
      maxWorkers: 1,
    },
  };
}

/** What a reader can do with a lab, a file each: a short run takes some of them, a full one all. */
const FEATURES = [
  'accessible',
  'accessible-keys',
  'boot',
  'claims',
  'costs',
  'data-browser',
  'dialects',
  'editor',
  'exercises',
  'killers',
  'main-program',
  'playground',
  'playground-data',
  'playground-files',
  'results',
  'run-modes',
  'sessions',
  'sessions-consoles',
  'share',
  'translations',
];
const BROWSER_FILES = [
  'every-lab',
  'every-page',
  'first-result',
  'labs',
  'shell',
  ...sample(FEATURES, 2),
].map((name) => `test/browser/${name}.test.ts`);

export default defineConfig({
  test: {
    globalSetup: ['test/setup.ts'],
    pool: 'forks',
    projects: [
      inNode('engine'),
      inNode('examples'),
      inNode('conformance'),
      inNode('site'),
      inNode('tools'),
      {
        resolve: { alias },
        test: {
          name: 'browser',
          include: BROWSER_FILES,
          environment: 'node' as const,
          globalSetup: ['test/browser/setup.ts'],
          // axe takes half a minute for a chapter of ten labs while another test has the other core.
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
      inBrowser('chromium'),
      inBrowser('firefox'),
      inBrowser('webkit'),
    ],
  },
});
