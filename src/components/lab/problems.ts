/** What keeps a side from running, in words that name the thing and the way on. */
import type { Side } from '../../engine/lab/result.ts';
import { type Panel, SIDE_NAMES } from './names.ts';
import type { Problem } from './state.ts';

/** PostgreSQL is a WebAssembly program: without that, there is only the recorded output. */
export function withoutWebAssembly(sides: readonly Side[]): Problem | undefined {
  if (!sides.includes('postgres') || typeof WebAssembly !== 'undefined') return undefined;
  return {
    message:
      'This browser has no WebAssembly: PostgreSQL cannot run here. The recorded output is what it answers.',
    restart: false,
  };
}

/** An engine that did not start or was lost. `error` is what the door, or loading it, threw. */
export function engineProblem(error: unknown, panel: Panel): Problem {
  const name = panel === 'both' ? 'One of the databases' : SIDE_NAMES[panel].name;
  const why = error instanceof Error ? error.message : String(error);
  const kind = error instanceof Error ? (error as { kind?: unknown }).kind : undefined;
  const message =
    kind === 'dead'
      ? `${name} stopped working. Restart it to run again.`
      : `${name} could not start. The recorded output is what it answers.`;
  return { message, cause: why, restart: true };
}
