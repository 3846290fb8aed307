/** Takes hold of an explorer that the build has drawn: the same components, with the recording. */
import { hydrate } from 'preact';
import type { Level } from '../../engine/sessions/conditions.ts';
import { askedText } from './address.ts';
import { type Choice, firstChoice } from './data.ts';
import { Explorer } from './Explorer.tsx';
import { fetchScenario } from './fetch.ts';

/** What the markup says of an explorer. */
interface Told {
  scenario: string;
  level: Level | undefined;
  order: string;
  fragment: string | undefined;
}

/**
 * Fetches a scenario with its recording and makes its explorer work.
 * @throws {Error} that names the scenario, when it cannot be fetched or read.
 */
export async function start(root: HTMLElement, told: Told): Promise<void> {
  const data = await fetchScenario(told.scenario);
  const own = firstChoice(data.scenario);
  const first: Choice = { level: told.level ?? own.level, order: told.order || own.order };
  const place = root.querySelector('[data-explorer]');
  if (!place) throw new Error(`The markup of ${told.scenario} has no place for its explorer.`);
  // With the template's white space among them, Preact would put all elements in anew: the focus would go.
  for (const node of [...place.childNodes]) if (node instanceof Text) node.remove();
  hydrate(
    <Explorer data={data} first={first} anchor={root.id} fragment={told.fragment} live={true} />,
    place,
  );
  root.dataset['awake'] = '';
  // No element has the name that such a fragment is.
  if (told.fragment !== undefined && askedText(location, told.fragment) !== undefined) {
    root.scrollIntoView();
  }
}
