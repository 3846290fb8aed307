/** What the buttons of a result's table do: sort, show more, another view, copy, save. Loaded on intent. */
import { h, render } from 'preact';
import type { Grid } from './attributes.ts';
import { csvText, jsonText, type SheetText, tabText } from './export.ts';
import { prettyRows } from './json-view.ts';
import { count } from './names.ts';
import { type PsqlFrame, psqlText } from './psql-text.ts';
import { readTable } from './read-table.ts';
import { Rows } from './results/Rows.tsx';
import { nextSorting, rowOrder, type Sorting } from './row-order.ts';
import { saveFile } from './save-file.ts';
import { firstRows, pageAfter, pageAt, pageBefore, pageWords, type RowPage } from './shown-rows.ts';

/** How long a button says that it is done, in milliseconds. */
const DONE = 2000;

/** The tables that have been used, by their elements. */
const tables = new WeakMap<HTMLElement, ResultTable>();

/**
 * Does what a button of a result asks for. Answers the sentence to say about it; undefined when the button is none
 * of a result's.
 */
export async function pressTable(button: HTMLElement): Promise<string | undefined> {
  const result = button.closest<HTMLElement>('[data-result]');
  if (!result) return undefined;
  const table = tables.get(result) ?? new ResultTable(result);
  tables.set(result, table);
  return table.press(button);
}

/** A table that is drawn from its own data from the first press on. */
class ResultTable {
  readonly #root: HTMLElement;
  readonly #grid: Grid;
  readonly #body = document.createElement('tbody');
  readonly #text: HTMLPreElement;
  #sorting: Sorting;
  #order: number[];
  #page: RowPage;
  #view: 'table' | 'text';

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#grid = readTable(root);
    this.#order = rowOrder(this.#grid, undefined);
    this.#page = { from: 0, to: firstRows(this.#order.length).length };
    const scroll = root.querySelector('.kj-scroll') as HTMLElement;
    const text = scroll.querySelector('pre.kj-text') as HTMLPreElement | null;
    this.#view = text ? 'text' : 'table';
    this.#text = text ?? document.createElement('pre');
    this.#text.className = 'kj-text';
    if (!text) scroll.append(this.#text);
    root.querySelector('tbody')?.replaceWith(this.#body);
    this.#paint();
  }

  async press(button: HTMLElement): Promise<string | undefined> {
    const { sort, do: what } = button.dataset;
    if (sort !== undefined) return this.#sort(Number(sort));
    switch (what) {
      case 'more':
        return this.#turn(button, this.#next);
      case 'back':
        return this.#turn(button, this.#last);
      case 'view':
        return this.#toggle(button);
      case 'copy':
        return this.#copy(button);
      case 'csv':
        return this.#save('csv', csvText(this.#grid, this.#order));
      case 'json':
        return this.#save('json', { text: jsonText(this.#grid, this.#order), guarded: 0 });
      default:
        return undefined;
    }
  }

  #sort(column: number): string {
    this.#sorting = nextSorting(this.#sorting, column);
    this.#order = rowOrder(this.#grid, this.#sorting);
    // The reader wants to see what comes first now.
    if (this.#page.from > 0) this.#page = pageAt(0, this.#order.length) ?? this.#page;
    for (const [at, head] of this.#root.querySelectorAll('th').entries()) {
      if (this.#sorting?.column === at) head.setAttribute('aria-sort', this.#sorting.direction);
      else head.removeAttribute('aria-sort');
    }
    this.#paint();
    const name = this.#grid.columns[column]?.name;
    return this.#sorting
      ? `Sorted by ${name}, ${this.#sorting.direction}.`
      : 'In the order in which the rows came.';
  }

  #turn(button: HTMLElement, page: RowPage | undefined): string | undefined {
    if (!page) return undefined;
    this.#page = page;
    const scroll = this.#root.querySelector<HTMLElement>('.kj-scroll');
    // Before the new rows are there, which would have to be laid out for it.
    if (scroll && page.from > 0) scroll.scrollTop = 0;
    this.#paint();
    // The focus goes on to what has come up, not to the top of the page.
    if (button.hidden) scroll?.focus();
    const [from, to, all] = [page.from + 1, page.to, this.#order.length].map((number) =>
      number.toLocaleString('en'),
    );
    return `Rows ${from} to ${to} of ${all} are shown.`;
  }

  get #next(): RowPage | undefined {
    return pageAfter(this.#page, this.#order.length);
  }

  get #last(): RowPage | undefined {
    return pageBefore(this.#page, this.#order.length);
  }

  #toggle(button: HTMLElement): string {
    const [name, says] = this.#psql ? ['psql', 'psql prints it'] : ['JSON', 'JSON'];
    this.#view = this.#view === 'table' ? 'text' : 'table';
    this.#paint();
    button.textContent = this.#view === 'table' ? `As ${name}` : 'As table';
    return this.#view === 'table' ? 'Shown as a table.' : `Shown as ${says}.`;
  }

  async #copy(button: HTMLElement): Promise<string> {
    const inText = this.#view === 'text';
    const { text, guarded } = inText
      ? { text: this.#allText(), guarded: 0 }
      : tabText(this.#grid, this.#order);
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      return 'The browser does not let this page copy. Select the text and copy it.';
    }
    button.textContent = 'Copied';
    setTimeout(() => {
      button.textContent = 'Copy';
    }, DONE);
    const what = inText ? 'as it is shown' : 'as text with tabs';
    return [`Copied ${this.#rows} ${what}.`, guardWords(guarded)].filter(Boolean).join(' ');
  }

  #save(kind: 'csv' | 'json', { text, guarded }: SheetText): string {
    const lab = this.#root.closest('kj-lab')?.id;
    const side = this.#root.closest<HTMLElement>('[data-side]')?.dataset['side'];
    const name = `${[lab, side].filter(Boolean).join('-')}.${kind}`;
    saveFile(name, kind === 'csv' ? 'text/csv' : 'application/json', text);
    return [`Saved ${this.#rows} as ${name}.`, guardWords(guarded)].filter(Boolean).join(' ');
  }

  #paint(): void {
    const rows = this.#order.slice(this.#page.from, this.#page.to);
    const nullAs = this.#root.dataset['null'];
    const inText = this.#view === 'text';
    render(inText ? null : h(Rows, { grid: this.#grid, rows, nullAs }), this.#body);
    this.#text.textContent = inText ? this.#shownText(rows).trimEnd() : '';
    this.#text.hidden = !inText;
    const table = this.#root.querySelector('table');
    if (table) table.hidden = inText;
    // The text of psql has all rows.
    const isPaged = !(inText && this.#psql);
    for (const [name, page] of [
      ['back', this.#last],
      ['more', this.#next],
    ] as const) {
      const button = this.#root.querySelector<HTMLElement>(`[data-do="${name}"]`);
      if (!button) continue;
      button.hidden = !isPaged || page === undefined;
      if (page) button.textContent = pageWords(page, this.#order.length);
    }
  }

  /** psql prints all rows; JSON is shown as far as the table would be. */
  #shownText(rows: readonly number[]): string {
    return this.#psql ? this.#allText() : prettyRows(this.#grid, rows);
  }

  /** All rows as the other view shows them. */
  #allText(): string {
    const grid = { ...this.#grid, rows: this.#order.map((row) => this.#grid.rows[row] ?? []) };
    return this.#psql ? psqlText(grid, this.#psql) : `${prettyRows(this.#grid, this.#order)}\n`;
  }

  get #psql(): PsqlFrame | undefined {
    const { psql } = this.#root.dataset;
    return psql === undefined ? undefined : (JSON.parse(psql) as PsqlFrame);
  }

  /** How many rows, and of how many, where not all were kept. */
  get #rows(): string {
    const kept = this.#order.length;
    const total = this.#psql?.total;
    return total === undefined
      ? count(kept, 'row')
      : `the first ${kept.toLocaleString('en')} of ${count(total, 'row')}`;
  }
}

function guardWords(guarded: number): string {
  if (guarded === 0) return '';
  const [begin, have] = guarded === 1 ? ['begins', 'has'] : ['begin', 'have'];
  return `${count(guarded, 'value')} that ${begin} like a formula ${have} an apostrophe before it; JSON has the values as they are.`;
}
