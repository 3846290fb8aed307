/** The boxes that ask about a workspace: one at a time; the focus goes to it and comes back. */
import type { Parts } from './parts.ts';

/** A box: for a new name, for what a new workspace begins with, whether to delete one. */
export type Question = 'name' | 'create' | 'sure';

/** Opens and closes them. */
export class Questions {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
    for (const box of [parts.name, parts.create, parts.sure]) {
      box.addEventListener('keydown', ({ key }) => {
        if (key === 'Escape') this.close();
      });
    }
  }

  /** Asks about the workspace of that name. */
  ask(what: Question, workspace: string): void {
    const { nameInput, sure, sureName, begin } = this.#parts;
    this.#show(what);
    sureName.textContent = workspace;
    nameInput.value = workspace;
    if (what === 'name') nameInput.select();
    else if (what === 'create') begin.focus();
    else sure.querySelector<HTMLElement>('[data-cancel]')?.focus();
  }

  /** Closes the box that is open. */
  close(): void {
    const { name, create, sure, rename, make } = this.#parts;
    const open = [name, create, sure].find(({ hidden }) => !hidden);
    this.#show(undefined);
    // The button that deletes may be waiting by then.
    if (open) (open === name ? rename : make).focus();
  }

  #show(what: Question | undefined): void {
    const { name, create, sure } = this.#parts;
    name.hidden = what !== 'name';
    create.hidden = what !== 'create';
    sure.hidden = what !== 'sure';
  }
}
