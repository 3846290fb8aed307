/** Plays what is shown live, in this browser, and says whether it comes out as recorded. */
import type { LivePlay } from './use-live.ts';

interface Props {
  live: LivePlay | undefined;
  /** How many sessions there are, in words. */
  sessions: 'two' | 'three';
  /** Absent when the page is built. */
  start?: (() => void) | undefined;
  /** The reader is about to press it. */
  warm?: (() => void) | undefined;
}

/** A line with a button, and what came of it. */
export function LiveCheck({ live, sessions, start, warm }: Props) {
  const busy = live?.state === 'busy';
  return (
    <div class="kj-ses-live" data-live-state={live?.state}>
      <button
        type="button"
        class="kj-quiet"
        data-play-live
        aria-disabled={busy || undefined}
        onPointerOver={warm}
        onFocus={warm}
        onClick={start && (() => busy || start())}
      >
        Play it live
      </button>
      <div role="status" data-live-says>
        {live ? (
          <Says live={live} />
        ) : (
          `In ${sessions} sessions of the PostgreSQL in this browser, to compare with the recording.`
        )}
      </div>
    </div>
  );
}

function Says({ live }: { live: LivePlay }) {
  if (live.state === 'busy') return <>{live.says}</>;
  if (live.state === 'agrees') {
    return <>✓ Played just now: the same answers, waits and final state as recorded.</>;
  }
  if (live.state === 'refused') return <>{live.says} What is shown is the recording.</>;
  return (
    <>
      <p>✕ Played just now, and not as recorded. What is shown is the recording.</p>
      <ul>
        {live.differences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </>
  );
}
