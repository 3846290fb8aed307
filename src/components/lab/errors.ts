/** Which places of a run are in error, and which steps of a run that goes on have begun. */
import type {
  DynamoDBStep,
  LabRun,
  PostgresError,
  PostgresStep,
  ScriptError,
  Side,
  StepStatus,
} from '../../engine/lab/result.ts';

type SideStep = { dynamodb: DynamoDBStep } | { postgres: PostgresStep };

/** Steps whose errors are no mistake in the code: the lab declares them, or the run was ended. */
const NO_MISTAKE: ReadonlySet<StepStatus> = new Set(['expected-failure', 'stopped']);

/** A place that is to be marked, 1-based, and what is wrong there. */
export interface ErrorMark {
  line: number;
  column?: number;
  message: string;
}

/** The places in the file that are to be marked: those of errors that are a mistake in the code. */
export function errorMarks(run: LabRun, side: Side): ErrorMark[] {
  const errors: Array<ScriptError | PostgresError | undefined> = [run[side]?.error];
  if (side === 'dynamodb') {
    for (const step of run.dynamodb?.steps ?? []) {
      if (!NO_MISTAKE.has(step.status)) errors.push(step.error);
    }
  } else {
    for (const step of run.postgres?.steps ?? []) {
      if (NO_MISTAKE.has(step.status)) continue;
      for (const { error } of step.statements) errors.push(error);
    }
  }
  return errors.flatMap((error) => {
    // What stands in another file is said there.
    if (error?.line === undefined || ('file' in error && error.file !== undefined)) return [];
    const { line, column } = error;
    const message = 'name' in error ? `${error.name}: ${error.message}` : error.message;
    return { line, ...(column !== undefined && { column }), message };
  });
}

/** Whether a step of a run that goes on has anything to show. The runner calls all later ones skipped. */
export function begun(step: SideStep): boolean {
  if ('postgres' in step) {
    return step.postgres.status !== 'skipped' || step.postgres.statements.length > 0;
  }
  const { status, calls, console } = step.dynamodb;
  return status !== 'skipped' || calls.length > 0 || console.length > 0;
}

/** A step that has begun and not ended shows no ending yet. */
export function whileRunning(step: SideStep): SideStep {
  if ('postgres' in step) {
    const { status } = step.postgres;
    return { postgres: { ...step.postgres, status: status === 'skipped' ? 'ok' : status } };
  }
  const { status } = step.dynamodb;
  return { dynamodb: { ...step.dynamodb, status: status === 'skipped' ? 'ok' : status } };
}
