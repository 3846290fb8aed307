/** Where the page finds the files of extensions; imported only for a lab that names one. */
import sizes from '../../../.generated/postgres/extensions/bytes.json';
import type { EngineFile } from '../progress.ts';
import { buildFor, type PostgresBuild, withRequired } from './extension-names.ts';
import type { PageAssets } from './page.ts';

const URLS = import.meta.glob<string>('../../../.generated/postgres/extensions/*.tar', {
  query: '?url',
  import: 'default',
  eager: true,
});

/** What a lab's extensions need. */
export interface NeededFiles {
  build: PostgresBuild;
  /** What that build boots from, where it is not the usual one. */
  assets?: PageAssets;
  /** By name, those of the extensions that they need included. */
  extensions: Record<string, EngineFile>;
}

/**
 * The files that these extensions need.
 * @throws {RangeError} for one that cannot be loaded, with the reason.
 */
export async function filesFor(names: readonly string[]): Promise<NeededFiles> {
  const build = buildFor(names);
  if (build === 'postgis') {
    const { POSTGIS, POSTGIS_ASSETS } = await import('./postgis-files.ts');
    return { build, assets: POSTGIS_ASSETS, extensions: { postgis: POSTGIS } };
  }
  const bytes: Readonly<Record<string, number>> = sizes;
  const extensions = Object.fromEntries(
    withRequired(names).map((name) => [
      name,
      {
        url: URLS[`../../../.generated/postgres/extensions/${name}.tar`] as string,
        bytes: bytes[name] as number,
      },
    ]),
  );
  return { build, extensions };
}
