/** Where the page finds PostgreSQL with PostGIS; imported only when a lab runs that names it. */
import about from '../../../.generated/postgis/about.json';
// Inlined, small as it is, the page's Content-Security-Policy would forbid to fetch it.
import autoExplainUrl from '../../../.generated/postgis/auto_explain.so.packed?url&no-inline';
import inkwellUrl from '../../../.generated/postgis/inkwell.tar.packed?url';
import dataUrl from '../../../.generated/postgis/pglite.data.packed?url';
import wasmUrl from '../../../.generated/postgis/pglite.wasm.packed?url';
import postgisUrl from '../../../.generated/postgis/postgis.tar.packed?url';
import type { EngineFile } from '../progress.ts';
import type { PageAssets } from './page.ts';

const file = (url: string, name: keyof typeof about.bytes): EngineFile => ({
  url,
  bytes: about.bytes[name],
  packed: true,
});

/** PostGIS itself. */
export const POSTGIS = file(postgisUrl, 'postgis.tar');

/** What its build boots from. */
export const POSTGIS_ASSETS: PageAssets = {
  module: file(wasmUrl, 'pglite.wasm'),
  fsBundle: file(dataUrl, 'pglite.data'),
  autoExplain: file(autoExplainUrl, 'auto_explain.so'),
  snapshots: { inkwell: file(inkwellUrl, 'inkwell.tar') },
  postgis: POSTGIS,
};
