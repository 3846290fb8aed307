/** What a lab loads in place of the usual PostgreSQL, in words: the reader shall know before Run. */
import postgis from '../../../.generated/postgis/about.json';
import usual from '../../../.generated/postgres/about.json';

const MEGABYTE = 1_000_000;
/** What the page takes more than with the usual PostgreSQL, in MB: resident memory in Chromium 156. */
const MEMORY = 220;

/** The first two words: `PostgreSQL 18.3`. */
const product = (version: string) => version.split(' ', 2).join(' ');

/** Sentences about it; undefined of a lab that loads nothing large. */
export function loadWords(extensions: readonly string[]): string | undefined {
  if (!extensions.includes('postgis')) return undefined;
  const bytes = Object.values(postgis.bytes).reduce((sum, each) => sum + each, 0);
  const size = (bytes / MEGABYTE).toFixed(1);
  const { version, postgis: number } = postgis;
  return `pressing Run loads ${product(version)} with PostGIS ${number}: ${size} MB, and some ${MEMORY} MB more of memory. It takes the place of the page’s ${product(usual.version)} until another lab runs.`;
}
