/** What a lab has the engines do: one job at a time, in turn with the other labs of the page. */
import type { LoadProgress } from '../../engine/client.ts';
import { Controls } from './controls.ts';
import { engineProblem, withoutWebAssembly } from './problems.ts';
import { inTurn } from './queue.ts';
import type { LabSide } from './side.ts';
import { isWhole, type SideEvent } from './state.ts';

/** The engines' door, as `door` fetches it. */
export type Door = typeof import('../../engine/client.ts');

/** What is to be done with the engines for some sides of a lab. */
export interface Job<T> {
  sides: readonly LabSide[];
  /** The button of a step that asked for it. */
  button?: HTMLElement | undefined;
  /** Whether the result goes under the steps, as those of a run do. */
  inSteps: boolean;
  work(door: Door, able: readonly LabSide[], turn: Turn): Promise<T>;
  /** It has come to its end. */
  done(value: T, able: readonly LabSide[]): void;
}

/** What a job is given of its turn. */
export interface Turn {
  signal: AbortSignal;
  /** False when a reset went over it: then what it answers is nobody's. */
  isCurrent(): boolean;
  onProgress(progress: LoadProgress): void;
}

/** What jobs need of the lab. */
interface Lab {
  dispatch(sides: readonly LabSide[], event: (side: LabSide) => SideEvent): void;
  say(text: string): void;
}

/** The jobs of one lab. */
export class Jobs {
  readonly controls: Controls;
  readonly #lab: Lab;
  #abort: AbortController | undefined;

  constructor(root: HTMLElement, lab: Lab) {
    this.controls = new Controls(root);
    this.#lab = lab;
  }

  get busy(): boolean {
    return this.#abort !== undefined;
  }

  /** Ends what goes on; it answers what it has. */
  stop(): void {
    this.#abort?.abort();
  }

  /** Ends what goes on; what it answers is nobody's. */
  drop(): void {
    this.stop();
    this.#abort = undefined;
    this.controls.end();
  }

  /** Does a job when its turn comes. Whatever happens, the sides say so. */
  async do<T>({ sides, button, inSteps, work, done }: Job<T>): Promise<void> {
    const { dispatch, say } = this.#lab;
    const able = sides.filter((side) => {
      const problem = withoutWebAssembly(side.sides);
      if (problem) dispatch([side], () => ({ type: 'fail', problem }));
      return !problem;
    });
    if (able.length === 0) return;
    if (!inSteps) for (const side of able) side.scope = 0;
    const abort = new AbortController();
    this.#abort = abort;
    this.controls.begin(button);
    const queue = () => dispatch(able, () => ({ type: 'queue' }));
    const task = async () => {
      dispatch(able, () => ({ type: 'start' }));
      say('Running.');
      return { value: await work(await door(), able, this.#turn(able, abort)) };
    };
    try {
      const answer = await inTurn(task, abort.signal, queue);
      if (!this.#ended(abort)) return;
      if (!answer || !inSteps) dispatch(able, ({ texts }) => ({ type: 'cancel', texts }));
      if (answer) done(answer.value, able);
      else say('Stopped before it began.');
    } catch (error) {
      if (!this.#ended(abort)) return;
      // One engine's failure takes nothing from the side that had come to its end.
      dispatch(able, ({ panel, state, texts }) => {
        const result = state.state === 'running' ? state.result : undefined;
        return result && isWhole(result, panel)
          ? { type: 'finish', result, texts }
          : { type: 'fail', problem: engineProblem(error, panel) };
      });
    }
  }

  #turn(able: readonly LabSide[], abort: AbortController): Turn {
    const isCurrent = () => this.#abort === abort;
    return {
      signal: abort.signal,
      isCurrent,
      onProgress: ({ engine, ...progress }) => {
        if (!isCurrent()) return;
        const of = engine === 'postgres' ? 'postgres' : 'dynamodb';
        const loading = able.filter(({ sides }) => sides.includes(of));
        this.#lab.dispatch(loading, () => ({ type: 'progress', progress }));
      },
    };
  }

  /** A job has ended. Answers false when a reset went over it. */
  #ended(abort: AbortController): boolean {
    if (this.#abort !== abort) return false;
    this.#abort = undefined;
    this.controls.end();
    return true;
  }
}

/** The engines' door, fetched once. A failed fetch is tried again by the next call. */
export function door(): Promise<Door> {
  return import('../../engine/client.ts');
}
