/** What a long result leaves out at first. */

/** The button below it was pressed: shows it, and goes away. */
export function showRest(button: Element): void {
  const before = button.previousElementSibling as HTMLElement | null;
  const rest = before?.querySelector<HTMLElement>('[data-rest]') ?? before;
  if (rest) rest.hidden = false;
  // The focus goes on to what has come up, not to the top of the page.
  before?.focus();
  button.remove();
}
