/** Finds the browsers of this machine, for the tests and the benchmark. */
import { accessSync, constants, existsSync, globSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './run.ts';

/** There is no browser here and none could be installed. */
export class BrowserMissingError extends Error {
  override name = 'BrowserMissingError';
}

/** What WebKitGTK's MiniBrowser is driven with. */
export interface WebKitPrograms {
  /** MiniBrowser itself. */
  browser: string;
  /** WebKitWebDriver. */
  driver: string;
  /** Xvfb: MiniBrowser has no mode without a screen. */
  screen: string;
}

/** Commands by which Chromium goes, in the order of preference. */
const COMMANDS = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
];

/** Where it lies on systems that do not put programs on the PATH. */
function usualPlaces(): string[] {
  if (process.platform === 'darwin') {
    const applications = ['/Applications', join(process.env.HOME ?? '', 'Applications')];
    const names = ['Chromium', 'Google Chrome', 'Microsoft Edge'];
    return applications.flatMap((folder) =>
      names.map((name) => join(folder, `${name}.app`, 'Contents/MacOS', name)),
    );
  }
  if (process.platform === 'win32') {
    const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']
      .map((name) => process.env[name])
      .filter((root) => root !== undefined);
    const files = [
      'Google\\Chrome\\Application\\chrome.exe',
      'Chromium\\Application\\chrome.exe',
      'Microsoft\\Edge\\Application\\msedge.exe',
    ];
    return roots.flatMap((root) => files.map((file) => join(root, file)));
  }
  return ['/snap/bin/chromium', '/opt/google/chrome/chrome'];
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * The path of a Chromium: `CHROME_PATH`, else the PATH, else the usual places; undefined when there
 * is none.
 * @throws BrowserMissingError when CHROME_PATH names something that cannot be run.
 */
export function findBrowser(): string | undefined {
  const chosen = process.env.CHROME_PATH;
  if (chosen) {
    if (isExecutable(chosen)) return chosen;
    throw new BrowserMissingError(`CHROME_PATH is ${chosen}, which is no program that can be run`);
  }
  return [...onPath(COMMANDS), ...usualPlaces()].find(isExecutable);
}

/** The path of a Firefox, a release or an ESR; undefined when there is none. */
function findFirefox(): string | undefined {
  const bundle = '/Applications/Firefox.app/Contents/MacOS/firefox';
  return [...onPath(['firefox-esr', 'firefox']), bundle].find(isExecutable);
}

/** WebKitGTK's programs; undefined when one is missing. Debian keeps MiniBrowser off the PATH. */
function findWebKit(): WebKitPrograms | undefined {
  const browser = globSync('/usr/{lib,libexec}/{,*/}webkit2gtk-4.{0,1}/MiniBrowser').find(
    isExecutable,
  );
  const driver = onPath(['WebKitWebDriver']).find(isExecutable);
  const screen = onPath(['Xvfb']).find(isExecutable);
  return browser && driver && screen ? { browser, driver, screen } : undefined;
}

/** Where these commands would lie, in the order of the PATH. */
function onPath(commands: readonly string[]): string[] {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return commands.flatMap((command) => folders.map((folder) => join(folder, command)));
}

/**
 * Debian, as root: where the package can be installed without asking anybody. Ubuntu's package of
 * that name only points at a snap, which containers cannot run.
 */
function canInstall(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  if (!existsSync('/etc/os-release') || !existsSync('/usr/bin/apt-get')) return false;
  return /^ID="?debian"?$/m.test(readFileSync('/etc/os-release', 'utf8'));
}

async function install(packages: readonly string[]): Promise<void> {
  const names = packages.join(' ');
  process.stderr.write(`browser: installing ${names} (apt-get), once\n`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const update = await run('apt-get', ['update'], { env });
  const installed = await run(
    'apt-get',
    ['install', '--yes', '--no-install-recommends', ...packages],
    { env },
  );
  if (installed.code !== 0) {
    throw new BrowserMissingError(
      `${names} could not be installed:\n${update.output}${installed.output}`,
    );
  }
}

/** What `find` finds; where it finds nothing, Debian's packages are installed first, if that is possible. */
async function ensure<Found>(
  find: () => Found | undefined,
  packages: readonly string[],
  help: string,
): Promise<Found> {
  const found = find();
  if (found) return found;
  if (canInstall()) {
    await install(packages);
    const installed = find();
    if (installed) return installed;
  }
  throw new BrowserMissingError(help);
}

/**
 * The path of a Chromium, which is installed first where that is possible.
 * @throws BrowserMissingError that says what to install.
 */
export function ensureBrowser(): Promise<string> {
  return ensure(
    findBrowser,
    ['chromium', 'fonts-dejavu-core'],
    'the browser tests need Chromium or Google Chrome, and none was found. Install one ' +
      '(Debian, Ubuntu: apt-get install chromium; macOS: brew install --cask chromium; ' +
      'Windows: winget install Google.Chrome), or set CHROME_PATH to its program.',
  );
}

/**
 * The path of a Firefox, which is installed first where that is possible.
 * @throws BrowserMissingError that says what to install.
 */
export function ensureFirefox(): Promise<string> {
  return ensure(
    findFirefox,
    ['firefox-esr', 'fonts-dejavu-core'],
    'the full run tests the engines in Firefox, and none was found. Install it ' +
      '(Debian: apt-get install firefox-esr; macOS: brew install --cask firefox).',
  );
}

/**
 * The programs of a WebKit, which are installed first where that is possible.
 * @throws BrowserMissingError that says what to install.
 */
export function ensureWebKit(): Promise<WebKitPrograms> {
  return ensure(
    findWebKit,
    ['webkit2gtk-driver', 'xvfb', 'fonts-dejavu-core'],
    "the full run tests the engines in WebKitGTK's MiniBrowser, and it was not found whole. " +
      'Install it (Debian, Ubuntu: apt-get install webkit2gtk-driver xvfb).',
  );
}

/** What Chromium is started with: a sandbox needs rights that root and containers lack. */
export const BROWSER_ARGS: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-dev-shm-usage',
];
