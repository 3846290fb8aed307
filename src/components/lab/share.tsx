/** What a lab does with links that carry code: makes them, opens them, and takes them to the playground. */
import { type ComponentChildren, render } from 'preact';
import { href } from '../../config/href.ts';
import type { Side } from '../../engine/lab/result.ts';
import { encodeWorkspace } from '../playground/link.ts';
import { ENDINGS, type WorkspaceFile } from '../playground/workspace.ts';
import { showForNow } from './dialect-tabs.ts';
import { fromStored } from './draft.ts';
import type { Edits } from './edits.ts';
import { count, PROGRAM_NAMES, PROGRAMS, SIDE_NAMES } from './names.ts';
import type { LabData } from './runs.ts';
import { decodeCode, encodeCode, type SharedCode, ShareError } from './share-code.ts';
import type { LabSide } from './side.ts';

const NO_MAIN_THERE =
  'The playground has a program for each database. This lab is one program for both: it runs here, where it can be edited as well, and outside the page (Download as files).';

/** The playground's lab: the name of its anchor. */
const PLAYGROUND = 'workbench';

/** What sharing needs of the lab. */
export interface SharedLab {
  root: HTMLElement;
  data: LabData;
  sides: readonly LabSide[];
  edits: Edits;
  say(text: string): void;
}

/** Copies a link to the lab with the code as it is; shows it, selected where it could not be copied. */
export async function share(lab: SharedLab): Promise<void> {
  const { code, files } = lab.edits;
  try {
    const whole = files?.link();
    const fragment = whole ? `#${lab.root.id}&code=${whole.text}` : fragmentOf(lab.root.id, code);
    const link = new URL(fragment, location.href).href;
    const copied = await copy(link);
    const holds = lab.data.main && code.dynamodb ? 'with your code' : held(code);
    const words = `${copied ? 'Copied' : 'To copy'}: a link to this lab ${whole?.holds ?? holds}, ${count(link.length, 'character')}.`;
    const field = panel(lab, words, <Link link={link} />).querySelector('input');
    if (!copied) {
      field?.focus();
      field?.select();
    }
  } catch (error) {
    if (!(error instanceof ShareError)) throw error;
    panel(lab, error.message);
  }
}

/** Puts the code of the page's address into the lab, un-run, and says so. */
export async function openLink(lab: SharedLab, text: string): Promise<void> {
  const { edits, root } = lab;
  // What the playground says of a link stands above its lab.
  (root.closest('kj-playground') ?? root).scrollIntoView();
  try {
    if (edits.files) return await edits.files.openLink(text);
    const { texts, changed } = fromStored(await decodeCode(text), edits.originals);
    edits.showGuest(texts);
    const brought = PROGRAMS.find((program) => texts[program] && program !== 'postgres');
    if (brought && lab.sides.some(({ dialect }) => dialect)) {
      showForNow(brought === 'dynamodb' ? 'sdk' : brought);
    }
    const words = [
      'This code comes from a link. It runs only when you press Run.',
      changed && 'The lab has changed since the link was made; the code is carried over.',
      edits.isGuest && 'Your own edits stay as they are, and edits of this code are not kept.',
    ];
    panel(lab, words.filter(Boolean).join(' '), <Choices lab={lab} guest={edits.isGuest} />);
  } catch (error) {
    if (!(error instanceof ShareError)) throw error;
    panel(lab, error.message);
  }
}

/** Saves the programs of all sides, with what they need to run outside the page. */
export async function downloadFiles(lab: SharedLab): Promise<void> {
  const { root, data, sides } = lab;
  const title = document.getElementById(`${root.id}-title`)?.textContent ?? data.id;
  const sources = Object.fromEntries(sides.map(({ program, source }) => [program, source]));
  const files = lab.edits.files?.all();
  try {
    const { download } = await import('./outside/download.ts');
    panel(lab, await download({ lab: data, title, sources, ...(files && { files }) }));
  } catch (error) {
    panel(lab, 'The files could not be loaded. Look after the connection and try again.');
    console.error('The files of this lab could not be loaded:', error);
  }
}

/** Goes to the playground with the programs of both sides, unless one is for both; beside a dialect it says first what it takes along. */
export function openInPlayground(lab: SharedLab): void {
  if (lab.data.main) {
    panel(lab, NO_MAIN_THERE);
    return;
  }
  const name = lab.data.id.split('/').at(-1) ?? '';
  const files: Record<Side, WorkspaceFile[]> = { dynamodb: [], postgres: [] };
  for (const { side, dialect, source } of lab.sides) {
    // The playground's files are for the SDK.
    if (dialect || source.trim() === '') continue;
    files[side].push({ name: `${name}.${ENDINGS[side]}`, text: source.trimEnd() });
  }
  try {
    const { id, dataset } = lab.data;
    const text = encodeWorkspace({ dataset, files, lab: id });
    const address = href(`/playground/#${PLAYGROUND}&code=${text}`);
    const dialect = lab.sides.find(({ isShown, dialect }) => isShown && dialect)?.program;
    if (!dialect) {
      location.assign(address);
      return;
    }
    const words = `The playground has no ${PROGRAM_NAMES[dialect]}: it takes this lab’s program for the ${PROGRAM_NAMES.dynamodb}.`;
    panel(lab, words, <a href={address}>Open it there</a>)
      .querySelector('a')
      ?.focus();
  } catch (error) {
    if (!(error instanceof ShareError)) throw error;
    panel(lab, error.message);
  }
}

/** Takes the words about a link away. */
export function closePanel(root: HTMLElement): void {
  const host = root.querySelector('[data-shared]');
  if (host) render(null, host);
  host?.remove();
}

function fragmentOf(anchor: string, code: SharedCode): string {
  return Object.keys(code).length === 0 ? `#${anchor}` : `#${anchor}&code=${encodeCode(code)}`;
}

function held(code: SharedCode): string {
  const names = PROGRAMS.filter((program) => code[program]).map((program) =>
    program === 'partiql' || program === 'cli'
      ? `${SIDE_NAMES.dynamodb.name} (${PROGRAM_NAMES[program]})`
      : SIDE_NAMES[program].name,
  );
  return names.length === 0 ? 'as it is' : `with your code for ${names.join(' and ')}`;
}

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Without the right to copy, the reader copies it from the field.
    return false;
  }
}

/** Says something below the lab's head, with what can be done about it. */
function panel({ root, say }: SharedLab, words: string, children?: ComponentChildren): HTMLElement {
  closePanel(root);
  const host = document.createElement('div');
  host.className = 'kj-shared';
  host.dataset['shared'] = '';
  root.querySelector('.kj-head')?.after(host);
  const close = () => {
    closePanel(root);
    root.querySelector<HTMLElement>('[data-menu] summary')?.focus();
  };
  render(
    <>
      <p>{words}</p>
      {children}
      <button type="button" class="kj-quiet" onClick={close}>
        Close
      </button>
    </>,
    host,
  );
  say(words);
  return host;
}

function Link({ link }: { link: string }) {
  return <input type="text" readOnly aria-label="Link to this lab" value={link} />;
}

function Choices({ lab, guest }: { lab: SharedLab; guest: boolean }) {
  const { edits, root, say } = lab;
  const leave = (words: string) => {
    closePanel(root);
    // The address says what is shown: reloaded, the page shows it again.
    history.replaceState(history.state, '', `#${root.id}`);
    root.querySelector<HTMLElement>('[data-run]')?.focus();
    say(words);
  };
  const own = () => {
    edits.showOriginals();
    if (edits.isGuest) say('This is the lab’s own code.');
    else leave('This is the lab’s own code.');
  };
  const back = () => {
    edits.restore();
    leave('Your edits are back.');
  };
  const adopt = () => {
    edits.adopt();
    leave('The code is kept.');
  };
  const button = (words: string, onClick: () => void) => (
    <button type="button" class="kj-quiet" onClick={onClick}>
      {words}
    </button>
  );
  return (
    <>
      {button('Show the lab’s own code', own)}
      {guest && button('Back to my edits', back)}
      {guest && button('Keep this code in place of mine', adopt)}
    </>
  );
}
