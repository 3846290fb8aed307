/** What there is to say of the PostgreSQL that the labs run on: from the files that were built for it. */
import about from '../../../.generated/postgres/about.json';

/** Versions of PostgreSQL and of PGlite, as `version()` answers them. */
export function versions(answer: string = about.version): { postgres: string; pglite: string } {
  const [, postgres, pglite] = /^PostgreSQL (\S+) \(PGlite (\S+)\)/.exec(answer) ?? [];
  if (!postgres || !pglite) throw new Error(`not an answer of PGlite's version(): ${answer}`);
  return { postgres, pglite };
}

/** Groups of settings with their reasons. */
export const settings = about.settings.map(({ why, settings: group }) => ({
  why,
  settings: Object.entries(group),
}));

/** Extensions that a lab can name, by name. */
export const extensions = about.extensions;
