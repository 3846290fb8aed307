/**
 * How the reader wants to write, kept in this browser under `kj-editor` of localStorage:
 * `{"tabIndents": boolean}`. Read when the first editor opens, written when a setting is changed;
 * what cannot be read counts as the default.
 */

const KEY = 'kj-editor';

let tabIndents: boolean | undefined;
const listeners = new Set<(indents: boolean) => void>();

/** Whether Tab indents; by default it leaves the editor. */
export function isTabIndenting(): boolean {
  tabIndents ??= read();
  return tabIndents;
}

/** Changes what Tab does, in all editors of the page. */
export function setTabIndents(to: boolean): void {
  tabIndents = to;
  try {
    localStorage.setItem(KEY, JSON.stringify({ tabIndents: to }));
  } catch {
    // Without storage it holds for this page.
  }
  for (const call of listeners) call(to);
}

/** What Tab does, and the way out: for a live region. */
export function tabWords(): string {
  return isTabIndenting()
    ? 'Tab indents; Escape, then Tab, leaves the editor. Control+M gives Tab back.'
    : 'Tab leaves the editor; Control+M makes it indent. Control+Space completes.';
}

/** Calls back when the setting changes. Answers how to stop that. */
export function onTabIndents(call: (indents: boolean) => void): () => void {
  listeners.add(call);
  return () => listeners.delete(call);
}

function read(): boolean {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return (kept as { tabIndents?: unknown } | null)?.tabIndents === true;
  } catch {
    return false;
  }
}
