/** What the tests of the dialects share: a program run on the emulator, and a command as its request. */
import { createDynamoDB } from '../../../.generated/dynamodb/engine.js';
import { readCommand } from '../../../src/engine/dialect/cli.ts';
import { shellCommands } from '../../../src/engine/dialect/shell.ts';
import { openDynamoDBSession } from '../../../src/engine/dynamodb-session.ts';
import type { Dialect } from '../../../src/engine/lab/dialects.ts';
import type { Engines } from '../../../src/engine/lab/engines.ts';
import type { Part } from '../../../src/engine/lab/part.ts';
import type { DynamoDBStep, ScriptError, SideRun } from '../../../src/engine/lab/result.ts';
import { type LabRequest, runLab } from '../../../src/engine/lab/run.ts';
import { shapes } from '../../../tools/engines/shapes.ts';

/** The emulator alone: a dialect asks for nothing else. */
const engines = {
  dynamodb: openDynamoDBSession(
    createDynamoDB,
    () => import('../../../.generated/dynamodb/inspect.js'),
  ),
  shapes,
} as Partial<Engines> as Engines;

/** Runs a program on Inkwell. */
export async function run(
  dialect: Dialect,
  source: string,
  {
    part,
    lab,
    signal,
  }: { part?: Part; lab?: Partial<LabRequest['lab']>; signal?: AbortSignal } = {},
): Promise<SideRun<DynamoDBStep>> {
  const { dynamodb } = await runLab(engines, {
    lab: { dataset: 'inkwell', expect: {}, ...lab },
    sides: ['dynamodb'],
    sources: { dynamodb: source },
    dialect,
    ...(part && { parts: { dynamodb: part } }),
    signal: signal ?? new AbortController().signal,
  });
  if (!dynamodb) throw new Error('nothing was run');
  return dynamodb;
}

/** The first command of a script as what it asks for. */
export async function command(source: string) {
  const known = await shapes();
  const [first] = shellCommands(source);
  if (!first) throw new Error('there is no command');
  return readCommand(first, source, known);
}

/** Why a script's first command is refused: `line:column message`. */
export async function refusal(source: string): Promise<string> {
  try {
    await command(source);
  } catch (error) {
    const { line, column, message } = error as ScriptError;
    return `${line}:${column} ${message}`;
  }
  return 'not refused';
}
