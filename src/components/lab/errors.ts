/** Which places of a run are in error, and which steps of a run that goes on have begun. */
import type {
  LabRun,
  PostgresError,
  ScriptError,
  Side,
  StepStatus,
} from '../../engine/lab/result.ts';
import { type Panel, sidesOf } from './names.ts';
import type { SideStep } from './view.ts';

/** Steps whose errors are no mistake in the code: the lab declares them, or the run was ended. */
const NO_MISTAKE: ReadonlySet<StepStatus> = new Set(['expected-failure', 'stopped']);

/** A place that is to be marked, 1-based, and what is wrong there. */
export interface ErrorMark {
  line: number;
  column?: number;
  message: string;
}

/** The places in the file that are to be marked: those of errors that are a mistake in the code. */
export function errorMarks(run: LabRun, panel: Panel): ErrorMark[] {
  return sidesOf(panel).flatMap((side) => marksOf(run, side));
}

function marksOf(run: LabRun, side: Side): ErrorMark[] {
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
export function begun({ dynamodb, postgres }: SideStep): boolean {
  if (postgres && (postgres.status !== 'skipped' || postgres.statements.length > 0)) return true;
  if (!dynamodb) return false;
  const { status, calls, console } = dynamodb;
  return status !== 'skipped' || calls.length > 0 || console.length > 0;
}

/** A step that has begun and not ended shows no ending yet. */
export function whileRunning({ dynamodb, postgres }: SideStep): SideStep {
  const sofar = (status: StepStatus): StepStatus => (status === 'skipped' ? 'ok' : status);
  return {
    ...(dynamodb && { dynamodb: { ...dynamodb, status: sofar(dynamodb.status) } }),
    ...(postgres && { postgres: { ...postgres, status: sofar(postgres.status) } }),
  };
}
