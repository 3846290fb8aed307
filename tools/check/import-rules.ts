/** Who may import what: the one table behind `tools/check/imports.ts`. */

import { MODULES } from '../../src/engine/script/modules.ts';

/** A rule about the imports of some files. Paths are globs, relative to the repository's root. */
export interface ImportRule {
  name: string;
  /** The files that it binds. */
  from: readonly string[];
  /** Files among them that it does not bind. */
  except?: readonly string[];
  /**
   * What it judges: files of the repository or packages (npm's, Node's and Astro's virtual ones).
   * `about` narrows it down: an import that does not match is none of its business.
   */
  of: 'files' | 'packages';
  about?: readonly string[];
  /** Everything that is judged must match one of these; `{lab}` is the importing file's own lab. */
  only?: readonly string[];
  /** Nothing that is judged may match one of these. */
  never?: readonly string[];
  /** What a reader of the report needs to know to repair the import. */
  because: string;
}

/** Packages that draw pages: none of the engine's business. */
const UI_PACKAGES = [
  'astro',
  'astro/**',
  'astro:*',
  '@astrojs/**',
  'preact',
  'preact/**',
  '@preact/**',
  '@codemirror/**',
];

/** Dependencies point one way: pages -> components -> engine/client -> (worker) -> engine. */
export const IMPORT_RULES: readonly ImportRule[] = [
  {
    name: 'engine-stands-alone',
    from: ['src/engine/**'],
    of: 'files',
    only: ['src/engine/**', '.generated/**', 'examples/datasets/**'],
    because: 'the engine runs in a Worker and in Node: it imports nothing of the site',
  },
  {
    name: 'engine-without-ui',
    from: ['src/engine/**'],
    of: 'packages',
    never: UI_PACKAGES,
    because: 'the engine runs in a Worker and in Node: it imports no Astro, Preact or editor',
  },
  {
    name: 'one-door-to-the-engine',
    from: ['src/**'],
    except: ['src/engine/**'],
    of: 'files',
    about: ['src/engine/**'],
    only: [
      'src/engine/client.ts',
      'src/engine/lab/*',
      'src/engine/postgres/sessions/client.ts',
      'src/engine/postgres/split.ts',
      'src/engine/postgres/telling.ts',
      'src/engine/sessions/*',
    ],
    because:
      'the site reaches the engine through src/engine/client.ts, the door to live sessions, and the modules of a lab or a scenario',
  },
  {
    name: 'worker-behind-client',
    from: ['src/**', 'examples/**', 'test/**', 'tools/**'],
    except: ['src/engine/client.ts'],
    of: 'files',
    about: ['src/engine/worker.ts'],
    only: [],
    because: 'only src/engine/client.ts starts the Worker',
  },
  {
    name: 'components-below-pages',
    from: ['src/components/**'],
    of: 'files',
    never: ['src/pages/**', 'src/layouts/**', 'src/content/**'],
    because: 'pages and layouts use components, never the other way round',
  },
  {
    name: 'layouts-below-pages',
    from: ['src/layouts/**'],
    of: 'files',
    never: ['src/pages/**', 'src/content/**'],
    because: 'pages use layouts, never the other way round',
  },
  {
    name: 'content-uses-the-front',
    from: ['src/content/**'],
    of: 'files',
    only: ['src/components/index.ts', 'src/content/**'],
    because: "prose takes its components from '@/components', never from a file inside it",
  },
  {
    name: 'content-without-packages',
    from: ['src/content/**'],
    of: 'packages',
    only: ['@astrojs/starlight/components', 'astro:assets'],
    because: "prose takes its components from '@/components' and Starlight",
  },
  {
    name: 'examples-stand-alone',
    from: ['examples/**'],
    of: 'files',
    only: ['{lab}/**'],
    because:
      'a lab or dataset is a folder that runs outside the site: it imports its own files only',
  },
  {
    name: 'examples-use-the-sdk',
    from: ['examples/**'],
    of: 'packages',
    only: MODULES,
    because: `the page has these packages for labs: ${MODULES.join(', ')}`,
  },
  {
    name: 'site-without-tools',
    from: ['src/**', 'examples/**'],
    of: 'files',
    never: ['tools/**', 'test/**'],
    because: 'tools and tests use the site, never the other way round',
  },
];
