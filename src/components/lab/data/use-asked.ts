/** Waits for an answer of an engine, and lets go of it when something else is asked meanwhile. */
import { useEffect, useState } from 'preact/hooks';

/** What was asked: the last answer stays while the next is waited for. */
export interface Asked<T> {
  value: T | undefined;
  waiting: boolean;
  error: string | undefined;
}

/**
 * Asks whenever `key` changes; an undefined key asks nothing. `onLost` is called when the states of the
 * run are gone, and must see to others.
 */
export function useAsked<T>(
  key: string | undefined,
  ask: () => Promise<T>,
  onLost: () => void,
): Asked<T> {
  const [asked, setAsked] = useState<Asked<T>>({
    value: undefined,
    waiting: true,
    error: undefined,
  });
  // The key says all that an answer depends on.
  useEffect(() => {
    if (key === undefined) {
      setAsked({ value: undefined, waiting: false, error: undefined });
      return;
    }
    let isCurrent = true;
    setAsked(({ value }) => ({ value, waiting: true, error: undefined }));
    ask().then(
      (value) => {
        if (isCurrent) setAsked({ value, waiting: false, error: undefined });
      },
      (reason: unknown) => {
        if (!isCurrent) return;
        const { name, message } = reason as Error;
        if (name === 'StateLostError' || name === 'EngineLostError') onLost();
        setAsked(({ value }) => ({ value, waiting: false, error: message }));
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [key]);
  return asked;
}
