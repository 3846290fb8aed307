/** The playground's program: workspaces above the lab, their files, and what happens when two tabs have one. */
import type { Side } from '../../engine/lab/result.ts';
import type { LabApp } from '../lab/app.ts';
import type { Keeper } from '../lab/edits.ts';
import { count, SIDES } from '../lab/names.ts';
import type { LabData } from '../lab/runs.ts';
import { ShareError } from '../lab/share-code.ts';
import type { OpenFile } from '../lab/side.ts';
import { DataControls } from './data-controls.ts';
import { fetchSettings, forRuns, settingsWords } from './lab-settings.ts';
import { decodeWorkspace, encodeWorkspace } from './link.ts';
import { type Parts, partsOf } from './parts.ts';
import { Questions } from './questions.ts';
import { openShelf } from './shelf.ts';
import { type FilesHome, isOf, SideFiles } from './side-files.tsx';
import { starter } from './starters.ts';
import {
  type Contents,
  EXAMPLE,
  FIRST,
  filesBefore,
  freeName,
  shownAtFirst,
  type Workspace,
  type WorkspaceFile,
} from './workspace.ts';
import { type Change, ConflictError, noteShown, shownId, Workspaces } from './workspaces.ts';

/** Of each side, one thing. */
type PerSide<T> = Record<Side, T>;

/** Takes the playground over. */
export class PlaygroundApp implements FilesHome {
  readonly #parts: Parts;
  readonly #workspaces: Workspaces;
  readonly #kept: DataControls;
  readonly #questions: Questions;
  #lab: LabApp | undefined;
  #tabs: SideFiles[] = [];
  #examples: PerSide<string> = { dynamodb: '', postgres: '' };
  #workspace: Workspace = FIRST;
  #at: PerSide<number> = { dynamodb: 0, postgres: 0 };
  /** Another tab has changed what is shown: nothing is kept until the reader has chosen. */
  #conflict = false;
  /** What a link holds is shown, and the workspace to go back to. */
  #before: Workspace | undefined;
  /** How to bring back the file that was deleted last. */
  #undo: (() => void) | undefined;

  /** Reads what is kept. `root` is the `<kj-playground>`. */
  static async open(root: HTMLElement): Promise<PlaygroundApp> {
    const told: { app?: PlaygroundApp } = {};
    const workspaces = await Workspaces.open(
      await openShelf(),
      {
        onOther: (id) => told.app?.changedElsewhere(id),
        onUnkept: (error) => told.app?.unkept(error),
      },
      storage(),
    );
    addEventListener('pagehide', () => workspaces.hold());
    told.app = new PlaygroundApp(root, workspaces);
    return told.app;
  }

  private constructor(root: HTMLElement, workspaces: Workspaces) {
    this.#parts = partsOf(root);
    this.#questions = new Questions(this.#parts);
    this.#workspaces = workspaces;
    const all = workspaces.all();
    this.#workspace = all.find(({ id }) => id === shownId()) ?? all.at(-1) ?? FIRST;
    this.#kept = new DataControls(root, {
      workspace: () => this.#workspace,
      stay: (stays) => {
        this.#change({ stays });
        return this.#workspace;
      },
      changed: () => {
        this.#setData();
        this.#paintTabs();
      },
      say: (words) => this.#say(words),
    });
    root.addEventListener('click', ({ target }) => {
      if (target instanceof Element) this.press(target);
    });
    this.#parts.name.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#named();
    });
    this.#parts.create.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#create(this.#parts.begin.value);
    });
    this.#parts.workspaces.addEventListener('change', () => {
      const to = workspaces.read(this.#parts.workspaces.value);
      if (to) this.#show(to, `“${to.name}” is shown.`);
    });
    this.#parts.dataset.addEventListener('change', () => {
      const { value, selectedOptions } = this.#parts.dataset;
      this.#change({ dataset: value, settings: undefined });
      this.#reopen();
      this.#paint();
      const name = selectedOptions[0]?.textContent?.trim() ?? value;
      this.#say(
        this.#workspace.stays
          ? `After Reset data, runs begin from ${name}.`
          : `Each run begins from ${name}.`,
      );
    });
  }

  /** Keeps the edits of the lab in the workspace that is shown. */
  get keeper(): Keeper {
    return {
      read: () => ({ texts: {}, changed: false }),
      write: (drafts, originals) => {
        const texts = SIDES.map((side) => drafts[side]?.[0] ?? originals[side]?.[0]?.text ?? '');
        this.#edited({ dynamodb: texts[0] ?? '', postgres: texts[1] ?? '' });
      },
      files: {
        link: () => ({ text: this.#link, holds: this.#holds() }),
        openLink: (text) => this.#openLink(text),
        all: () => ({ dynamodb: this.#all('dynamodb'), postgres: this.#all('postgres') }),
      },
    };
  }

  /** Shows the workspace in the lab, which keeps its edits here from now on. */
  take(lab: LabApp): void {
    this.#lab = lab;
    for (const { side, first } of lab.sides) this.#examples[side] = first.texts[0] ?? '';
    this.#tabs = this.#parts.sides.map((side) => new SideFiles(side, this));
    this.#enter(this.#workspace);
  }

  /** Answers a press. */
  press(target: Element): void {
    const error = target.closest<HTMLElement>('[data-show-file]');
    if (error) this.#showError(error);
    const importer = target.closest<HTMLElement>('[data-import]');
    if (importer) void this.#import(importer.dataset['import'] as Side);
    if (this.#tabs.some((tabs) => tabs.press(target))) return;
    const button = target.closest<HTMLElement>('button');
    if (button && this.#kept.press(button)) return;
    if (!button || this.#parts.lab.contains(button)) return;
    if (button.matches('[data-new]')) this.#questions.ask('create', this.#workspace.name);
    else if (button.matches('[data-duplicate]')) {
      const copy = this.#make(this.#workspace.name, this.#workspace);
      this.#show(copy, `A copy is shown: “${copy.name}”.`);
    } else if (button.matches('[data-rename]')) this.#questions.ask('name', this.#workspace.name);
    else if (button.matches('[data-delete]')) this.#questions.ask('sure', this.#workspace.name);
    else if (button.matches('[data-cancel]')) this.#questions.close();
    else if (button.matches('[data-delete-now]')) this.#delete();
    else if (button.matches('[data-theirs]')) this.#takeTheirs();
    else if (button.matches('[data-copy]')) this.#keepAsCopy();
    else if (button.matches('[data-adopt]')) this.#adopt();
    else if (button.matches('[data-back]')) this.#back();
    else if (button.matches('[data-without]')) this.#leaveSettingsOut();
    else if (button.matches('[data-undo-file]')) this.#undo?.();
  }

  // ------------------------------------------------------------------ files

  files(side: Side): readonly WorkspaceFile[] {
    return this.#workspace.files[side];
  }

  shown(side: Side): number {
    return this.#at[side];
  }

  isDone(side: Side): boolean {
    return this.#kept.forRuns().kept?.[side] !== undefined;
  }

  show(side: Side, at: number): void {
    if (at === this.#at[side]) return;
    this.#at[side] = at;
    this.#openSide(side);
    this.#paintTabs();
  }

  change(side: Side, files: readonly WorkspaceFile[], at: number, words: string): void {
    const before = { files: this.files(side), at: this.#at[side] };
    const isSame = files[at]?.text === before.files[before.at]?.text && files[at] !== undefined;
    const isDeleted = files.length < before.files.length;
    this.#at[side] = at;
    this.#change({ files: { ...this.#workspace.files, [side]: files } });
    if (isSame && !isDeleted && files.length === before.files.length) this.#setData();
    else this.#openSide(side);
    this.#paintTabs();
    this.#say(words);
    if (isDeleted) {
      this.#offerUndo(() => this.change(side, before.files, before.at, 'The file is back.'));
    }
  }

  /** Opens the import, whose file runs before the others. The code that is shown stays. */
  async #import(side: Side): Promise<void> {
    try {
      const { openImport } = await import('./import/open.tsx');
      await openImport(this.#parts.importHost, side, this.#workspace.dataset, {
        say: (words) => this.#say(words),
        onClose: () => this.#tabs[SIDES.indexOf(side)]?.focus(),
        onAdd: ({ name: wanted, text }, words) => {
          const files = this.files(side);
          const taken = files.map(({ name }) => name);
          const name = freeName(wanted, side, taken);
          const added: WorkspaceFile = { name, text, base: null, first: true };
          const at = files.filter(({ first }) => first).length;
          const shown = this.#at[side] + (this.#at[side] >= at ? 1 : 0);
          this.change(side, files.toSpliced(at, 0, added), shown, `${words}: ${name} runs first.`);
          this.#tabs[SIDES.indexOf(side)]?.focus();
        },
      });
    } catch (error) {
      this.#say('The import could not be loaded. Look after the connection and try again.');
      console.error('The import could not be loaded:', error);
    }
  }

  #textOf(side: Side, { text = this.#examples[side] }: WorkspaceFile): string {
    return text;
  }

  #openFile(side: Side): OpenFile {
    const file = this.files(side)[this.#at[side]] ?? { name: '', text: '' };
    const text = this.#textOf(side, file);
    const base = file.base === undefined ? this.#examples[side] : (file.base ?? text);
    const recorded = file.base === undefined && this.#workspace.dataset === EXAMPLE.dataset;
    return { text, base, recorded };
  }

  #openSide(side: Side): void {
    this.#lab?.open({ [side]: this.#openFile(side) }, this.#data);
  }

  #setData(): void {
    this.#lab?.setData(this.#data);
  }

  get #data(): Partial<LabData> {
    const { dataset } = this.#workspace;
    const of = (side: Side) => filesBefore(this.files(side), this.#at[side], this.#examples[side]);
    const first = { dynamodb: of('dynamodb'), postgres: of('postgres') };
    return { dataset, first, ...forRuns(this.#workspace.settings), ...this.#kept.forRuns() };
  }

  #all(side: Side) {
    return this.files(side).map((file) => {
      const { name, first = false } = file;
      return { name, text: this.#textOf(side, file), first };
    });
  }

  get #link(): string {
    const { dataset, files, settings } = this.#workspace;
    return encodeWorkspace({ dataset, files, lab: settings?.lab });
  }

  #holds(): string {
    const files = SIDES.reduce((sum, side) => sum + this.files(side).length, 0);
    return `with ${count(files, 'file')} of “${this.#workspace.name}”`;
  }

  /** The reader has written in the code that is shown. */
  #edited(texts: PerSide<string>): void {
    const files: PerSide<readonly WorkspaceFile[]> = { ...this.#workspace.files };
    let isOther = false;
    for (const side of SIDES) {
      const at = this.#at[side];
      const file = files[side][at];
      if (!file || this.#textOf(side, file) === texts[side]) continue;
      isOther = true;
      const { text: _, ...rest } = file;
      const isExample = file.base === undefined && texts[side] === this.#examples[side];
      files[side] = files[side].with(at, isExample ? rest : { ...rest, text: texts[side] });
    }
    if (isOther) this.#change({ files });
  }

  /** Shows the file in which an error stands, and the error in it. */
  #showError({ dataset }: HTMLElement): void {
    const { showFile: name = '', line, column, message = '' } = dataset;
    const side = SIDES.find((each) => isOf(each, name));
    const at = side ? this.files(side).findIndex((file) => file.name === name) : -1;
    if (!side || at === -1) return;
    this.show(side, at);
    const shown = this.#lab?.sides.find((each) => each.side === side);
    const place = column === undefined ? {} : { column: Number(column) };
    if (line !== undefined) shown?.mark({ line: Number(line), ...place, message });
    this.#tabs[SIDES.indexOf(side)]?.focus();
    this.#say(`${name} is shown${line === undefined ? '' : `: the error is in line ${line}`}.`);
  }

  // ------------------------------------------------------------- workspaces

  #named(): void {
    this.#change({ name: this.#parts.nameInput.value });
    if (!this.#conflict) this.#say(`It is named “${this.#workspace.name}” now.`);
    this.#paint();
    this.#questions.close();
  }

  #create(dataset: string): void {
    this.#show(this.#make('Workspace', starter(dataset)), 'A new workspace is shown.');
    this.#questions.close();
  }

  #delete(): void {
    const { name } = this.#workspace;
    this.#safely(() => {
      if (this.#workspace.revision !== '') this.#workspaces.remove(this.#workspace);
      this.#kept.forget(this.#workspace.id);
      this.#show(this.#workspaces.all().at(-1) ?? FIRST, `“${name}” is deleted.`);
    });
    this.#questions.close();
  }

  #make(name: string, contents: Contents): Workspace {
    // What is shown may be the first one, which nothing was kept of so far.
    if (this.#workspace.revision === '') this.#change({});
    return this.#workspaces.make(name, contents);
  }

  /** Keeps a change of what is shown, unless another tab has changed that. */
  #change(to: Change): void {
    if (this.#before) this.#adopt();
    const isFirst = this.#workspace.revision === '';
    if (!this.#conflict) {
      this.#safely(() => {
        this.#workspace = this.#workspaces.change(this.#workspace, to);
        noteShown(this.#workspace.id);
      });
    }
    // In a conflict it stays on show, to be kept as a copy.
    this.#workspace = { ...this.#workspace, ...to };
    if (isFirst) this.#paint();
  }

  #safely(write: () => void): void {
    try {
      write();
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      this.#setConflict(true);
    }
  }

  /** Another tab has changed a workspace, or met a change of this one. */
  changedElsewhere(id: string): void {
    if (id === this.#workspace.id) {
      const kept = this.#workspaces.read(id)?.revision ?? '';
      if (kept !== this.#workspace.revision) this.#setConflict(true);
    }
    this.#paint();
  }

  /** The browser does not keep what was written. */
  unkept(error: unknown): void {
    this.#say('This browser keeps no more for this site: copy what you need, or download it.');
    console.warn('The workspace is not kept:', error);
  }

  #setConflict(conflict: boolean): void {
    this.#conflict = conflict;
    this.#parts.conflict.hidden = !conflict;
    if (!conflict) return;
    this.#say('');
    const { name, id } = this.#workspace;
    const gone = !this.#workspaces.read(id);
    this.#parts.conflictWords.textContent = gone
      ? `“${name}” was deleted in another tab. Nothing you write here is kept until you choose.`
      : `“${name}” was changed in another tab. Nothing you write here is kept until you choose.`;
    this.#parts.theirs.textContent = gone ? 'Let it go' : 'Show that version';
  }

  #takeTheirs(): void {
    const all = this.#workspaces.all();
    const to = this.#workspaces.read(this.#workspace.id) ?? all.at(-1) ?? FIRST;
    this.#show(to, `“${to.name}” is shown as it is kept.`);
    this.#parts.workspaces.focus();
  }

  #keepAsCopy(): void {
    const copy = this.#workspaces.make(this.#workspace.name, this.#workspace);
    this.#enter(copy, this.#at);
    this.#say(`What you wrote is kept as “${copy.name}”.`);
    this.#parts.workspaces.focus();
  }

  // ------------------------------------------------------------ from a link

  async #openLink(text: string): Promise<void> {
    const { lab, ...linked } = await decodeWorkspace(text);
    const contents: Contents = {
      ...linked,
      settings: lab === undefined ? undefined : await fetchSettings(lab),
    };
    const known = [...this.#parts.dataset.options].map(({ value }) => value);
    if (!known.includes(contents.dataset)) {
      throw new ShareError('This link is for a dataset that this site does not have.');
    }
    const before = this.#before ?? this.#workspace;
    this.#enter({ ...FIRST, ...contents, id: 'link', name: 'From a link' });
    this.#before = before;
    this.#parts.linked.hidden = false;
    this.#say('This code comes from a link. It runs only when you press Run.');
  }

  /** What a link held becomes a workspace; what was shown before it stays as it was kept. */
  #adopt(): void {
    this.#before = undefined;
    this.#parts.linked.hidden = true;
    this.#workspace = this.#workspaces.make('From a link', this.#workspace);
    noteShown(this.#workspace.id);
    history.replaceState(history.state, '', `#${this.#parts.lab.id}`);
    this.#paint();
    this.#say(`It is kept as “${this.#workspace.name}”.`);
  }

  #back(): void {
    const to = this.#before ?? FIRST;
    history.replaceState(history.state, '', `#${this.#parts.lab.id}`);
    this.#show(to, `“${to.name}” is shown.`);
    this.#parts.workspaces.focus();
  }

  /** From now on, runs know nothing of the lab that the workspace was opened from. */
  #leaveSettingsOut(): void {
    this.#change({ settings: undefined });
    void this.#kept.enter(this.#workspace);
    this.#setData();
    this.#paint();
    this.#parts.workspaces.focus();
    this.#say('Runs go on without what the lab had switched on.');
  }

  // ----------------------------------------------------------------- showing

  #show(workspace: Workspace, words: string): void {
    this.#enter(workspace);
    this.#say(words);
  }

  #enter(workspace: Workspace, at?: PerSide<number>): void {
    this.#workspace = workspace;
    const { dynamodb, postgres } = workspace.files;
    this.#at = at ?? { dynamodb: shownAtFirst(dynamodb), postgres: shownAtFirst(postgres) };
    if (workspace.revision !== '') noteShown(workspace.id);
    this.#before = undefined;
    this.#parts.linked.hidden = true;
    this.#setConflict(false);
    void this.#kept.enter(workspace);
    this.#reopen();
    this.#paint();
  }

  #reopen(): void {
    const files = { dynamodb: this.#openFile('dynamodb'), postgres: this.#openFile('postgres') };
    this.#lab?.open(files, this.#data);
    this.#paintTabs();
  }

  #paintTabs(): void {
    for (const tabs of this.#tabs) tabs.paint();
  }

  #paint(): void {
    const all = this.#workspaces.all();
    const isListed = all.some(({ id }) => id === this.#workspace.id);
    const list = isListed ? all : [...all, this.#workspace];
    const { workspaces, dataset, remove } = this.#parts;
    workspaces.replaceChildren(...list.map(({ id, name }) => new Option(name, id)));
    workspaces.value = this.#workspace.id;
    workspaces.disabled = false;
    dataset.value = this.#workspace.dataset;
    dataset.disabled = false;
    remove.toggleAttribute('disabled', this.#workspace.revision === '');
    const { settings } = this.#workspace;
    this.#parts.settings.hidden = settings === undefined;
    this.#parts.settingsWords.textContent = settings ? settingsWords(settings) : '';
  }

  #offerUndo(undo: () => void): void {
    this.#undo = () => {
      undo();
      this.#undo = undefined;
    };
    this.#parts.undo.hidden = false;
  }

  #say(words: string): void {
    this.#parts.said.textContent = words;
    this.#parts.undo.hidden = true;
  }
}

/** Where the reader's settings forbid storage there is nothing to move over. */
function storage(): Storage | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}
