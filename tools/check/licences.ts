/** Checks that everything in the built site may be shipped, and all that every reader loads under permissive terms. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../lib/root.ts';
import { WORKS_FILE } from '../lib/site.ts';
import { packagesOfAssets, type ShippedWork } from '../licences/collect.ts';
import { isPermissive } from '../licences/permissive.ts';
import { PACKAGES_FILE } from '../licences/shipped.ts';

/**
 * What keeps `works` from being shipped: no licence text, or a licence that is not permissive, save
 * where the work is loaded on demand and says when.
 */
export function licenceProblems(works: readonly ShippedWork[]): string[] {
  return works.flatMap(({ name, version, licence, onDemand, notices }) => {
    const work = `${name} ${version}`;
    if (licence === '') return [`${work} does not say its licence`];
    if (!isPermissive(licence) && !onDemand)
      return [`${work} is under ${licence}, which is not permissive`];
    if (notices.length === 0) return [`${work} (${licence}) has no file with its licence`];
    return [];
  });
}

/** Problems of what the last build of the site ships, the generated assets included. */
export async function checkLicences(): Promise<string[]> {
  const works = JSON.parse(await readFile(join(ROOT, WORKS_FILE), 'utf8')) as ShippedWork[];
  const silent = packagesOfAssets()
    .filter(({ packages }) => packages === undefined)
    .map(({ asset }) => `.generated/${asset} does not say what is in it: no ${PACKAGES_FILE}`);
  return [...silent, ...licenceProblems(works)];
}
