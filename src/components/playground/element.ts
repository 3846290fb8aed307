/** `<kj-playground>`: the workspaces above the playground's lab, and what happens when two tabs have one. */
import { fromStored, toStored } from '../lab/draft.ts';
import type { Keeper } from '../lab/edits.ts';
import type { LabElement } from '../lab/element.ts';
import {
  type Code,
  ConflictError,
  FIRST,
  noteShown,
  shownId,
  type Workspace,
  Workspaces,
} from './workspaces.ts';

class PlaygroundElement extends HTMLElement {
  #workspaces = new Workspaces(storage());
  #shown: Workspace = FIRST;
  /** What the editors hold; of the side that were edited. */
  #code: Code = {};
  /** Another tab has changed what is shown: nothing is kept until the reader has chosen. */
  #conflict = false;

  connectedCallback(): void {
    const all = this.#workspaces.all();
    this.#take(all.find(({ id }) => id === shownId()) ?? all.at(-1) ?? FIRST);
    this.addEventListener('click', (event) => {
      if (event.target instanceof HTMLElement) this.#press(event.target);
    });
    this.#part('[data-name]').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#named();
    });
    this.#part<HTMLSelectElement>('select').addEventListener('change', ({ target }) => {
      const to = this.#workspaces.read((target as HTMLSelectElement).value);
      if (to) void this.#show(to, `“${to.name}” is shown.`);
    });
    addEventListener('storage', ({ key }) => this.#changedElsewhere(key));
    if (Object.keys(this.#code).length > 0) void this.#lab.wake();
  }

  /** Keeps the edits of the lab in the workspace that is shown. */
  get keeper(): Keeper {
    return {
      read: (originals) => fromStored(this.#code, originals),
      write: (drafts, originals) => this.#keep(toStored(drafts, originals)),
      adopt: { label: 'Keep it as a workspace of its own', begin: () => this.#adopt() },
    };
  }

  get #lab(): LabElement {
    return this.#part<LabElement>('kj-lab');
  }

  #part<E extends HTMLElement = HTMLElement>(selector: string): E {
    const part = this.querySelector<E>(selector);
    if (!part) throw new Error(`<kj-playground> has no ${selector}`);
    return part;
  }

  #press(target: HTMLElement): void {
    const button = target.closest<HTMLElement>('button');
    if (!button || this.#lab.contains(button)) return;
    if (button.matches('[data-new]')) {
      void this.#show(this.#make('Workspace', {}), 'A new workspace is shown.');
    } else if (button.matches('[data-duplicate]')) {
      const copy = this.#make(this.#shown.name, this.#code);
      void this.#show(copy, `A copy is shown: “${copy.name}”.`);
    } else if (button.matches('[data-rename]')) this.#ask('[data-name]', true);
    else if (button.matches('[data-delete]')) this.#ask('[data-sure]', true);
    else if (button.matches('[data-cancel]')) this.#ask('[data-name]', false);
    else if (button.matches('[data-not]')) this.#ask('[data-sure]', false);
    else if (button.matches('[data-delete-now]')) this.#delete();
    else if (button.matches('[data-theirs]')) void this.#takeTheirs();
    else if (button.matches('[data-copy]')) this.#keepAsCopy();
  }

  /** Opens or closes a question; the focus goes to it and comes back. */
  #ask(what: '[data-name]' | '[data-sure]', open: boolean): void {
    this.#part('[data-name]').hidden = !(open && what === '[data-name]');
    this.#part('[data-sure]').hidden = !(open && what === '[data-sure]');
    this.#part('[data-sure-name]').textContent = this.#shown.name;
    const input = this.#part<HTMLInputElement>('[data-name] input');
    input.value = this.#shown.name;
    if (!open) this.#part(what === '[data-name]' ? '[data-rename]' : '[data-delete]').focus();
    else if (what === '[data-name]') input.select();
    else this.#part('[data-not]').focus();
  }

  #named(): void {
    const name = this.#part<HTMLInputElement>('[data-name] input').value;
    this.#safely(() => {
      this.#shown = this.#workspaces.change(this.#shown, { name });
      this.#say(`It is named “${this.#shown.name}” now.`);
    });
    this.#paint();
    this.#ask('[data-name]', false);
  }

  #delete(): void {
    const { name } = this.#shown;
    this.#safely(() => {
      this.#workspaces.remove(this.#shown);
      void this.#show(this.#workspaces.all().at(-1) ?? FIRST, `“${name}” is deleted.`);
    });
    this.#ask('[data-sure]', false);
  }

  #make(name: string, code: Code): Workspace {
    // What is shown may be the first one, which nothing was kept of so far.
    if (this.#shown.revision === '') this.#keep(this.#code);
    return this.#workspaces.make(name, code);
  }

  #keep(code: Code): void {
    this.#code = code;
    if (this.#conflict) return;
    this.#safely(() => {
      const isFirst = this.#shown.revision === '';
      this.#shown = this.#workspaces.change(this.#shown, { code });
      if (isFirst) this.#paint();
    });
  }

  /** The code of a link becomes a workspace; what was shown stays as it was kept. */
  #adopt(): void {
    this.#take(this.#workspaces.make('From a link', {}));
    this.#say(`It is kept as “${this.#shown.name}”.`);
  }

  #safely(write: () => void): void {
    try {
      write();
    } catch (error) {
      if (error instanceof ConflictError) this.#setConflict(true);
      else this.#say('This browser keeps nothing for this site: copy what you need, or share it.');
    }
  }

  #changedElsewhere(key: string | null): void {
    const id = Workspaces.idOf(key);
    if (key !== null && id === undefined) return;
    const kept = this.#workspaces.read(this.#shown.id);
    if ((kept?.revision ?? '') !== this.#shown.revision) this.#setConflict(true);
    this.#paint();
  }

  #setConflict(conflict: boolean): void {
    this.#conflict = conflict;
    const box = this.#part('[data-conflict]');
    box.hidden = !conflict;
    if (conflict) this.#say('');
    const gone = !this.#workspaces.read(this.#shown.id);
    this.#part('[data-conflict-words]').textContent = gone
      ? `“${this.#shown.name}” was deleted in another tab. Nothing you write here is kept until you choose.`
      : `“${this.#shown.name}” was changed in another tab. Nothing you write here is kept until you choose.`;
    this.#part('[data-theirs]').textContent = gone ? 'Let it go' : 'Show that version';
  }

  async #takeTheirs(): Promise<void> {
    const all = this.#workspaces.all();
    const to = this.#workspaces.read(this.#shown.id) ?? all.at(-1) ?? FIRST;
    await this.#show(to, `“${to.name}” is shown as it is kept.`);
    this.#part('select').focus();
  }

  #keepAsCopy(): void {
    this.#take(this.#workspaces.make(this.#shown.name, this.#code));
    this.#say(`Your version is kept as “${this.#shown.name}”.`);
    this.#part('select').focus();
  }

  async #show(workspace: Workspace, words: string): Promise<void> {
    this.#take(workspace);
    (await this.#lab.wake())?.reopen();
    this.#say(words);
  }

  /** From now on this one is shown and written. */
  #take(workspace: Workspace): void {
    this.#shown = workspace;
    this.#code = workspace.code;
    noteShown(workspace.id);
    this.#setConflict(false);
    this.#paint();
  }

  #paint(): void {
    const all = this.#workspaces.all();
    const list = all.some(({ id }) => id === this.#shown.id) ? all : [...all, this.#shown];
    const select = this.#part<HTMLSelectElement>('select');
    select.replaceChildren(...list.map(({ id, name }) => new Option(name, id)));
    select.value = this.#shown.id;
    select.disabled = false;
    this.#part('[data-delete]').toggleAttribute('disabled', this.#shown.revision === '');
  }

  #say(words: string): void {
    this.#part('[data-said]').textContent = words;
  }
}

/** Where the reader's settings forbid storage, workspaces last as long as the page. */
function storage(): Storage {
  try {
    return localStorage;
  } catch {
    return memory();
  }
}

function memory(): Storage {
  const kept = new Map<string, string>();
  return {
    get length() {
      return kept.size;
    },
    key: (index) => [...kept.keys()][index] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
    clear: () => kept.clear(),
  };
}

customElements.define('kj-playground', PlaygroundElement);
