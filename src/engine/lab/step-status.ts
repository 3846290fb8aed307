/** How a step ended, and which step of the lab it is. */
import type { Cut } from './part.ts';
import type { ScriptError, StepStatus } from './result.ts';

/** The lab's name of a step: a text has none of its own, and stands in one that has. */
export function nameInLab(name = '', index: number, text: Cut<unknown>['text']): string {
  return text && index >= text.asked ? text.within : name;
}

/** A step's status from the errors that it met: each code counts once, in order. */
export function grade(
  met: readonly string[],
  declared: string[] | undefined,
  strict: boolean,
): StepStatus {
  const codes = [...new Set(met)];
  if (codes.length === 0) return declared && strict ? 'unexpected-success' : 'ok';
  return sameCodes(codes, declared) ? 'expected-failure' : 'failed';
}

/**
 * Whether a failure that is declared must come. In an exercise it may, and what was cut out of a
 * step need not hold what fails.
 */
export const mustFail = (lab: { exercise?: unknown }, text: Cut<unknown>['text']): boolean =>
  !lab.exercise && !text;

/** Whether a step failed with exactly what the lab declares, in this order. */
export const sameCodes = (seen: readonly string[], declared: string[] | undefined): boolean =>
  declared !== undefined &&
  seen.length === declared.length &&
  seen.every((code, index) => code === declared[index]);

/** An error of the parsers, as the result shows it. */
export function scriptError(error: unknown): ScriptError {
  const { name, message, line, column } = error as ScriptError;
  return {
    name,
    message,
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
  };
}
