/** Takes hold of the consoles that the build has drawn: the same components, with what was typed. */
import { hydrate } from 'preact';
import { ShareError } from '../../lab/share-code.ts';
import { Consoles } from './Consoles.tsx';
import { readKept, type Texts } from './kept.ts';
import { firstShown, type Shown, shownOf } from './machine.ts';
import type { Preset } from './SetUp.tsx';
import { readScript } from './script.ts';

/**
 * Makes the consoles work: with what the tab keeps, with the script of a link, or as they are.
 * @throws {Error} when the markup is not the build's.
 */
export async function start(root: HTMLElement, link: string | undefined): Promise<void> {
  const place = root.querySelector('[data-consoles]');
  const presets = JSON.parse(root.querySelector('[data-presets]')?.textContent ?? '[]') as Preset[];
  if (!place) throw new Error('The markup has no place for the consoles.');
  const first = await firstOf(presets, link);
  // Read last: the reader may have typed while this was on its way.
  const texts = { ...first.texts, ...typedIn(place) };
  const setup = setupIn(place, presets) ?? first.setup;
  // With the template's white space among them, Preact would put all elements in anew.
  for (const node of [...place.childNodes]) if (node instanceof Text) node.remove();
  hydrate(
    <Consoles {...{ presets, link }} first={{ ...first, texts, setup }} live={true} />,
    place,
  );
  root.dataset['awake'] = '';
}

async function firstOf(presets: readonly Preset[], link: string | undefined): Promise<Shown> {
  const fresh = firstShown(presets[0]?.setup ?? '');
  const kept = readKept(link);
  if (kept) return shownOf(kept, fresh);
  if (link === undefined) return fresh;
  try {
    return shownOf(await readScript(link), fresh);
  } catch (error) {
    if (!(error instanceof ShareError)) throw error;
    return { ...fresh, problem: { at: 'page', text: error.message }, said: error.message };
  }
}

function typedIn(place: Element): Partial<Texts> {
  return Object.fromEntries(
    [...place.querySelectorAll<HTMLTextAreaElement>('[data-input]')].flatMap((field) =>
      field.value === '' ? [] : [[field.dataset['input'], field.value]],
    ),
  );
}

/** The set-up that the reader has chosen or typed; undefined where it is the build's. */
function setupIn(place: Element, presets: readonly Preset[]): string | undefined {
  const typed = place.querySelector<HTMLTextAreaElement>('[data-setup]')?.value;
  if (typed !== undefined && typed !== presets[0]?.setup) return typed;
  const chosen = Number(place.querySelector<HTMLSelectElement>('[data-preset]')?.value);
  return chosen > 0 ? presets[chosen]?.setup : undefined;
}
