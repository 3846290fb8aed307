/** The page's one line of waiting runs: the engines hold one dataset at a time. */

let last: Promise<unknown> = Promise.resolve();
let waiting = 0;

/**
 * Runs `task` after all tasks that were queued before it. `onWait` is called when there are any.
 * A signal that is aborted before the turn comes takes the task out: the promise answers undefined.
 */
export function inTurn<T>(
  task: () => Promise<T>,
  signal: AbortSignal,
  onWait: () => void,
): Promise<T | undefined> {
  if (waiting > 0) onWait();
  waiting += 1;
  const before = last;
  let began = false;
  const mine = (async () => {
    await before;
    if (signal.aborted) return undefined;
    began = true;
    return task();
  })();
  // The next in line waits for the end of this one, however it ends.
  const end = () => {
    waiting -= 1;
  };
  last = mine.then(end, end);
  const left = new Promise<undefined>((resolve) => {
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  return Promise.race([mine, left.then(() => (began ? mine : undefined))]);
}
