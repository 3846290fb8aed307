/**
 * Finds packages for other platforms that package-lock.json has lost. npm drops an optional package
 * that the registry at hand does not have, and then `npm ci` refuses the file on every machine.
 */

/** A package in package-lock.json, as far as it is read here. */
interface LockedPackage {
  version?: string;
  dev?: boolean;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
}

/** The part of package-lock.json that is read. */
export interface LockFile {
  packages: Record<string, LockedPackage>;
}

/** An optional package that a locked one asks for and that is not locked. */
export interface LostPackage {
  name: string;
  version: string;
  /** The path of the package that asks for it. */
  wantedBy: string;
}

/** Whether a package at `path` finds `name` in a node_modules of its own or of one above. */
function isLocked({ packages }: LockFile, path: string, name: string): boolean {
  for (let at = path; ; at = at.slice(0, Math.max(at.lastIndexOf('/node_modules/'), 0))) {
    if (`${at === '' ? '' : `${at}/`}node_modules/${name}` in packages) return true;
    if (at === '') return false;
  }
}

/** Every lost package, in the order of the file. */
export function lostPackages(lock: LockFile): LostPackage[] {
  return Object.entries(lock.packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !isLocked(lock, path, name))
      .map(([name, version]) => ({ name, version, wantedBy: path })),
  );
}

const SYSTEMS: Readonly<Record<string, string>> = {
  aix: 'aix',
  android: 'android',
  darwin: 'darwin',
  freebsd: 'freebsd',
  linux: 'linux',
  netbsd: 'netbsd',
  openbsd: 'openbsd',
  openharmony: 'openharmony',
  sunos: 'sunos',
  win32: 'win32',
  windows: 'win32',
};
const PROCESSORS = new Set('arm arm64 ia32 loong64 ppc64 riscv64 s390x wasm32 x64'.split(' '));
const LIBRARIES: Readonly<Record<string, string>> = {
  gnu: 'glibc',
  gnueabihf: 'glibc',
  musl: 'musl',
  musleabihf: 'musl',
};

/** The platform that a package's name ends with: `@biomejs/cli-linux-x64-musl`. */
function platformOf(name: string): Record<'os' | 'cpu' | 'libc', string[] | undefined> {
  const words = name.split(/[/-]/);
  const first = (table: Readonly<Record<string, string>>) =>
    words.map((word) => table[word]).find((value) => value !== undefined);
  const os = first(SYSTEMS);
  const cpu = words.find((word) => PROCESSORS.has(word));
  const libc = os === 'linux' ? first(LIBRARIES) : undefined;
  const list = (value: string | undefined) => (value === undefined ? undefined : [value]);
  return { os: list(os), cpu: list(cpu), libc: list(libc) };
}

/**
 * The lock file with the lost packages in it again, sorted as npm sorts. Their integrity is not
 * known here; npm adds it when it next updates the file with a registry that has them.
 * @throws Error when a name tells no platform: such a package has to be locked by npm.
 */
export function withLostPackages(lock: LockFile): LockFile {
  const packages = { ...lock.packages };
  for (const { name, version, wantedBy } of lostPackages(lock)) {
    const platform = platformOf(name);
    if (!platform.os && !platform.cpu) {
      throw new Error(`${name}, which ${wantedBy} wants, tells no platform: run npm install`);
    }
    const { os, cpu, libc } = platform;
    const dev = lock.packages[wantedBy]?.dev;
    // In npm's own order, so that its next change of the file touches nothing here.
    packages[`node_modules/${name}`] = {
      version,
      ...(cpu ? { cpu } : {}),
      ...(dev ? { dev } : {}),
      ...(libc ? { libc } : {}),
      optional: true,
      ...(os ? { os } : {}),
    };
  }
  const entries = Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, 'en'));
  return { ...lock, packages: Object.fromEntries(entries) };
}
