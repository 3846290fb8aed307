/** `<kj-paths>`: says at each stop of the learning paths what the reader has done of it. */
import { onProgress, type Progress, readProgress } from '../progress/store.ts';

class PathsElement extends HTMLElement {
  #stop = () => {};

  connectedCallback(): void {
    this.#show();
    this.#stop = onProgress(() => this.#show());
  }

  disconnectedCallback(): void {
    this.#stop();
  }

  #show(): void {
    const progress = readProgress();
    for (const path of this.querySelectorAll('[data-path]')) {
      const stops = [...path.querySelectorAll<HTMLElement>('[data-stop]')];
      const [done, all] = stops.map((stop) => mark(stop, progress)).reduce(added, [0, 0]);
      const sum = path.querySelector('[data-sum]');
      if (sum) sum.textContent = done > 0 ? ` · ${done} of ${all} labs and exercises done` : '';
    }
  }
}

type Count = [done: number, all: number];

const added = (a: Count, b: Count): Count => [a[0] + b[0], a[1] + b[1]];

/** Marks a stop as done when all of it is, and says in words what is. */
function mark(stop: HTMLElement, progress: Progress): Count {
  const idsOf = (name: string) => (stop.dataset[name] ?? '').split(' ').filter(Boolean);
  const [labs, exercises] = [idsOf('labs'), idsOf('exercises')];
  const ran = labs.filter((id) => id in progress.labs).length;
  const solved = exercises.filter((id) => progress.exercises[id]?.solved !== undefined).length;
  const [done, all] = [ran + solved, labs.length + exercises.length];
  stop.toggleAttribute('data-done', all > 0 && done === all);
  const say = stop.querySelector('[data-say]');
  const words = [
    labs.length > 0 && `${ran} of ${labs.length} ${labs.length === 1 ? 'lab' : 'labs'} run`,
    exercises.length > 0 &&
      `${solved} of ${exercises.length} ${exercises.length === 1 ? 'exercise' : 'exercises'} solved`,
  ];
  if (say) say.textContent = done > 0 ? words.filter(Boolean).join(', ') : '';
  return [done, all];
}

customElements.define('kj-paths', PathsElement);
