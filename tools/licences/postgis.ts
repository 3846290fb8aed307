/** What is in the library of @electric-sql/pglite-postgis, whose manifest names only its own licence. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../lib/root.ts';
import type { ShippedWork } from './collect.ts';

const text = (name: string) => readFileSync(join(ROOT, 'tools/licences', name), 'utf8');

/**
 * PostGIS may be passed on under version 2 of the GPL or a later one. Version 3 lets the source lie on
 * another server than the program, if it is said where (section 6 d).
 */
const SOURCE =
  'It is passed on here under version 3 of the GNU General Public License. Source: PostGIS 3.6.2 from https://download.osgeo.org/postgis/source/; the scripts that compile it and the libraries in it from https://github.com/electric-sql/postgres-pglite, at the revision that https://github.com/electric-sql/pglite has for @electric-sql/pglite-postgis 0.2.8.';

const WHEN = 'Loaded only when you run a lab that names PostGIS.';

/** By what the library says of itself: its texts, and `postgis_full_version()`. */
export function worksInPostgis(): ShippedWork[] {
  const mit = (name: string, version: string, homepage: string, copyright: string) => ({
    name,
    version: `${version}, in the library of PostGIS`,
    licence: 'MIT',
    homepage,
    notices: [`${copyright}\n\n${text('mit.txt')}`],
  });
  return [
    {
      name: 'PostGIS',
      version: '3.6.2, compiled to WebAssembly in @electric-sql/pglite-postgis',
      licence: 'GPL-2.0-or-later',
      homepage: 'https://postgis.net/',
      onDemand: `${WHEN} ${SOURCE}`,
      notices: [text('gpl-3.0.txt')],
    },
    {
      name: 'GEOS',
      version: '3.14.0, in the library of PostGIS',
      licence: 'LGPL-2.1-or-later',
      homepage: 'https://libgeos.org/',
      onDemand: WHEN,
      notices: [text('lgpl-2.1.txt')],
    },
    {
      name: 'GDAL',
      version: '3.11.4 with libtiff 4.7.1, in the library of PostGIS',
      licence: 'MIT',
      homepage: 'https://gdal.org/',
      notices: [text('gdal.txt')],
    },
    mit('PROJ', '9.7.0', 'https://proj.org/', 'Copyright by the contributors of PROJ'),
    mit('libxml2', '2.14.5', 'https://gitlab.gnome.org/GNOME/libxml2', 'Copyright Daniel Veillard'),
    mit(
      'JSON-C',
      '0.18',
      'https://github.com/json-c/json-c',
      'Copyright (c) 2004, 2005 Metaparadigm Pte Ltd',
    ),
  ];
}
