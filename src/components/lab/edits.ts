/** The reader's edits of a lab: what is kept of them, and the code of a link that stands in for them. */
import type { Side } from '../../engine/lab/result.ts';
import {
  type Drafts,
  type Edited,
  type Originals,
  readDraft,
  toStored,
  writeDraft,
} from './draft.ts';
import { part } from './element-part.ts';
import type { SharedCode } from './share-code.ts';
import type { LabSide } from './side.ts';
import { type SideEvent, sameTexts } from './state.ts';

const CHANGED =
  'This lab has changed since you edited it. Your edits are carried over; Reset shows it as it is now.';

/** Where the edits of a lab are kept. */
export interface Keeper {
  read(originals: Originals): Edited;
  write(drafts: Drafts, originals: Originals): void;
  /** Of a playground, whose links and files hold more than the code that is shown. */
  files?: Files;
}

/** The files of a workspace. */
export interface Files {
  /**
   * The text of a link that holds all of them, and what it holds in words.
   * @throws {ShareError} when it is too long for one.
   */
  link(): { text: string; holds: string };
  /**
   * Shows what the text of a link holds.
   * @throws {ShareError} when it cannot be read.
   */
  openLink(text: string): Promise<void>;
  /** All of them, those that run first marked. */
  all(): Record<Side, ReadonlyArray<{ name: string; text: string; first: boolean }>>;
}

/** What edits need of the lab. */
interface Lab {
  root: HTMLElement;
  sides: readonly LabSide[];
  dispatch(sides: readonly LabSide[], event: (side: LabSide) => SideEvent): void;
  say(text: string): void;
}

/** In this browser, under the lab's id. */
export function draftKeeper(id: string): Keeper {
  return {
    read: (originals) => readDraft(id, originals),
    write: (drafts, originals) => writeDraft(id, drafts, originals),
  };
}

/** The edits of one lab. */
export class Edits {
  readonly #lab: Lab;
  readonly #keeper: Keeper;
  /** While code of a link stands in for the reader's own, nothing is kept over that. */
  #guest = false;

  constructor(lab: Lab, keeper: Keeper) {
    this.#lab = lab;
    this.#keeper = keeper;
  }

  /** The lab's own code, block by block. */
  get originals(): Originals {
    return Object.fromEntries(
      this.#lab.sides.map((side) => [
        side.program,
        side.first.texts.map((text, index) => ({ name: side.nameOf(index), text })),
      ]),
    );
  }

  /** The code of the programs that differ from the lab's own. */
  get code(): SharedCode {
    return toStored(this.#drafts, this.originals);
  }

  get isGuest(): boolean {
    return this.#guest;
  }

  get files(): Files | undefined {
    return this.#keeper.files;
  }

  /** Shows what is kept. */
  restore(): void {
    this.#guest = false;
    const { texts, changed } = this.#keeper.read(this.originals);
    this.#show(texts);
    const note = part(this.#lab.root, '[data-note]');
    note.hidden = !changed;
    note.textContent = changed ? CHANGED : '';
    if (changed) this.#lab.say(CHANGED);
  }

  /** Keeps the code as it is now, unless it stands in for the reader's own. */
  keep(): void {
    if (this.#guest) return;
    const drafts = this.#drafts;
    this.#keeper.write(drafts, this.originals);
    if (Object.keys(drafts).length === 0) part(this.#lab.root, '[data-note]').hidden = true;
  }

  /** Shows code that is not the reader's. What they have of their own stays kept. */
  showGuest(texts: Drafts): void {
    const own = this.#keeper.read(this.originals).texts;
    this.#show(texts);
    const now = this.#drafts;
    this.#guest = this.#lab.sides.some(({ program, first }) => {
      const kept = own[program];
      return kept !== undefined && !sameTexts(kept, now[program] ?? first.texts);
    });
  }

  /** Shows the lab's own code; what the reader has kept stays kept while a guest is here. */
  showOriginals(): void {
    this.#show({});
    this.keep();
  }

  /** From now on the code that is shown is the reader's own. */
  adopt(): void {
    this.#guest = false;
    this.keep();
  }

  get #drafts(): Drafts {
    const drafts: Drafts = {};
    for (const { program, texts, first } of this.#lab.sides) {
      if (!sameTexts(texts, first.texts)) drafts[program] = texts;
    }
    return drafts;
  }

  #show(texts: Drafts): void {
    for (const side of this.#lab.sides) {
      side.texts = texts[side.program] ?? side.first.texts;
      this.#lab.dispatch([side], () => ({ type: 'edit', texts: side.texts }));
    }
  }
}
