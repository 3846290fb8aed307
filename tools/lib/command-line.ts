/** The frame of every tool's command line: strict options, `--help`, errors without a stack. */
import { type ParseArgsConfig, parseArgs } from 'node:util';

/** A mistake of the person at the keyboard or in their files: shown as it is, without a stack. */
export class UsageError extends Error {
  override name = 'UsageError';
}

type Options = NonNullable<ParseArgsConfig['options']>;

/** What `parseArgs` answers for these options. */
type Parsed<O extends Options> = ReturnType<
  typeof parseArgs<{ options: O; allowPositionals: true; strict: true }>
>;

/**
 * Reads the command line strictly, as `parseArgs` does. With `--help` it prints `usage` and ends.
 * @param limits.positionals accept arguments that are not options.
 * @throws UsageError for an unknown option, a missing value or an unexpected argument.
 */
export function readArgs<const O extends Options>(
  usage: string,
  options: O,
  limits: { positionals?: boolean } = {},
): Parsed<O> {
  if (process.argv.slice(2).some((argument) => argument === '--help' || argument === '-h')) {
    process.stdout.write(`${usage}\n`);
    process.exit(0);
  }
  try {
    return parseArgs<{ options: O; allowPositionals: true; strict: true }>({
      options,
      allowPositionals: (limits.positionals ?? false) as true,
      strict: true,
    });
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}

/**
 * A TCP port from the command line.
 * @throws UsageError unless it is a whole number from 0 to 65535.
 */
export function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) {
    throw new UsageError(`--port ${text}: a port is a whole number from 0 to 65535`);
  }
  return port;
}

/**
 * Runs a tool; an error ends the process with code 1. The project's own error classes say all that
 * the user needs; of JavaScript's and Node's own, the stack is shown.
 */
export async function main(tool: () => Promise<void>): Promise<void> {
  try {
    await tool();
  } catch (error) {
    const isOwn = error instanceof Error && !(error.name in globalThis);
    const text = error instanceof Error ? (isOwn ? error.message : error.stack) : String(error);
    process.stderr.write(`${text}\n`);
    process.exitCode = 1;
  }
}
