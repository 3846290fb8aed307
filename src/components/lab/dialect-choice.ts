/**
 * The dialect in which DynamoDB's side is shown: one choice for all labs of all pages, kept as `partiql`
 * or `cli` under `kj-dialect` of localStorage. It stands in `data-dialect` on the root element, where a
 * script in the page's header has put it before anything is painted, and lab.css shows that side of a
 * lab, or the SDK's where it has none.
 */
const KEY = 'kj-dialect';

/** The dialect that a lab shows: `sdk`, or one that it has. */
export function shownIn(lab: ParentNode): string {
  const { dialect } = document.documentElement.dataset;
  const side = lab.querySelector<HTMLElement>(`[data-side][data-dialect="${dialect ?? 'sdk'}"]`);
  return side?.dataset['dialect'] ?? 'sdk';
}

/** Shows a dialect in all labs of the page; kept unless it is only for what a link brought. */
export function choose(dialect: string, keep: boolean): void {
  if (dialect === 'sdk') delete document.documentElement.dataset['dialect'];
  else document.documentElement.dataset['dialect'] = dialect;
  try {
    if (keep && dialect === 'sdk') localStorage.removeItem(KEY);
    else if (keep) localStorage.setItem(KEY, dialect);
  } catch {
    // Without storage it holds for this page.
  }
  for (const lab of document.querySelectorAll<HTMLElement>('kj-lab')) showChoice(lab);
}

/** Brings a lab's tabs in line with what is shown, and the anchors of its steps to where they can be seen. */
export function showChoice(lab: HTMLElement): void {
  const shown = shownIn(lab);
  for (const tab of lab.querySelectorAll<HTMLElement>('[data-choose]')) {
    const isShown = tab.dataset['choose'] === shown;
    tab.setAttribute('aria-selected', String(isShown));
    tab.tabIndex = isShown ? 0 : -1;
  }
  const hash = location.hash.slice(1);
  for (const heading of lab.querySelectorAll<HTMLElement>(
    '[data-side][data-dialect] [data-anchor]',
  )) {
    const side = heading.closest<HTMLElement>('[data-side]')?.dataset['dialect'];
    if (side !== shown) heading.removeAttribute('id');
    else if (heading.id === '') {
      heading.id = heading.dataset['anchor'] ?? '';
      // The browser has looked for it before it was there.
      if (heading.id === hash && document.readyState !== 'complete') heading.scrollIntoView();
    }
  }
}
