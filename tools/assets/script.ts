/** Builds the sandbox's runtime: the AWS SDK and what runs a learner's program, in one classic script. */
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { ROOT } from '../lib/root.ts';
import { writeBundledPackages } from '../licences/shipped.ts';

const RUNTIME = join(ROOT, 'src/engine/script/runtime');

/** Parts of the SDK that a program without network and credentials never uses, and what replaces them. */
const REPLACED: Array<{ module: RegExp; importer?: RegExp; by: string }> = [
  { module: /^@smithy\/fetch-http-handler$/, by: 'request-handler.ts' },
  { module: /^@smithy\/signature-v4$/, by: 'absent.ts' },
  { module: /^@smithy\/core\/checksum$/, by: 'absent.ts' },
  { module: /^@smithy\/core\/event-streams$/, by: 'absent.ts' },
  { module: /^@aws-sdk\/middleware-endpoint-discovery$/, by: 'absent.ts' },
  { module: /^\.\.\/package\.json$/, importer: /client-dynamodb/, by: 'absent.ts' },
  { module: /^\.\/endpoint\/endpointResolver$/, importer: /client-dynamodb/, by: 'endpoint.ts' },
];

const replaced: Plugin = {
  name: 'replaced',
  setup({ onResolve }) {
    for (const { module, importer, by } of REPLACED) {
      onResolve({ filter: module }, (from) =>
        importer && !importer.test(from.importer) ? null : { path: join(RUNTIME, by) },
      );
    }
  },
};

export const asset = {
  name: 'script',
  inputs: [
    'src/engine/script/runtime',
    'src/engine/script/protocol.ts',
    'src/engine/script/modules.ts',
  ],
  async build(outDir: string): Promise<void> {
    const { metafile } = await build({
      entryPoints: [join(RUNTIME, 'main.ts')],
      outfile: join(outDir, 'runtime.js'),
      bundle: true,
      metafile: true,
      minify: true,
      format: 'iife',
      platform: 'browser',
      target: 'es2022',
      legalComments: 'linked',
      logLevel: 'warning',
      plugins: [replaced],
    });
    writeBundledPackages(outDir, [metafile]);
  },
};
