/** What moves in the search dialog: opens on click or Ctrl+K, and asks Pagefind's index. */

/** A page, or a part of one, that Pagefind found. */
interface Found {
  url: string;
  title: string;
  /** HTML in which nothing but `<mark>` is an element. */
  excerpt: string;
}

/** The part of Pagefind's interface used here, see https://pagefind.app/docs/api/. */
interface Pagefind {
  options(options: { baseUrl: string }): Promise<void>;
  /** null when a later call has overtaken this one. */
  debouncedSearch(term: string): Promise<{ results: Array<{ data(): Promise<Page> }> } | null>;
}

interface Page {
  url: string;
  meta: { title?: string };
  excerpt: string;
  sub_results: Found[];
}

/** More pages than anybody reads; each costs a request. */
const PAGES = 8;
const PARTS_OF_A_PAGE = 3;

/** The parts of a page that match, or the page itself where it has no headings. */
function partsOf(page: Page): Found[] {
  const title = page.meta.title ?? page.url;
  const parts = page.sub_results.slice(0, PARTS_OF_A_PAGE).map((part) => ({
    ...part,
    title: part.title === title ? title : `${title}: ${part.title}`,
  }));
  return parts.length > 0 ? parts : [{ url: page.url, title, excerpt: page.excerpt }];
}

/** Copies text and marks, and nothing else, out of an excerpt. */
function excerptOf(html: string): HTMLElement {
  const paragraph = document.createElement('span');
  paragraph.className = 'excerpt';
  for (const node of new DOMParser().parseFromString(html, 'text/html').body.childNodes) {
    const text = node.textContent ?? '';
    if (node.nodeName === 'MARK') {
      const mark = document.createElement('mark');
      mark.textContent = text;
      paragraph.append(mark);
    } else {
      paragraph.append(text);
    }
  }
  return paragraph;
}

function entryOf({ url, title, excerpt }: Found): HTMLLIElement {
  const item = document.createElement('li');
  const link = document.createElement('a');
  const heading = document.createElement('strong');
  link.href = url;
  heading.textContent = title;
  link.append(heading, excerptOf(excerpt));
  item.append(link);
  return item;
}

class Search extends HTMLElement {
  #dialog = this.#part('dialog') as HTMLDialogElement;
  #input = this.#part('input') as HTMLInputElement;
  #status = this.#part('.status');
  #list = this.#part('ol');
  #pagefind: Promise<Pagefind> | undefined;

  connectedCallback(): void {
    const open = this.#part('.open') as HTMLButtonElement;
    if (/Mac|iP(hone|ad|od)/.test(navigator.platform)) this.#part('kbd').textContent = '⌘ K';
    open.disabled = false;
    open.addEventListener('click', () => this.#open());
    window.addEventListener('keydown', (event) => {
      if (event.key !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      event.preventDefault();
      if (this.#dialog.open) this.#dialog.close();
      else this.#open();
    });
    this.#input.addEventListener('input', () => void this.#search());
    this.#input.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') this.#list.querySelector('a')?.click();
    });
    this.#part('.close').addEventListener('click', () => this.#dialog.close());
    this.#dialog.addEventListener('keydown', (event) => this.#key(event));
    this.#dialog.addEventListener('click', (event) => {
      const outside = event.target === this.#dialog;
      const followed = event.target instanceof Element && event.target.closest('a') !== null;
      if (outside || followed) this.#dialog.close();
    });
  }

  #part(selector: string): HTMLElement {
    const part = this.querySelector<HTMLElement>(selector);
    if (!part) throw new Error(`the search lacks its ${selector}`);
    return part;
  }

  #open(): void {
    this.#dialog.showModal();
    this.#input.select();
    this.#load().catch((error: unknown) => this.#failed(error));
  }

  /** Loads the index once; after a failure the next call tries again. */
  #load(): Promise<Pagefind> {
    const base = this.dataset.base ?? '/';
    const address = `${base.replace(/\/$/, '')}/pagefind/pagefind.js`;
    const load = async () => {
      const pagefind = (await import(/* @vite-ignore */ address)) as Pagefind;
      await pagefind.options({ baseUrl: base });
      return pagefind;
    };
    this.#pagefind ??= load().catch((error: unknown) => {
      this.#pagefind = undefined;
      throw error;
    });
    return this.#pagefind;
  }

  #failed(error: unknown): void {
    this.#list.replaceChildren();
    this.#status.textContent = import.meta.env.DEV
      ? 'The index is made by the build: npm start, or npm run build and npm run preview.'
      : `The search could not be loaded (${error instanceof Error ? error.message : error}). Type again to retry.`;
  }

  async #search(): Promise<void> {
    const term = this.#input.value.trim();
    if (term === '') {
      this.#list.replaceChildren();
      this.#status.textContent = '';
      return;
    }
    try {
      const pagefind = await this.#load();
      const answer = await pagefind.debouncedSearch(term);
      if (!answer) return;
      const pages = await Promise.all(
        answer.results.slice(0, PAGES).map((result) => result.data()),
      );
      if (term !== this.#input.value.trim()) return;
      const found = pages.flatMap(partsOf);
      this.#list.replaceChildren(...found.map(entryOf));
      this.#status.textContent =
        found.length === 0
          ? `Nothing found for “${term}”.`
          : `${found.length} ${found.length === 1 ? 'place' : 'places'} found.`;
    } catch (error) {
      this.#failed(error);
    }
  }

  /** Arrow keys walk from the input through the results and back, Escape closes. */
  #key(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape') {
      // Of its own accord a search field with text would only clear itself.
      event.preventDefault();
      this.#dialog.close();
    }
    if (step === undefined) return;
    const stops = [this.#input, ...this.#list.querySelectorAll('a')];
    const at = stops.findIndex((stop) => stop.matches(':focus'));
    const next = stops[at + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }
}

customElements.define('kj-search', Search);
