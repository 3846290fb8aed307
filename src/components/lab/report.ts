/** The report of a mistake: what a maintainer needs to know of the page is filled in, and the reader sees it. */

/** What is known of the page when a mistake is reported. */
export interface Facts {
  /** The address, without code that a link carries. */
  page: string;
  /** A line for each side: its name and what it shows. */
  shown: readonly string[];
  /** Names of the steps that were edited. */
  edited: readonly string[];
  browser: string;
}

/** The link's address with the facts behind the text that it came with. */
export function withFacts(address: string, { page, shown, edited, browser }: Facts): string {
  const url = new URL(address);
  const facts = [
    `Page: ${page}`,
    ...shown.map((line) => `Shown: ${line}`),
    `Edited: ${edited.length > 0 ? edited.join('; ') : 'nothing'}`,
    `Browser: ${browser}`,
  ];
  const [text = ''] = (url.searchParams.get('body') ?? '').split('\n\nPage: ');
  url.searchParams.set('body', `${text.trimEnd()}\n\n${facts.join('\n')}\n`);
  return url.href;
}

/** Fills in what a lab shows now. Nothing is sent: the link opens a form. */
export function prefill(link: HTMLAnchorElement, lab: HTMLElement): void {
  const { origin, pathname, hash } = location;
  // A step of this lab, or the lab; a hash may carry code.
  const [fragment = ''] = hash.slice(1).split('&');
  const place = fragment.startsWith(`${lab.id}--`) ? fragment : lab.id;
  const words = (element: Element | null) => element?.textContent?.trim() ?? '';
  link.href = withFacts(link.href, {
    page: `${origin}${pathname}#${place}`,
    shown: [...lab.querySelectorAll('[data-side]')]
      .filter((side) => side.checkVisibility())
      .map(
        (side) => `${side.getAttribute('aria-label')}: ${words(side.querySelector('[data-say]'))}`,
      ),
    edited: [...lab.querySelectorAll<HTMLElement>('[data-edited]')].map(
      ({ dataset }) => dataset['label'] ?? '',
    ),
    browser: navigator.userAgent,
  });
}
