/** Finds the Chromium of this machine, for the tests and the benchmark. */
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './run.ts';

/** There is no browser here and none could be installed. */
export class BrowserMissingError extends Error {
  override name = 'BrowserMissingError';
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
  const folders = (process.env.PATH ?? '').split(delimiter);
  const onPath = COMMANDS.flatMap((command) => folders.map((folder) => join(folder, command)));
  return [...onPath, ...usualPlaces()].find((file) => existsSync(file) && isExecutable(file));
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

async function installChromium(): Promise<void> {
  process.stderr.write('browser: installing the package chromium (apt-get), once\n');
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const update = await run('apt-get', ['update'], { env });
  const install = await run(
    'apt-get',
    ['install', '--yes', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'],
    { env },
  );
  if (install.code !== 0) {
    throw new BrowserMissingError(
      `the package chromium could not be installed:\n${update.output}${install.output}`,
    );
  }
}

/**
 * The path of a Chromium, which is installed first where that is possible.
 * @throws BrowserMissingError that says what to install.
 */
export async function ensureBrowser(): Promise<string> {
  const found = findBrowser();
  if (found) return found;
  if (canInstall()) {
    await installChromium();
    const installed = findBrowser();
    if (installed) return installed;
  }
  throw new BrowserMissingError(
    'the browser tests need Chromium or Google Chrome, and none was found. Install one ' +
      '(Debian, Ubuntu: apt-get install chromium; macOS: brew install --cask chromium; ' +
      'Windows: winget install Google.Chrome), or set CHROME_PATH to its program.',
  );
}

/** What Chromium is started with: a sandbox needs rights that root and containers lack. */
export const BROWSER_ARGS: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-dev-shm-usage',
];
