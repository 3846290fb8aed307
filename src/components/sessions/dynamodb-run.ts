/** Runs the DynamoDB side of a scenario in an order, on the page's engine. Loaded when it is asked for. */
import type { DynamoDBStep } from '../../engine/lab/result.ts';
import { stepBlocks } from '../../engine/lab/steps.ts';
import { programRequest } from '../../engine/sessions/dynamodb.ts';
import { type NamedScenario, stepsOf } from '../../engine/sessions/scenario.ts';
import { door } from '../lab/jobs.ts';
import { engineProblem } from '../lab/problems.ts';
import { inTurn } from '../lab/queue.ts';
import type { Choice } from './data.ts';

/** What a run in one order has come to. */
export type DynamoDBRun =
  | { state: 'busy'; says: string }
  | { state: 'ran'; order: string; steps: ReadonlyMap<string, RanStep>; all: DynamoDBStep[] }
  | { state: 'broken'; says: string };

/** What a step did, and on which line of the program it begins. */
export interface RanStep {
  step: DynamoDBStep;
  startLine: number;
}

/** Runs it, and tells how it goes. Says nothing more once `signal` is aborted. */
export async function runDynamoDB(
  scenario: NamedScenario,
  { level, order }: Choice,
  signal: AbortSignal,
  tell: (run: DynamoDBRun) => void,
): Promise<void> {
  const say = (run: DynamoDBRun) => {
    if (!signal.aborted) tell(run);
  };
  try {
    const { program } = scenario;
    const { world } = scenario.dynamodb;
    const request = programRequest(
      { program, ...(world && { world }) },
      stepsOf(scenario, level),
      order,
    );
    const result = await inTurn(
      async () => {
        say({ state: 'busy', says: 'Running.' });
        const { run } = await door();
        return run({
          ...request,
          signal,
          onProgress: ({ step }) =>
            say({ state: 'busy', says: step === 'ready' ? 'Running.' : 'DynamoDB is loading.' }),
        });
      },
      signal,
      () => say({ state: 'busy', says: 'Another run goes on; this one waits for its turn.' }),
    );
    const side = result?.dynamodb;
    if (!side) return;
    if (side.error) {
      say({ state: 'broken', says: `${side.error.name}: ${side.error.message}` });
      return;
    }
    const blocks = stepBlocks(request.sources.dynamodb ?? '', 'dynamodb');
    const steps = side.steps.map((step): [string, RanStep] => [
      step.name,
      { step, startLine: blocks.find(({ name }) => name === step.name)?.startLine ?? 1 },
    ]);
    say({ state: 'ran', order, steps: new Map(steps), all: side.steps });
  } catch (error) {
    const { message, cause } = engineProblem(error, 'dynamodb');
    say({ state: 'broken', says: [message, cause].filter(Boolean).join(' ') });
    console.error('The DynamoDB side could not run:', error);
  }
}
