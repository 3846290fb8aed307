/** Builds the sandbox's runtime: the AWS SDK and what runs a learner's program, in one classic script; and bundles of further packages. */
import { join } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import type { Bundle } from '../../src/engine/script/modules.ts';
import { ROOT } from '../lib/root.ts';
import { writeBundledPackages } from '../licences/shipped.ts';

const RUNTIME = join(ROOT, 'src/engine/script/runtime');
const BUNDLES = join(ROOT, 'src/engine/script/bundles');

/** A module of a package, and what replaces it. */
interface Replaced {
  module: RegExp;
  /** Where it is imported; without it, everywhere. */
  importer?: RegExp;
  by: string;
}

/** Parts of the SDK that a program without network and credentials never uses, and what replaces them. */
const IN_SDK: Replaced[] = [
  { module: /^@smithy\/signature-v4$/, by: join(RUNTIME, 'absent.ts') },
  { module: /^@smithy\/core\/checksum$/, by: join(RUNTIME, 'absent.ts') },
  { module: /^@smithy\/core\/event-streams$/, by: join(RUNTIME, 'absent.ts') },
  { module: /^@aws-sdk\/middleware-endpoint-discovery$/, by: join(RUNTIME, 'absent.ts') },
  {
    module: /^\.\.\/package\.json$/,
    importer: /client-dynamodb/,
    by: join(RUNTIME, 'absent.ts'),
  },
  {
    module: /^\.\/endpoint\/endpointResolver$/,
    importer: /client-dynamodb/,
    by: join(RUNTIME, 'endpoint.ts'),
  },
];
const HTTP_HANDLER = /^@smithy\/fetch-http-handler$/;

/** Of node-postgres: the socket, and what only a network or a machine of one's own has. */
const IN_PG: Replaced[] = [
  { module: /^\.\/stream$/, importer: /[\\/]pg[\\/]lib/, by: join(BUNDLES, 'pg-socket.ts') },
  { module: /^util(?:\/types)?$/, by: join(BUNDLES, 'node-util.ts') },
  {
    module: /^(?:\.\/native|\.\/crypto\/.*|dns|fs|net|pgpass|tls)$/,
    importer: /[\\/]pg(?:-connection-string)?[\\/]/,
    by: join(BUNDLES, 'absent.ts'),
  },
];

/** How each bundle is built beside what all share. */
const BUILDS: Record<Bundle, { replaced?: Replaced[]; inject?: string[]; external?: string[] }> = {
  drizzle: { external: ['pg'] },
  electrodb: {
    inject: ['electrodb-buffer.ts'],
    external: ['@aws-sdk/lib-dynamodb', '@aws-sdk/util-dynamodb'],
  },
  pg: { replaced: IN_PG, inject: ['node-globals.ts'] },
  streams: {
    replaced: [...IN_SDK, { module: HTTP_HANDLER, by: join(BUNDLES, 'request-handler.ts') }],
  },
};

const replacing = (replaced: readonly Replaced[]): Plugin => ({
  name: 'replaced',
  setup({ onResolve }) {
    for (const { module, importer, by } of replaced) {
      onResolve({ filter: module }, (from) =>
        importer && !importer.test(from.importer) ? null : { path: by },
      );
    }
  },
});

const SHARED = {
  bundle: true,
  metafile: true,
  minify: true,
  platform: 'browser',
  target: 'es2022',
  legalComments: 'linked',
  logLevel: 'warning',
} as const satisfies BuildOptions;

export const asset = {
  name: 'script',
  inputs: [
    'src/engine/script/runtime',
    'src/engine/script/bundles',
    'src/engine/script/protocol.ts',
    'src/engine/script/modules.ts',
    'src/engine/postgres/client-messages.ts',
  ],
  async build(outDir: string): Promise<void> {
    const runtime = await build({
      ...SHARED,
      entryPoints: [join(RUNTIME, 'main.ts')],
      outfile: join(outDir, 'runtime.js'),
      format: 'iife',
      plugins: [
        replacing([...IN_SDK, { module: HTTP_HANDLER, by: join(RUNTIME, 'request-handler.ts') }]),
      ],
    });
    const bundles = await Promise.all(
      Object.entries(BUILDS).map(([name, { replaced = [], inject = [], external = [] }]) =>
        build({
          ...SHARED,
          entryPoints: [join(BUNDLES, `${name}.ts`)],
          outfile: join(outDir, 'bundles', `${name}.js`),
          // A function of what it does not bring along: see runtime/modules.ts.
          format: 'cjs',
          banner: { js: 'export default(require)=>{const module={};' },
          footer: { js: 'return module.exports.modules}' },
          define: { global: 'globalThis' },
          inject: inject.map((file) => join(BUNDLES, file)),
          external: ['sandbox', ...external],
          plugins: [replacing(replaced)],
        }),
      ),
    );
    writeBundledPackages(
      outDir,
      [runtime, ...bundles].map(({ metafile }) => metafile),
    );
  },
};
