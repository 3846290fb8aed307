/** A guess that was made before the first run, compared once the lab has run. Loaded then. */
import { labGuessed, readProgress } from '../progress/store.ts';

/**
 * Says whether the guess was right, opens the answer, and keeps the guess. Does so once a page; without
 * a guess, here or in an earlier visit, nothing is shown.
 * @returns the sentence for the live region; empty when there is nothing to say.
 */
export function compareGuess(lab: HTMLElement, id: string): string {
  const root = lab.querySelector<HTMLElement>('[data-predict]');
  const words = root?.querySelector<HTMLElement>('[data-guess]');
  if (!root || !words?.hidden) return '';
  const options = [...root.querySelectorAll('label')];
  const kept = readProgress().labs[id]?.guess;
  const guess =
    options.find((option) => option.querySelector('input')?.checked) ??
    options.find((option) => textOf(option) === kept);
  const right = options.find((option) => 'right' in option.dataset);
  if (!guess || !right) return '';
  labGuessed(id, textOf(guess));
  guess.setAttribute('data-guessed', '');
  const verdict =
    guess === right
      ? 'Your guess was right.'
      : `Your guess was not right. It is: ${textOf(right)}.`;
  words.textContent = verdict;
  words.toggleAttribute('data-is-right', guess === right);
  words.hidden = false;
  root.setAttribute('data-compared', '');
  root.querySelector('details')?.setAttribute('open', '');
  const because = root.querySelector('[data-because]')?.textContent?.trim() ?? '';
  return `${verdict} ${because}`.trim();
}

const textOf = (option: Element) => (option.textContent ?? '').trim().replace(/\s+/g, ' ');
