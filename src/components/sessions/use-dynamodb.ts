/** The DynamoDB side's runs: the first when it is asked for, then one for each order that is shown. */
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { NamedScenario } from '../../engine/sessions/scenario.ts';
import { door } from '../lab/jobs.ts';
import type { Choice } from './data.ts';
import type { DynamoDBRun } from './dynamodb-run.ts';

/** What DynamoDB's side shows, and what its button does. */
export interface DynamoDBControl {
  run: DynamoDBRun | undefined;
  start(): void;
  warm(): void;
}

/** Runs it when `start` is called, and from then on whenever another order is chosen. */
export function useDynamoDB(scenario: NamedScenario, choice: Choice): DynamoDBControl {
  const [run, setRun] = useState<DynamoDBRun>();
  const [asked, ask] = useState(0);
  const { order } = choice;
  useEffect(() => {
    if (asked === 0) return undefined;
    const abort = new AbortController();
    setRun({ state: 'busy', says: 'Running.' });
    import('./dynamodb-run.ts')
      .then(({ runDynamoDB }) => runDynamoDB(scenario, choice, abort.signal, setRun))
      .catch((error: unknown) => {
        setRun({ state: 'broken', says: 'What runs it could not be loaded. Try again.' });
        console.error('The DynamoDB side could not be loaded:', error);
      });
    return () => abort.abort();
  }, [asked, order]);
  const start = useCallback(() => ask((times) => times + 1), []);
  return { run, start, warm };
}

/** Starts the engine on a sign that the reader is about to run it; a failure is told by the run. */
function warm(): void {
  door().then(
    (engines) => engines.warm(['dynamodb'], 'empty'),
    () => {},
  );
}
