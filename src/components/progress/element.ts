/** `<kj-progress>`: fills the page of progress in, exports, imports and erases. */
import { eraseDrafts } from '../lab/draft.ts';
import { saveFile } from '../lab/save-file.ts';
import {
  eraseProgress,
  exportProgress,
  ImportError,
  importProgress,
  onProgress,
  type Progress,
  readProgress,
} from './store.ts';

class ProgressElement extends HTMLElement {
  #stop = () => {};

  connectedCallback(): void {
    this.#show();
    this.#stop = onProgress(() => this.#show());
    this.addEventListener('click', (event) => {
      if (event.target instanceof HTMLElement) this.#press(event.target);
    });
    this.#part<HTMLInputElement>('[data-file]').addEventListener('change', (event) => {
      const [file] = (event.target as HTMLInputElement).files ?? [];
      if (file) void this.#import(file);
    });
  }

  disconnectedCallback(): void {
    this.#stop();
  }

  #part<E extends HTMLElement = HTMLElement>(selector: string): E {
    const part = this.querySelector<E>(selector);
    if (!part) throw new Error(`<kj-progress> has no ${selector}`);
    return part;
  }

  #press(target: HTMLElement): void {
    if (target.matches('[data-export]'))
      saveFile('keys-and-joins-progress.json', 'application/json', exportProgress());
    else if (target.matches('[data-import]')) this.#part('[data-file]').click();
    else if (target.matches('[data-erase]')) this.#ask(true);
    else if (target.matches('[data-keep]')) this.#ask(false);
    else if (target.matches('[data-erase-now]')) {
      eraseProgress();
      eraseDrafts();
      this.#ask(false);
      this.#show('Everything is forgotten.');
    }
  }

  /** Erasing takes two presses; the focus stands on what keeps everything. */
  #ask(open: boolean): void {
    this.#part('[data-sure]').hidden = !open;
    this.#part('[data-erase]').hidden = open;
    this.#part(open ? '[data-keep]' : '[data-erase]').focus();
  }

  async #import(file: File): Promise<void> {
    const input = this.#part<HTMLInputElement>('[data-file]');
    const problem = this.#part('[data-problem]');
    problem.textContent = '';
    try {
      importProgress(await file.text());
      this.#show('Taken in.');
    } catch (error) {
      if (!(error instanceof ImportError)) throw error;
      problem.textContent = `${file.name} was not taken in. ${error.message}`;
    } finally {
      // The same file can be chosen again.
      input.value = '';
    }
  }

  #show(first = ''): void {
    const progress = readProgress();
    let [labs, ran, exercises, solved] = [0, 0, 0, 0];
    for (const chapter of this.querySelectorAll('.chapters > li')) {
      const items = [...chapter.querySelectorAll<HTMLElement>('[data-id]')];
      const done = items.filter((item) => mark(item, progress)).length;
      const count = chapter.querySelector('[data-count]');
      if (count) count.textContent = `${done} of ${items.length}`;
      for (const item of items) {
        const isDone = 'done' in item.dataset ? 1 : 0;
        if (item.dataset['kind'] === 'exercise')
          [exercises, solved] = [exercises + 1, solved + isDone];
        else [labs, ran] = [labs + 1, ran + isDone];
      }
    }
    this.#part('[data-sum]').textContent =
      `${first} ${ran} of ${labs} labs run, ${solved} of ${exercises} exercises solved.`.trim();
  }
}

/** Marks a lab or an exercise as done or not, in words too. */
function mark(item: HTMLElement, { labs, exercises }: Progress): boolean {
  const { id = '', kind } = item.dataset;
  const exercise = exercises[id];
  const done = kind === 'exercise' ? exercise?.solved !== undefined : id in labs;
  item.toggleAttribute('data-done', done);
  const say = item.querySelector('[data-say]');
  if (say) {
    const tried = exercise && exercise.checked > 0 ? 'tried' : 'exercise';
    say.textContent = kind === 'exercise' ? (done ? 'solved' : tried) : done ? 'run' : '';
  }
  return done;
}

customElements.define('kj-progress', ProgressElement);
