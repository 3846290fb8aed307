/** Opens all engines in Node, as labs need them: for the command line and for tests. */
import { createDynamoDB } from '../../.generated/dynamodb/engine.js';
import { openDynamoDBSession } from '../../src/engine/dynamodb-session.ts';
import type {
  Engines,
  InspectableDynamoDB,
  InspectablePostgres,
} from '../../src/engine/lab/engines.ts';
import { openPostgres } from './postgres.ts';
import { openScriptHost } from './script.ts';
import { shapes } from './shapes.ts';

/** Engines that must be closed. */
export interface OpenEngines extends Engines {
  dynamodb: InspectableDynamoDB;
  postgres: InspectablePostgres;
  close(): Promise<void>;
}

/** Opens both engines and the script host. The assets must be there: `ensureAssets()` sees to it. */
export async function openEngines(): Promise<OpenEngines> {
  const postgres = await openPostgres();
  return {
    dynamodb: openDynamoDBSession(
      createDynamoDB,
      () => import('../../.generated/dynamodb/inspect.js'),
    ),
    postgres,
    script: openScriptHost(),
    shapes,
    close: () => postgres.close(),
  };
}
