/** What keeps a program alive after its last statement, as in Node: open requests and timers. */

let open = 0;
let waiting: Array<() => void> = [];

/** Counts something that the program still waits for. Answers the function that counts it out. */
export function alive(): () => void {
  open += 1;
  let counted = true;
  return () => {
    if (!counted) return;
    counted = false;
    open -= 1;
    if (open > 0) return;
    for (const resume of waiting) resume();
    waiting = [];
  };
}

/** Resolves when nothing is open, and nothing new was opened by what closed last. */
export async function idle(): Promise<void> {
  while (open > 0) {
    await new Promise<void>((resume) => {
      waiting.push(resume);
    });
    // The program's own reaction to what has just closed runs first.
    await after(0);
  }
}

const timeout = setTimeout;
const cancel = clearTimeout;

/** Timers that do not keep the program alive. */
export const uncounted = {
  setTimeout: (run: () => void, ms?: number): unknown => timeout(run, ms),
  clearTimeout: (timer: unknown) => cancel(timer as never),
};

/** Waits without keeping the program alive. */
export const after = (ms: number) => new Promise<void>((resume) => timeout(resume, ms));

/** Puts counting timers in the place of the platform's. */
export function countTimers(): void {
  const { setInterval, clearTimeout, clearInterval } = globalThis;
  const timers = new Map<unknown, () => void>();
  const end = (timer: unknown) => {
    timers.get(timer)?.();
    timers.delete(timer);
  };
  type Start = (run: (...given: unknown[]) => void, ms?: number, ...given: unknown[]) => unknown;
  const start =
    (native: Start, repeats: boolean): Start =>
    (run, ms, ...given) => {
      if (typeof run !== 'function') throw new TypeError('A timer needs a function to call.');
      const timer = native(
        (...values) => {
          if (!repeats) queueMicrotask(() => end(timer));
          run(...values);
        },
        ms,
        ...given,
      );
      timers.set(timer, alive());
      return timer;
    };
  const stop = (native: (timer: never) => void) => (timer: unknown) => {
    end(timer);
    native(timer as never);
  };
  Object.assign(globalThis, {
    setTimeout: start(timeout as Start, false),
    setInterval: start(setInterval as Start, true),
    clearTimeout: stop(clearTimeout),
    clearInterval: stop(clearInterval),
  });
}
