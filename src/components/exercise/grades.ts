/** Shows what the checks of an exercise said, and notes it. Loaded with the first check. */
import type { CheckResult } from '../../engine/lab/check.ts';
import { type ExerciseProgress, exerciseDid } from '../progress/store.ts';

/** The exercise whose rules stand in the page. */
export interface Graded {
  id: string;
  /** Its fingerprint: another one when task, starter or checks are others. */
  of: string;
}

/**
 * Fills the rules in with what the checks said and notes the attempt. Answers the sentence for the
 * live region.
 */
export function showGrades(
  rules: HTMLElement,
  { id, of }: Graded,
  results: readonly CheckResult[],
): string {
  for (const [index, rule] of [...rules.querySelectorAll<HTMLElement>('[data-rule]')].entries()) {
    const result = results[index];
    if (result) showGrade(rule, result);
  }
  const failed = results.filter(({ passed }) => !passed);
  const before = note(rules, { id, of }, failed.length === 0);
  const solved = rules.querySelector<HTMLElement>('[data-solved]');
  if (solved) {
    solved.hidden = failed.length > 0;
    solved.textContent = before ? 'Solved once more.' : 'Solved.';
  }
  if (failed.length === 0) return 'Solved: all checks passed.';
  const [first] = failed;
  const more = failed.length > 1 ? `, and ${failed.length - 1} more` : '';
  return `Not yet: ${first?.check.name}${more}.`;
}

/** The rules as they were before any check. */
export function clearGrades(rules: HTMLElement): void {
  for (const rule of rules.querySelectorAll<HTMLElement>('[data-rule]')) {
    delete rule.dataset['passed'];
    part(rule, '[data-grade]').textContent = 'not checked yet';
    part(rule, '[data-verdicts]').replaceChildren();
  }
  part(rules, '[data-solved]').hidden = true;
}

function showGrade(rule: HTMLElement, { passed, found, wanted }: CheckResult): void {
  rule.dataset['passed'] = String(passed);
  part(rule, '[data-grade]').textContent = passed ? 'passed' : 'failed';
  const list = document.createElement('dl');
  for (const [name, value] of [
    ['Expected', wanted],
    ['Got', found],
  ]) {
    if (passed || value === undefined) continue;
    const term = document.createElement('dt');
    term.textContent = name ?? '';
    const text = document.createElement('dd');
    text.textContent = value;
    list.append(term, text);
  }
  part(rule, '[data-verdicts]').replaceChildren(...(list.children.length > 0 ? [list] : []));
}

/** Notes an attempt. Answers whether the exercise had been solved before. */
function note(rules: HTMLElement, { id, of }: Graded, solved: boolean): boolean {
  let before = false;
  exerciseDid(id, (exercise: ExerciseProgress) => {
    const now = new Date().toISOString();
    before = exercise.solved !== undefined;
    exercise.checked += 1;
    exercise.hints = Math.max(exercise.hints, rules.querySelectorAll('[data-hint][open]').length);
    if (rules.querySelector('[data-solution-shown][open]')) exercise.shown ??= now;
    if (!solved) return;
    exercise.solved ??= now;
    exercise.of = of;
  });
  return before;
}

function part(root: HTMLElement, selector: string): HTMLElement {
  const found = root.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`an exercise's rule has no ${selector}`);
  return found;
}
