/** The menu in a lab's head: a disclosure, which Escape, a press elsewhere and a choice close. */

import { isTabIndenting, setTabIndents, tabWords } from './editor-settings.ts';
import { part } from './element-part.ts';
import { prefill } from './report.ts';

/** Takes the menu of a lab over. */
export function menu(root: HTMLElement): void {
  const details = root.querySelector<HTMLDetailsElement>('[data-menu]');
  const summary = details?.querySelector('summary');
  if (!details || !summary) return;
  const tab = details.querySelector('[data-tab-indents]');
  details.addEventListener('toggle', () => {
    tab?.setAttribute('aria-pressed', String(isTabIndenting()));
    const report = details.querySelector<HTMLAnchorElement>('[data-report]');
    if (report) prefill(report, root);
  });
  tab?.addEventListener('click', () => {
    setTabIndents(!isTabIndenting());
    part(root, '[data-live]').textContent = tabWords();
  });
  details.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !details.open) return;
    details.open = false;
    summary.focus();
  });
  details.addEventListener('focusout', ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && !details.contains(relatedTarget)) details.open = false;
  });
  details.addEventListener('click', ({ target }) => {
    if (!(target instanceof Element) || !target.closest('button')) return;
    details.open = false;
    // What was chosen is hidden now: the focus would be lost.
    summary.focus();
  });
  document.addEventListener('pointerdown', ({ target }) => {
    if (target instanceof Node && !details.contains(target)) details.open = false;
  });
}
