/** One side's files in the page: draws their tabs, and answers presses and keys on them. */
import { render } from 'preact';
import type { Side } from '../../engine/lab/result.ts';
import { FileTabs, tabId } from './FileTabs.tsx';
import { ENDINGS, freeName, inOrder, type WorkspaceFile } from './workspace.ts';

/** What the tabs need of the playground. */
export interface FilesHome {
  files(side: Side): readonly WorkspaceFile[];
  shown(side: Side): number;
  /** Whether the files that run first have run, and their data stay. */
  isDone(side: Side): boolean;
  /** Keeps other files, and shows the one at `at`; the code is drawn anew unless it is the same. */
  change(side: Side, files: readonly WorkspaceFile[], at: number, words: string): void;
  /** Shows another file. */
  show(side: Side, at: number): void;
}

/** The tabs of one side. */
export class SideFiles {
  readonly #side: Side;
  readonly #host: HTMLElement;
  readonly #panel: HTMLElement;
  readonly #home: FilesHome;
  #renaming = false;

  /** `root` is the side of the lab. */
  constructor(root: HTMLElement, home: FilesHome) {
    this.#side = root.dataset['side'] as Side;
    this.#host = root.querySelector('[data-files]') as HTMLElement;
    this.#panel = root.querySelector('[data-block]') as HTMLElement;
    this.#home = home;
    this.#panel.id = `files-${this.#side}`;
    this.#panel.setAttribute('role', 'tabpanel');
    this.#host.addEventListener('keydown', (event) => this.#key(event));
    this.#host.addEventListener('submit', (event) => {
      event.preventDefault();
      const input = this.#host.querySelector<HTMLInputElement>('[data-file-name] input');
      this.#rename(input?.value ?? '');
    });
    this.#host.addEventListener('focusout', ({ relatedTarget }) => {
      const menu = this.#menu;
      if (relatedTarget instanceof Node && !menu?.contains(relatedTarget)) this.#closeMenu();
    });
    document.addEventListener('click', ({ target }) => {
      if (target instanceof Node && !this.#menu?.contains(target)) this.#closeMenu();
    });
  }

  /** Draws the tabs as they are now. */
  paint(): void {
    const shown = this.#home.shown(this.#side);
    this.#panel.setAttribute('aria-labelledby', tabId(this.#panel.id, shown));
    render(
      <FileTabs
        side={this.#side}
        files={this.#home.files(this.#side)}
        shown={shown}
        panel={this.#panel.id}
        isDone={this.#home.isDone(this.#side)}
        renaming={this.#renaming}
      />,
      this.#host,
    );
  }

  /** Answers a press on one of the parts; false when it is on none. */
  press(target: Element): boolean {
    if (!this.#host.contains(target)) return false;
    const tab = target.closest<HTMLElement>('[data-file]');
    const act = target.closest<HTMLElement>('[data-file-act]')?.dataset['fileAct'];
    if (tab) this.#home.show(this.#side, Number(tab.dataset['file']));
    if (act) {
      this.#closeMenu();
      this.#act(act);
    }
    return Boolean(tab ?? act);
  }

  /** Puts the focus on the tab of the file that is shown. */
  focus(): void {
    this.#host.querySelector<HTMLElement>('[role=tab][aria-selected=true]')?.focus();
  }

  #act(act: string): void {
    const files = this.#home.files(this.#side);
    const at = this.#home.shown(this.#side);
    const file = files[at] as WorkspaceFile;
    const { name } = file;
    if (act === 'add') {
      const free = freeName('file', this.#side, names(files));
      const added = { name: free, text: '', base: '' };
      this.#home.change(this.#side, [...files, added], files.length, `${free} is added.`);
      this.focus();
    } else if (act === 'rename' || act === 'cancel') {
      this.#renaming = act === 'rename';
      this.paint();
      if (this.#renaming) this.#host.querySelector<HTMLInputElement>('input')?.select();
      else this.focus();
    } else if (act === 'first') {
      const { first: _, ...rest } = file;
      const changed: WorkspaceFile = file.first ? rest : { ...rest, first: true };
      const all = inOrder(files.with(at, changed));
      const words = changed.first ? `${name} runs first.` : `${name} runs when it is shown.`;
      this.#home.change(this.#side, all, all.indexOf(changed), words);
      this.focus();
    } else if (act === 'left' || act === 'right') {
      const to = at + (act === 'left' ? -1 : 1);
      const moved = files.toSpliced(at, 1).toSpliced(to, 0, file);
      this.#home.change(this.#side, moved, to, `${name} is moved.`);
      this.focus();
    } else if (act === 'delete') {
      const left = files.toSpliced(at, 1);
      this.#home.change(this.#side, left, Math.min(at, left.length - 1), `${name} is deleted.`);
      this.focus();
    }
  }

  #rename(wanted: string): void {
    const files = this.#home.files(this.#side);
    const at = this.#home.shown(this.#side);
    const others = names(files.toSpliced(at, 1));
    const name = freeName(wanted, this.#side, others);
    this.#renaming = false;
    const renamed = files.with(at, { ...(files[at] as WorkspaceFile), name });
    this.#home.change(this.#side, renamed, at, `The file is named ${name} now.`);
    this.focus();
  }

  #key(event: KeyboardEvent): void {
    if (event.key === 'Escape' && this.#menu?.open) {
      this.#closeMenu();
      this.#menu?.querySelector('summary')?.focus();
      return;
    }
    if (!(event.target instanceof Element && event.target.matches('[role=tab]'))) return;
    const { length } = this.#home.files(this.#side);
    const at = this.#home.shown(this.#side);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.#home.show(this.#side, (to + length) % length);
    this.focus();
  }

  get #menu(): HTMLDetailsElement | null {
    return this.#host.querySelector<HTMLDetailsElement>('[data-file-menu]');
  }

  #closeMenu(): void {
    const menu = this.#menu;
    if (menu) menu.open = false;
  }
}

const names = (files: readonly WorkspaceFile[]) => files.map(({ name }) => name);

/** Whether a file's name is one of this side's. */
export const isOf = (side: Side, name: string): boolean => name.endsWith(`.${ENDINGS[side]}`);
