/** The packages and works that are shipped, with the licence and notices of each. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../lib/root.ts';
import { packageFolder } from '../lib/run.ts';
import { worksInPostgis } from './postgis.ts';
import { PACKAGES_FILE } from './shipped.ts';

/** One package or work that is shipped. */
export interface ShippedWork {
  name: string;
  version: string;
  /** SPDX expression; empty when the package does not say. */
  licence: string;
  homepage?: string;
  /** Of a work whose licence is not permissive: when it is loaded, and where its source is. */
  onDemand?: string;
  /** The licence and notice files, as they are in the package. */
  notices: string[];
}

/** Packages whose files reach the site without going through a bundler: search and code blocks. */
const BESIDE_THE_BUNDLES: readonly string[] = [
  'pagefind',
  '@expressive-code/core',
  '@expressive-code/plugin-frames',
  '@expressive-code/plugin-shiki',
  '@expressive-code/plugin-text-markers',
];

const POSTGRESQL_LICENCE = join(ROOT, 'tools/licences/postgresql.txt');

/** Works inside a package that its own manifest does not name. */
const INSIDE: Readonly<Record<string, () => ShippedWork[]>> = {
  '@electric-sql/pglite-postgis': worksInPostgis,
  '@electric-sql/pglite-pgvector': () => [
    {
      name: 'pgvector',
      version: '0.8, compiled to WebAssembly in @electric-sql/pglite-pgvector',
      licence: 'PostgreSQL',
      homepage: 'https://github.com/pgvector/pgvector',
      notices: [readFileSync(POSTGRESQL_LICENCE, 'utf8')],
    },
  ],
  '@electric-sql/pglite': () => [
    {
      name: 'PostgreSQL',
      version: '18, compiled to WebAssembly in @electric-sql/pglite',
      licence: 'PostgreSQL',
      homepage: 'https://www.postgresql.org/about/licence/',
      notices: [readFileSync(POSTGRESQL_LICENCE, 'utf8')],
    },
    {
      name: 'OpenSSL',
      version: '3.0.17, compiled to WebAssembly in the pgcrypto of @electric-sql/pglite',
      licence: 'Apache-2.0',
      homepage: 'https://openssl-library.org/source/license/',
      // The licence of PGlite itself, which is the same.
      notices: [readFileSync(join(packageFolder('@electric-sql/pglite'), 'LICENSE'), 'utf8')],
    },
  ],
};

/** The licences of packages that come without a file for it: as their manifest and README name it. */
const WITHOUT_FILE: Readonly<Record<string, () => string>> = {
  // Apache-2.0, as PGlite is.
  'drizzle-orm': () =>
    `Copyright Drizzle Team\n\n${readFileSync(join(packageFolder('@electric-sql/pglite'), 'LICENSE'), 'utf8').trim()}`,
  'pg-types': () =>
    `Copyright (c) 2014 Brian M. Carlson\n\n${readFileSync(join(ROOT, 'tools/licences/mit.txt'), 'utf8').trim()}`,
};

const NOTICE_FILE = /^(?:licen[cs]e|copying|notice)(?:[.-]|$)/i;

interface Manifest {
  name: string;
  version: string;
  license?: string | { type?: string };
  licenses?: Array<{ type?: string }>;
  homepage?: string;
}

function licenceOf({ license, licenses }: Manifest): string {
  if (typeof license === 'string') return license;
  if (license?.type) return license.type;
  return (licenses ?? []).map(({ type }) => type ?? '').join(' OR ');
}

/** The licence and notice files of a package; some keep several in a folder of that name. */
function noticeFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => NOTICE_FILE.test(entry.name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? noticeFiles(path) : [path];
    });
}

function readPackage(folder: string): ShippedWork {
  const path = join(ROOT, folder);
  const manifest = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) as Manifest;
  const files = noticeFiles(path).map((file) => readFileSync(file, 'utf8').trim());
  const notices = files.length > 0 ? files : [WITHOUT_FILE[manifest.name]?.() ?? []].flat();
  return {
    name: manifest.name,
    version: manifest.version,
    licence: licenceOf(manifest),
    ...(manifest.homepage ? { homepage: manifest.homepage } : {}),
    notices,
  };
}

/** The assets in `.generated`, each with the packages in it; undefined when it does not say. */
export function packagesOfAssets(): Array<{ asset: string; packages: string[] | undefined }> {
  const out = join(ROOT, '.generated');
  if (!existsSync(out)) return [];
  return readdirSync(out, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(out, entry.name, '.stamp')))
    .map(({ name }) => {
      const file = join(out, name, PACKAGES_FILE);
      const packages = existsSync(file)
        ? (JSON.parse(readFileSync(file, 'utf8')) as string[])
        : undefined;
      return { asset: name, packages };
    });
}

/**
 * All that a site ships whose bundles hold `bundled` (package folders relative to the root): these,
 * what the generated assets hold, and what other tools add. One entry for each, by name.
 */
export function collectWorks(bundled: readonly string[]): ShippedWork[] {
  const folders = new Set([
    ...bundled,
    ...packagesOfAssets().flatMap(({ packages }) => packages ?? []),
    ...BESIDE_THE_BUNDLES.map((name) => `node_modules/${name}`),
  ]);
  const works = new Map<string, ShippedWork>();
  for (const folder of folders) {
    const work = readPackage(folder);
    works.set(`${work.name} ${work.version}`, work);
    for (const inside of INSIDE[work.name]?.() ?? []) works.set(inside.name, inside);
  }
  return [...works.values()].sort((a, b) => a.name.localeCompare(b.name));
}
