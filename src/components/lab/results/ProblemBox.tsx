/** Why a side cannot run, and what the reader can do about it. */
import type { Problem } from '../state.ts';

/** The problem, its cause, and a way on: a new start, or the recorded output. */
export function ProblemBox({ message, cause, restart }: Problem) {
  return (
    <div class="kj-problem-box">
      <p>
        <strong>{message}</strong>
      </p>
      {cause && <p class="kj-fact">Cause: {cause}</p>}
      {restart && (
        <button type="button" class="kj-quiet" data-restart>
          Restart the engine
        </button>
      )}
    </div>
  );
}
