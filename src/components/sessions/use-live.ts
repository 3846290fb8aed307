/** Plays what is shown on the live engine, and compares. The engine is loaded when it is asked for. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Play } from '../../engine/sessions/play.ts';
import { proofRequest } from '../../engine/sessions/prove.ts';
import type { NamedScenario } from '../../engine/sessions/scenario.ts';
import type { Choice } from './data.ts';
import { differences } from './live-compare.ts';

/** What came of playing live what is shown. */
export type LivePlay =
  | { state: 'busy'; says: string }
  | { state: 'agrees' }
  | { state: 'differs'; differences: string[] }
  /** The live engine cannot play it, or cannot work here. */
  | { state: 'refused'; says: string };

/** What the live engine's button shows and does. */
export interface LiveControl {
  live: LivePlay | undefined;
  start(): void;
  warm(): void;
}

/** Nothing is said of another order or level: then it has to be asked for again. */
export function useLive(scenario: NamedScenario, choice: Choice, recorded: Play): LiveControl {
  const [live, setLive] = useState<LivePlay>();
  /** The play whose outcome is waited for; one of an earlier choice is nobody's. */
  const asked = useRef<symbol>();
  useEffect(
    () => () => {
      asked.current = undefined;
      setLive(undefined);
    },
    [choice],
  );
  const start = useCallback(() => {
    const mine = Symbol();
    asked.current = mine;
    const tell = (now: LivePlay) => {
      if (asked.current === mine) setLive(now);
    };
    tell({ state: 'busy', says: 'PostgreSQL is loading.' });
    playOnce(scenario, choice, (says) => tell({ state: 'busy', says }))
      .then((play) => {
        const found = differences(recorded, play);
        tell(found.length === 0 ? { state: 'agrees' } : { state: 'differs', differences: found });
      })
      .catch((error: unknown) => {
        tell({ state: 'refused', says: error instanceof Error ? error.message : String(error) });
        console.warn('The order could not be played live:', error);
      });
  }, [scenario, choice, recorded]);
  return { live, start, warm };
}

async function playOnce(
  scenario: NamedScenario,
  choice: Choice,
  tell: (says: string) => void,
): Promise<Play> {
  const { playLive } = await import('../../engine/postgres/sessions/client.ts');
  return playLive(proofRequest(scenario, choice), {
    onProgress: ({ step }) => tell(step === 'ready' ? 'Playing.' : 'PostgreSQL is loading.'),
    onEvent: ({ step }) => tell(`Playing: ${step}.`),
  });
}

/** Starts the sessions on a sign that the reader is about to play; a failure is told by the play. */
function warm(): void {
  import('../../engine/postgres/sessions/client.ts').then(
    (client) => client.warm(),
    () => {},
  );
}
