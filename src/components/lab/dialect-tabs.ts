/** The tabs above DynamoDB's side: what a press and a key do there. */
import { choose } from './dialect-choice.ts';

/** Told on the document when another dialect is shown. */
export const DIALECT_SHOWN = 'kj-dialect-shown';

/** Chooses the dialect of a pressed tab. Answers false where no tab was pressed. */
export function pressTab(target: Element): boolean {
  const tab = target.closest<HTMLElement>('[data-choose]');
  if (tab) show(tab);
  return tab !== null;
}

/** Arrows, Home and End go to a tab and choose it, as WAI-ARIA's pattern for tabs has it. */
export function keyAtTab(event: KeyboardEvent): void {
  const tab = event.target instanceof Element && event.target.closest<HTMLElement>('[data-choose]');
  if (!tab || event.ctrlKey || event.metaKey || event.altKey) return;
  const tabs = [...(tab.parentElement?.querySelectorAll<HTMLElement>('[data-choose]') ?? [])];
  const at = tabs.indexOf(tab);
  const to = {
    ArrowLeft: at - 1,
    ArrowRight: (at + 1) % tabs.length,
    Home: 0,
    End: -1,
  }[event.key];
  const next = to === undefined ? undefined : tabs.at(to);
  if (!next) return;
  event.preventDefault();
  show(next);
  next.focus();
}

/** Shows a dialect for what a link brought, and leaves the reader's choice alone. */
export function showForNow(dialect: string): void {
  choose(dialect, false);
  document.dispatchEvent(new Event(DIALECT_SHOWN));
}

/** The tab stays where it is on the screen: labs above it may have become taller or shorter. */
function show(tab: HTMLElement): void {
  const before = tab.getBoundingClientRect().top;
  choose(tab.dataset['choose'] ?? 'sdk', true);
  document.dispatchEvent(new Event(DIALECT_SHOWN));
  scrollBy({ top: tab.getBoundingClientRect().top - before, behavior: 'instant' });
}
