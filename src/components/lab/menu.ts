/** The menu in a lab's head: a disclosure, which Escape, a press elsewhere and a choice close. */

/** Takes the menu of a lab over. */
export function menu(root: HTMLElement): void {
  const details = root.querySelector<HTMLDetailsElement>('[data-menu]');
  const summary = details?.querySelector('summary');
  if (!details || !summary) return;
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
