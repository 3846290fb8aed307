/** Steps that nobody has played yet: of a link, or of before a reload or a start. */

import { count } from '../../lab/names.ts';
import { Badge } from '../Board.tsx';
import type { Act } from './script.ts';

interface Props {
  left: readonly Act[];
  busy: boolean;
  fromLink: boolean;
  /** Absent when the page is built. */
  play?: ((how: 'all' | 'one') => void) | undefined;
  forget?: (() => void) | undefined;
}

/** What is left, with what can be done with it; nothing where nothing is left. */
export function Left({ left, busy, fromLink, play, forget }: Props) {
  if (left.length === 0) return null;
  const steps = left.length === 1 ? 'this step' : `these ${count(left.length, 'step')}`;
  const disabled = busy || undefined;
  return (
    <section class="kj-con-left" aria-label="Steps that are not played yet" data-left>
      <p>
        {fromLink
          ? 'These steps come from a link. They run only when you press Play.'
          : 'These steps are not played yet.'}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls it */}
      <ol tabIndex={0} aria-label="In this order">
        {left.map((act, index) => (
          <li key={index}>
            {act.kind === 'pass' ? (
              'time passes until a timeout'
            ) : (
              <>
                <Badge name={act.session} />{' '}
                {act.kind === 'send' ? <code>{act.sql}</code> : 'is cancelled'}
              </>
            )}
          </li>
        ))}
      </ol>
      <div class="kj-con-row">
        <button
          type="button"
          class="kj-quiet"
          data-play="all"
          aria-disabled={disabled}
          onClick={play && (() => play('all'))}
        >
          Play {steps}
        </button>
        <button
          type="button"
          class="kj-quiet"
          data-play="one"
          aria-disabled={disabled}
          onClick={play && (() => play('one'))}
        >
          Step by step
        </button>
        <button
          type="button"
          class="kj-quiet"
          data-forget
          aria-disabled={disabled}
          onClick={forget && (() => busy || forget())}
        >
          Leave them out
        </button>
      </div>
    </section>
  );
}
