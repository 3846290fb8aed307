/** Where the program is while it sends a statement. */

let current: Error | undefined;

/** The place of the call that is being made. */
export function whileAt(): Error | undefined;
/** Does something as a part of a call that was made at this place, unless it is a part of one already. */
export function whileAt<T>(site: Error | undefined, work: () => T): T;
export function whileAt<T>(site?: Error, work?: () => T): T | Error | undefined {
  if (!work) return current;
  const before = current;
  current ??= site;
  try {
    return work();
  } finally {
    current = before;
  }
}
