/** Stop, at the moment when a step has just failed as it should. */
import { expect, test } from 'vitest';
import { createDynamoDB } from '../../../.generated/dynamodb/engine.js';
import { openDynamoDBSession } from '../../../src/engine/dynamodb-session.ts';
import type { Engines } from '../../../src/engine/lab/engines.ts';
import { runLab } from '../../../src/engine/lab/run.ts';
import { openScriptHost } from '../../../tools/engines/script.ts';

const PROGRAM = `// step: Fails, as it should
const refused = new Error('refused');
refused.name = 'Refused';
throw refused;
// step: Never ends
while (true) {}
`;

test('what was stopped is the step behind it, and the failure stays what it was', async () => {
  const stop = new AbortController();
  const host = openScriptHost();
  const engines = {
    dynamodb: openDynamoDBSession(
      createDynamoDB,
      () => import('../../../.generated/dynamodb/inspect.js'),
    ),
    script: {
      run: (script, events, signal) =>
        host.run(
          script,
          {
            ...events,
            failed(step, error) {
              const goesOn = events.failed(step, error);
              stop.abort();
              return goesOn;
            },
          },
          signal,
        ),
    },
  } satisfies Partial<Engines> as Partial<Engines> as Engines;
  const { dynamodb } = await runLab(engines, {
    lab: { dataset: 'empty', expect: { 'Fails, as it should': { dynamodb: ['Refused'] } } },
    sides: ['dynamodb'],
    sources: { dynamodb: PROGRAM },
    signal: stop.signal,
  });
  expect(dynamodb?.steps.map(({ status }) => status)).toEqual(['expected-failure', 'stopped']);
});
