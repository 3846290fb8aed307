/** Where the page finds the files of extensions; imported only for a lab that names one. */
import sizes from '../../../.generated/postgres/extensions/bytes.json';
import type { EngineFile } from '../progress.ts';
import { withRequired } from './extension-names.ts';

const URLS = import.meta.glob<string>('../../../.generated/postgres/extensions/*.tar', {
  query: '?url',
  import: 'default',
  eager: true,
});

/**
 * The files of these extensions and of those that they need, by name.
 * @throws {RangeError} for one that cannot be loaded, with the reason.
 */
export function extensionFiles(names: readonly string[]): Record<string, EngineFile> {
  const bytes: Readonly<Record<string, number>> = sizes;
  return Object.fromEntries(
    withRequired(names).map((name) => [
      name,
      {
        url: URLS[`../../../.generated/postgres/extensions/${name}.tar`] as string,
        bytes: bytes[name] as number,
      },
    ]),
  );
}
