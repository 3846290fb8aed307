/** The address of what is shown, and the way back: a link holds one explorer, the history all of a page. */
import { choiceHref } from './address.ts';
import type { Choice } from './data.ts';

/** How a choice gets into the history: as an entry of its own, in place of the last, or not at all. */
export type Entry = 'push' | 'replace' | 'none';

/** What each explorer of the page showed at an entry of the history. */
type Shown = Record<string, Choice>;

export function remember(
  choice: Choice,
  anchor: string,
  fragment: string | undefined,
  entry: Entry,
): void {
  const state = (history.state ?? {}) as { sessions?: Shown };
  const next = { ...state, sessions: { ...state.sessions, [anchor]: choice } };
  const address = choiceHref(choice, fragment);
  if (entry === 'push') history.pushState(next, '', address);
  else history.replaceState(next, '', address);
}

/** Where the address is another explorer's: what this one showed then. */
export function rememberedText(anchor: string, fragment: string | undefined): string | undefined {
  const shown = (history.state as { sessions?: Shown } | null)?.sessions?.[anchor];
  return shown && fragment !== undefined ? choiceHref(shown, undefined).slice(1) : undefined;
}

/** How long the button says that it is done, in milliseconds. */
const DONE = 2000;

/** Copies an address; where the browser refuses, the address bar has it, and the button says so. */
export async function copyLink(address: string, button: HTMLElement): Promise<void> {
  const link = new URL(address, location.href).href;
  const done = await navigator.clipboard.writeText(link).then(
    () => true,
    () => false,
  );
  if (!done) history.replaceState(history.state, '', link);
  button.textContent = done ? 'Copied' : 'See the address bar';
  setTimeout(() => {
    button.textContent = 'Copy link';
  }, DONE);
}
