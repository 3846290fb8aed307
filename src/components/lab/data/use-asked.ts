/** Waits for an answer of an engine, and lets go of it when something else is asked meanwhile. */
import { useEffect, useState } from 'preact/hooks';

/** What was asked: the last answer stays while the next is waited for. */
export interface Asked<T> {
  value: T | undefined;
  waiting: boolean;
  error: string | undefined;
}

/** What came last, and of which key. */
interface Answer<T> {
  of: string | undefined;
  value: T | undefined;
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
  const [answer, setAnswer] = useState<Answer<T>>({
    of: undefined,
    value: undefined,
    error: undefined,
  });
  // The key says all that an answer depends on.
  useEffect(() => {
    if (key === undefined) {
      setAnswer({ of: undefined, value: undefined, error: undefined });
      return;
    }
    let isCurrent = true;
    ask().then(
      (value) => {
        if (isCurrent) setAnswer({ of: key, value, error: undefined });
      },
      (reason: unknown) => {
        if (!isCurrent) return;
        const { name, message } = reason as Error;
        if (name === 'StateLostError' || name === 'EngineLostError') onLost();
        setAnswer(({ value }) => ({ of: key, value, error: message }));
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [key]);
  // At once with another key, so that nobody takes the last answer for that of the new question.
  const waiting = answer.of !== key;
  return { value: answer.value, waiting, error: waiting ? undefined : answer.error };
}
