/** The DynamoDB side of a scenario: one program for all clients, whose steps are put into an order. */
import type { LabRequest } from '../lab/run.ts';
import { joinBlocks, type StepBlock, stepBlocks } from '../lab/steps.ts';
import { inOrder } from './orders.ts';
import { type PlayStep, SESSION_NAMES, type SessionName, type StepId } from './play.ts';

/** The marker of the block that makes the tables and their items. */
export const SET_UP = 'set-up';

/** dynamodb.ts does not fit its scenario; the message names the marker and the way to put it right. */
export class ProgramError extends Error {
  override readonly name = 'ProgramError';
}

/** The parts of a scenario's dynamodb.ts. */
export interface ProgramBlocks {
  /** Imports, clients, constants: what stands before the first marker. */
  head: StepBlock | undefined;
  setUp: StepBlock | undefined;
  /** The steps that have a counterpart on DynamoDB. */
  steps: ReadonlyMap<StepId, StepBlock>;
}

const STEP = /^[ABC][1-9]\d?$/;

/**
 * Cuts dynamodb.ts at its markers: `// step: set-up`, then `// step: A2` for a step of the scenario.
 * @throws {ProgramError} for a marker that is neither, that stands twice, or out of its session's order.
 */
export function programBlocks(program: string, steps: readonly PlayStep[]): ProgramBlocks {
  const ids = new Set<string>(steps.map(({ id }) => id));
  const found = new Map<StepId, StepBlock>();
  const last = new Map<SessionName, number>();
  let head: StepBlock | undefined;
  let setUp: StepBlock | undefined;
  for (const block of stepBlocks(program, 'dynamodb')) {
    const { name } = block;
    if (name === '') head = block;
    else if (name === SET_UP && setUp === undefined && found.size === 0) setUp = block;
    else if (!STEP.test(name) || !ids.has(name)) {
      throw new ProgramError(
        `"// step: ${name}": a marker is "${SET_UP}", first and once, or a step of the scenario: ${[...ids].join(', ')}.`,
      );
    } else {
      const session = name[0] as SessionName;
      const place = Number(name.slice(1));
      if (place <= (last.get(session) ?? 0)) {
        throw new ProgramError(`"// step: ${name}" stands behind a later step of ${session}.`);
      }
      last.set(session, place);
      found.set(name as StepId, block);
    }
  }
  return { head, setUp, steps: found };
}

/**
 * The program with its steps in an order; steps without a counterpart are left out of it.
 * @throws {ProgramError} as `programBlocks`, and {OrderError} as `inOrder`.
 */
export function composeProgram(program: string, steps: readonly PlayStep[], order: string): string {
  const { head, setUp, steps: blocks } = programBlocks(program, steps);
  const sent = inOrder(steps, order).flatMap(({ id }) => blocks.get(id) ?? []);
  return joinBlocks(
    [head, setUp, ...sent].filter((block) => block !== undefined),
    'dynamodb',
  ).source;
}

/**
 * What to run, of the lab runner, for a scenario's DynamoDB side in an order: on empty tables, and on
 * after an error, as each step is another client's or another try. The result's steps are named by
 * `SET_UP` and step ids.
 * @throws {ProgramError} and {OrderError} as `composeProgram`.
 */
export function programRequest(
  { program, world }: { program: string; world?: LabRequest['lab']['world'] },
  steps: readonly PlayStep[],
  order: string,
): Pick<LabRequest, 'lab' | 'sides' | 'sources' | 'goOn'> {
  return {
    lab: { dataset: 'empty', expect: {}, ...(world && { world }) },
    sides: ['dynamodb'],
    sources: { dynamodb: composeProgram(program, steps, order) },
    goOn: true,
  };
}

/** Whether a step's name is one of a session's, and not the set-up's. */
export function isStep(name: string): name is StepId {
  return STEP.test(name) && (SESSION_NAMES as readonly string[]).includes(name.charAt(0));
}
