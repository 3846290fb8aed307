/** Vitest's global set-up: brings the generated assets up to date before any test runs. */
import { runAssets } from '../tools/lib/site.ts';

/**
 * An asset that cannot be built does not keep the other tests from running, but the run fails:
 * the reason is printed again at its end, and the exit code says so.
 */
export default async function setup(): Promise<() => void> {
  try {
    await runAssets();
    return () => {};
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return () => {
      process.stderr.write(`\n${text}\n\n`);
      process.exitCode = 1;
    };
  }
}
