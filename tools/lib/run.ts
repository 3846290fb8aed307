/** Runs a program and collects what it prints. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ROOT } from './root.ts';

/** How a program ended. `output` is stdout and stderr as they came. */
export interface RunResult {
  code: number;
  output: string;
}

/** Options of `run`. */
export interface RunOptions {
  env?: NodeJS.ProcessEnv;
  /** Show the program's output while it runs, beside collecting it. */
  show?: boolean;
  /** Ends the program when it is aborted. */
  signal?: AbortSignal;
}

/**
 * Runs `file` with `args` in the repository's root. A program that cannot be started or is ended
 * by a signal answers with a code other than 0 and says why in `output`; the promise never rejects.
 */
export function run(file: string, args: readonly string[], options: RunOptions = {}) {
  return new Promise<RunResult>((resolve) => {
    const child = spawn(file, args, {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...options.env },
      ...(options.signal && { signal: options.signal }),
    });
    let output = '';
    const collect = (chunk: Buffer) => {
      output += chunk.toString();
      if (options.show) process.stderr.write(chunk);
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', (error) =>
      resolve({ code: 1, output: `${output}${file}: ${error.message}` }),
    );
    child.on('close', (code, signal) => {
      if (signal) output += `\n${file} was ended by ${signal}`;
      resolve({ code: code ?? 1, output });
    });
  });
}

const require = createRequire(import.meta.url);

/** The folder of an installed package, found as Node finds it from the repository's root. */
export function packageFolder(name: string): string {
  for (const base of require.resolve.paths(name) ?? []) {
    const folder = join(base, name);
    try {
      readFileSync(join(folder, 'package.json'));
      return folder;
    } catch {
      // Not in this node_modules: the next one up.
    }
  }
  throw new Error(`the package "${name}" is not installed; run npm ci`);
}

/** The JavaScript file behind a package's command, to be run with this Node on any platform. */
export function binOf(packageName: string, command = packageName): string {
  const manifest = join(packageFolder(packageName), 'package.json');
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as {
    bin?: string | Record<string, string>;
  };
  const file = typeof bin === 'string' ? bin : bin?.[command];
  if (!file) throw new Error(`the package "${packageName}" has no command "${command}"`);
  return join(dirname(manifest), file);
}

/** Runs a package's command with this Node. */
export function runBin(
  packageName: string,
  args: readonly string[],
  options: RunOptions & { command?: string } = {},
): Promise<RunResult> {
  return run(process.execPath, [binOf(packageName, options.command), ...args], options);
}
