/** Where scripts are: in the fragment of an address, and in what the tab keeps. Loaded with the page. */

/** In the fragment of an address, the text of a script follows. */
export const FRAGMENT = '#script=';
const NAME = 'kj-consoles';

/** The text of a script in an address; undefined where there is none. */
export function scriptText(hash: string): string | undefined {
  return hash.startsWith(FRAGMENT) ? hash.slice(FRAGMENT.length) : undefined;
}

/** A link has a place of its own, so that opening one takes nothing from what the reader had typed. */
export function keyOf(link: string | undefined): string {
  return link === undefined ? NAME : `${NAME}:${link}`;
}

/** Whether the tab keeps anything. */
export function hasKept(link: string | undefined): boolean {
  try {
    return sessionStorage.getItem(keyOf(link)) !== null;
  } catch {
    // The browser lets no page keep anything.
    return false;
  }
}
