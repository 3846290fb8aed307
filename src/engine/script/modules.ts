/** The packages that programs may import: the one list for the sandbox, the compiler and the labs. */

/** What is loaded beside the runtime, for the programs that import what is in it. */
export type Bundle = 'drizzle' | 'electrodb' | 'pg' | 'streams';

/** Where a package is found. */
interface Found {
  /** Absent where the runtime itself has it. */
  bundle?: Bundle;
  /** It reaches PostgreSQL: only a program for both databases may import it. */
  postgres?: true;
  /** It has a default export. */
  default?: true;
}

const PACKAGES = {
  '@aws-sdk/client-dynamodb': {},
  '@aws-sdk/lib-dynamodb': {},
  '@aws-sdk/util-dynamodb': {},
  '@aws-sdk/client-dynamodb-streams': { bundle: 'streams' },
  electrodb: { bundle: 'electrodb' },
  pg: { bundle: 'pg', postgres: true, default: true },
  'drizzle-orm': { bundle: 'drizzle', postgres: true },
  'drizzle-orm/node-postgres': { bundle: 'drizzle', postgres: true },
  'drizzle-orm/pg-core': { bundle: 'drizzle', postgres: true },
} as const satisfies Record<string, Found>;

/** One of them. */
export type ModuleName = keyof typeof PACKAGES;

/** All of them. */
export const MODULES = Object.keys(PACKAGES) as ModuleName[];

/** What is known of a package; undefined for one that no program may import. */
export function moduleNamed(name: string): Found | undefined {
  return Object.hasOwn(PACKAGES, name) ? PACKAGES[name as ModuleName] : undefined;
}

/** Bundles that another one imports from; they come before it. */
const NEEDED: Partial<Record<Bundle, readonly Bundle[]>> = { drizzle: ['pg'] };

/** The bundles in which these packages are, in the order in which they are loaded. */
export function bundlesOf(modules: Iterable<string>): Bundle[] {
  const bundles = new Set<Bundle>();
  for (const name of modules) {
    const bundle = moduleNamed(name)?.bundle;
    if (!bundle) continue;
    for (const needed of NEEDED[bundle] ?? []) bundles.add(needed);
    bundles.add(bundle);
  }
  return [...bundles];
}
