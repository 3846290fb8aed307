/** A step's code in the page: highlighted text until the reader means to edit it, then an editor. */
import type { Program } from '../../engine/lab/dialects.ts';
import type { Editor } from './editor.ts';
import type { LinkedPiece } from './editor-clauses.ts';
import type { ErrorMark } from './errors.ts';

/** One block of code. Its text is what counts; how it is shown is its own business. */
export class CodeBlock {
  readonly name: string;
  /** The text that the page came with. */
  readonly original: string;
  readonly root: HTMLElement;
  readonly #static: HTMLPreElement;
  readonly #program: Program;
  readonly #onEdit: () => void;
  readonly #source: () => string;
  #text: string;
  /** Compared with this, the text counts as edited. */
  #base: string;
  /** The text that the page came with as it came, once another file was shown in its place. */
  #highlighted: ChildNode[] | undefined;
  #marked: readonly ErrorMark[] = [];
  #editor: Editor | undefined;
  #opening: Promise<Editor | undefined> | undefined;
  /** The reader has been in the editor: its caret stands where they left it. */
  #entered = false;

  /** `source` is the whole program that the block is a part of. */
  constructor(root: HTMLElement, program: Program, onEdit: () => void, source: () => string) {
    this.root = root;
    this.#static = root.querySelector('pre') as HTMLPreElement;
    this.#program = program;
    this.#onEdit = onEdit;
    this.#source = source;
    this.name = root.dataset['name'] ?? '';
    this.original = this.#static.textContent ?? '';
    this.#text = this.original;
    this.#base = this.original;
    root.addEventListener('focusin', () => {
      this.#entered = this.#editor !== undefined;
    });
    const step = root.closest('.kj-step');
    step?.querySelector('[data-format]')?.addEventListener('click', () => this.#editor?.format());
    for (const sign of ['pointerdown', 'focusin', 'click']) {
      this.#static.addEventListener(sign, (event) => this.answer(event));
    }
  }

  /** Opens the editor when an event on the static text means that. */
  answer(event: Event): void {
    if (!(event.target instanceof Node && this.#static.contains(event.target))) return;
    // A press may become a selection, which stays possible; meanwhile the editor is on its way.
    if (event.type === 'pointerdown') void import('./editor.ts');
    // Focus by keyboard; a press also focuses, and is answered when it has become a click.
    else if (event.type === 'focusin' && this.#static.matches(':focus-visible')) void this.open();
    else if (event instanceof MouseEvent && event.type === 'click') {
      if (getSelection()?.isCollapsed !== false) void this.open(event);
    }
  }

  get text(): string {
    return this.#text;
  }

  /** What the reader has selected in the code, or where their caret stands; undefined without either. */
  get selection(): { from: number; to: number } | undefined {
    if (this.#editor) return this.#entered ? this.#editor.selection : undefined;
    const selection = getSelection();
    if (!selection || selection.isCollapsed || selection.rangeCount === 0) return undefined;
    const range = selection.getRangeAt(0);
    if (!this.#static.contains(range.commonAncestorContainer)) return undefined;
    const before = range.cloneRange();
    before.selectNodeContents(this.#static);
    before.setEnd(range.startContainer, range.startOffset);
    const from = before.toString().length;
    return { from, to: from + range.toString().length };
  }

  /** Shows another file: its text, and the one that it counts as edited from. Undo stays within it. */
  renew(text: string, base: string): void {
    const hasFocus = this.#editor?.dom.contains(document.activeElement) ?? false;
    if (this.#editor) this.#close();
    this.#base = base;
    this.#text = text;
    this.#showStatic();
    this.#tellEdited();
    if (text !== this.original) void this.#mount(() => hasFocus);
  }

  /** The static text is that of the file, also while an editor is on its way. */
  #showStatic(): void {
    const code = this.#static.querySelector('code');
    this.#highlighted ??= [...(code?.childNodes ?? [])];
    code?.replaceChildren(...(this.#text === this.original ? this.#highlighted : [this.#text]));
  }

  /** Puts another text in place; it counts as no edit of the reader's. */
  setText(text: string): void {
    this.#text = text;
    if (text !== this.original) this.#unfold();
    if (this.#editor) {
      this.#editor.setText(text);
      this.#tellEdited();
      if (text === this.original && !this.#editor.dom.contains(document.activeElement)) {
        this.#close();
        if (this.#highlighted) this.#showStatic();
      }
    } else if (text !== this.original) {
      void this.#mount();
    }
  }

  /** Turns the block into an editor, with the caret where the reader pressed. */
  async open(at?: { clientX: number; clientY: number }): Promise<void> {
    const editor = await this.#mount(
      () => at !== undefined || this.#static.contains(document.activeElement),
    );
    if (at) editor?.placeCaret(at.clientX, at.clientY);
    else editor?.tellWayOut();
  }

  /** Marks places as those of errors. */
  mark(marks: readonly ErrorMark[]): void {
    this.#marked = marks;
    if (marks.length > 0) this.#unfold();
    this.#describe();
    this.#editor?.mark(marks);
    for (const [index, line] of this.#static.querySelectorAll('.kj-line').entries()) {
      line.toggleAttribute(
        'data-marked',
        marks.some((mark) => mark.line === index + 1),
      );
    }
  }

  /** Says what is marked, and where, to whom does not see it. */
  #describe(): void {
    const id = this.#descriptionId;
    const there = document.getElementById(id);
    if (this.#marked.length === 0) {
      there?.remove();
      this.#static.removeAttribute('aria-describedby');
      return;
    }
    const description = there ?? document.createElement('p');
    description.id = id;
    description.className = 'kj-hidden';
    description.textContent = this.#marked
      .map(({ line, column, message }) => {
        const place = column === undefined ? `Line ${line}` : `Line ${line}, column ${column}`;
        return `${place}: ${message}`;
      })
      .join(' ');
    this.root.append(description);
    this.#static.setAttribute('aria-describedby', id);
  }

  /** Unlike any other of the page. */
  get #descriptionId(): string {
    const lab = this.root.closest('kj-lab')?.id ?? '';
    return `${lab}--errors-${this.#program}-${this.name.replace(/\W+/g, '-')}`;
  }

  /** The set-up is folded away; what the reader has to see of it is not. */
  #unfold(): void {
    this.root.closest('details')?.setAttribute('open', '');
  }

  /** The editor; undefined when it could not be loaded, which the block says. */
  #mount(focus: () => boolean = () => false): Promise<Editor | undefined> {
    this.#opening ??= import('./editor.ts').then(
      ({ openEditor }) => {
        const scrolled = this.#static.scrollLeft;
        const focused = focus();
        const editor = openEditor({
          program: this.#program,
          label: this.#static.getAttribute('aria-label') ?? '',
          text: this.#text,
          original: this.original,
          linked: linkedPieces(this.#static),
          dataset: datasetOf(this.root),
          describedBy: this.#descriptionId,
          source: this.#source,
          say: (words) => sayIn(this.root, words),
          onChange: (text) => {
            this.#text = text;
            this.#tellEdited();
            this.#onEdit();
          },
        });
        this.#editor = editor;
        this.#static.replaceWith(editor.dom);
        this.#tellEdited();
        editor.mark(this.#marked);
        editor.scrollTo(scrolled);
        if (focused) editor.focus();
        this.#entered = focused;
        return editor;
      },
      (error) => {
        // The next press tries again.
        this.#opening = undefined;
        this.#hint('The editor could not be loaded');
        console.error('The editor could not be loaded:', error);
        return undefined;
      },
    );
    return this.#opening;
  }

  #tellEdited(): void {
    const edited = this.#text !== this.#base;
    this.root.toggleAttribute('data-edited', edited);
    this.#hint(edited ? 'edited' : 'Edit');
  }

  #hint(words: string): void {
    const hint = this.root.querySelector('.kj-edit-hint');
    if (hint) hint.textContent = words;
  }

  #close(): void {
    this.#editor?.dom.replaceWith(this.#static);
    this.#editor?.destroy();
    this.#editor = undefined;
    this.#opening = undefined;
    this.#entered = false;
  }
}

/** The clauses of the static text that have a counterpart, as offsets. */
function linkedPieces(code: HTMLElement): LinkedPiece[] {
  return [...code.querySelectorAll<HTMLElement>('[data-clause]')].map((clause) => {
    const before = document.createRange();
    before.selectNodeContents(code);
    before.setEndBefore(clause);
    const from = before.toString().length;
    const to = from + (clause.textContent ?? '').length;
    return { from, to, numbers: clause.dataset['clause'] ?? '' };
  });
}

/** The lab's dataset. */
function datasetOf(root: HTMLElement): string {
  const lab = root.closest<HTMLElement>('[data-lab]')?.dataset['lab'] ?? '{}';
  return (JSON.parse(lab) as { dataset?: string }).dataset ?? '';
}

/** Speaks in the lab's live region. */
function sayIn(root: HTMLElement, words: string): void {
  const live = root.closest('kj-lab')?.querySelector('[data-live]');
  if (live) live.textContent = words;
}
