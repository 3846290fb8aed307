/**
 * Runs a tool of this repository on a machine that has only Node 20 and npm:
 * `node tools/setup.mjs tools/<tool>.ts ...arguments`. Installs the locked packages when they are
 * missing or others, then hands over to the Node that package.json pins. Plain JavaScript without
 * packages, because there are none yet when it starts.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const WINDOWS = process.platform === 'win32';
/** The oldest Node that can start the set-up, and the one whose own TypeScript support suffices. */
const OLDEST = 20;
const ENOUGH = 24;

/** Ends with a message that names the problem and the way on. */
function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

function packagesOf(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}

/**
 * Whether node_modules holds exactly what package-lock.json says. Packages for other platforms,
 * which npm leaves out, may be missing.
 * @param {string} root
 */
export function isInstalled(root) {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const locked = packagesOf(join(root, 'package-lock.json'));
  const installed = packagesOf(record);
  for (const [path, entry] of Object.entries(locked)) {
    if (path === '') continue;
    const found = installed[path];
    if (found === undefined) {
      if (entry.optional || entry.devOptional) continue;
      return false;
    }
    if (found.version !== entry.version || found.integrity !== entry.integrity) return false;
    if (!existsSync(join(root, path))) return false;
  }
  return Object.keys(installed).every((path) => path in locked);
}

/** Runs `npm ci` with the npm that started this process, or the one on the PATH. */
function install() {
  process.stderr.write('setup: installing packages (npm ci), once\n');
  // Without npm's warnings: the packages name the Node that they run on, which is the pinned one.
  const args = ['ci', '--loglevel=error'];
  const npm = process.env.npm_execpath;
  const result = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, ...args], { cwd: ROOT, stdio: ['ignore', 2, 2] })
    : spawnSync('npm', args, { cwd: ROOT, stdio: ['ignore', 2, 2], shell: WINDOWS });
  if (result.error) fail(`setup: npm could not be started: ${result.error.message}`);
  if (result.status !== 0) {
    fail(
      'setup: npm ci failed; its message is above. Without a network it cannot download packages; ' +
        'after a change of package.json by hand, `npm install` brings package-lock.json up to date.',
    );
  }
}

/** The Node of the npm package `node`, or this one where that has none for the platform. */
function findNode() {
  const pinned = join(ROOT, 'node_modules', 'node', 'bin', WINDOWS ? 'node.exe' : 'node');
  if (existsSync(pinned)) return pinned;
  if (Number.parseInt(process.versions.node, 10) >= ENOUGH) return process.execPath;
  return fail(
    `setup: the npm package "node" has no binary at ${pinned}. Install scripts may be switched off ` +
      `(npm config get ignore-scripts), or there is none for this platform: ` +
      `install Node ${ENOUGH} or newer and start again.`,
  );
}

function main() {
  const [tool, ...args] = process.argv.slice(2);
  if (Number.parseInt(process.versions.node, 10) < OLDEST) {
    fail(
      `setup: Node ${OLDEST} or newer is needed; this is ${process.version} (https://nodejs.org)`,
    );
  }
  if (!tool || !existsSync(join(ROOT, tool))) {
    fail(`setup: no tool "${tool ?? ''}"; usage: node tools/setup.mjs tools/<tool>.ts [arguments]`);
  }
  if (!isInstalled(ROOT)) install();

  const node = findNode();
  const bin = join(ROOT, 'node_modules', '.bin');
  const path = [dirname(node), bin, process.env.PATH ?? ''].join(delimiter);
  const child = spawn(node, [join(ROOT, tool), ...args], {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, PATH: path },
  });
  // The terminal sends Ctrl+C to the whole group: the tool decides how it ends, and we follow it.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('error', (error) => fail(`setup: ${node} could not be started: ${error.message}`));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
  });
}

if (process.argv[1] && fileURLToPath(import.meta.url) === process.argv[1]) main();
