/** Every state in words: the short one in a side's head, the sentence for the live region. */
import type { PartExplained } from '../../engine/lab/explain.ts';
import type { LabRun } from '../../engine/lab/result.ts';
import { dynamoDbCost, postgresCost } from './cost.ts';
import { count, type Panel, SIDE_NAMES, units } from './names.ts';
import { errorOf, type Progress, type Result, type SideState, stepsOf } from './state.ts';

/** A side's head after a run that the reader or the watchdog ended. */
export const STOPPED = 'stopped';

/** What stands in a side's head. */
export function shortly(state: SideState, side: Panel): string {
  switch (state.state) {
    case 'idle':
      return 'not run yet';
    case 'stored':
      return 'recorded output';
    case 'stale':
      return state.of.state === 'stored' ? 'edited, not run yet' : 'edited since this run';
    case 'queued':
      return 'waiting for another lab';
    case 'loading':
      return loading(state.progress);
    case 'running':
      return 'running';
    case 'ok':
      return partly(state.result, side) ?? 'ran here';
    case 'error':
      return ending(state.result, side);
    case 'dead':
      return state.problem.restart ? 'the engine stopped' : 'cannot run here';
  }
}

/** What the live region says when a side comes to this state; undefined where it is not worth a word. */
export function sentence(state: SideState, side: Panel): string | undefined {
  const { name } = SIDE_NAMES[side];
  switch (state.state) {
    case 'queued':
      return `${name} waits for another lab.`;
    case 'loading':
      return state.progress.step === 'download'
        ? `Loading ${state.progress.what ?? name}.`
        : undefined;
    case 'ok':
    case 'error':
      return `${name}: ${summary(state.result, side)}.`;
    case 'dead':
      return state.problem.message;
    default:
      return undefined;
  }
}

/** `3 steps ran, 1 failed as it should, 1 failed with 23514 (…), 8 write units`. */
export function summary({ run }: Result, side: Panel): string {
  const error = errorOf(run, side);
  if (error?.file) return `${error.file} failed, ${error.name}: ${error.message}`;
  if (error) return `the program did not start, ${error.name}: ${error.message}`;
  const steps = stepsOf(run, side);
  const of = (status: string) => steps.filter((step) => step.status === status).length;
  const failed = of('failed');
  const expected = of('expected-failure');
  const parts = [`${count(steps.length - of('skipped') - of('not-run'), 'step')} ran`];
  if (expected > 0) parts.push(`${expected} failed as ${expected === 1 ? 'it' : 'they'} should`);
  if (failed > 0) parts.push(`${failed} failed${failure(run, side)}`);
  if (of('unexpected-success') > 0) parts.push(`${of('unexpected-success')} should have failed`);
  if (of('stopped') > 0) parts.push('then it was stopped');
  if (of('skipped') > 0) parts.push(`${of('skipped')} skipped`);
  if (of('not-run') > 0) parts.push(`${of('not-run')} not asked for`);
  if (run.dynamodb && side !== 'postgres') {
    const { read, write } = dynamoDbCost(run.dynamodb.steps);
    if (read > 0) parts.push(`${units(read)} read ${read === 1 ? 'unit' : 'units'}`);
    if (write > 0) parts.push(`${units(write)} write ${write === 1 ? 'unit' : 'units'}`);
  }
  if (run.postgres && side !== 'dynamodb') {
    const { buffers, rowsReturned } = postgresCost(run.postgres.steps);
    parts.push(count(rowsReturned, 'row'), count(buffers, 'buffer'));
  }
  return parts.join(', ');
}

/** ` with 42601 (syntax error at or near "SELEC")`: what the first step that failed says of it. */
function failure(run: LabRun, side: Panel): string {
  if (side !== 'postgres') {
    const error = run.dynamodb?.steps.find(({ status }) => status === 'failed')?.error;
    if (error) return ` with ${error.name} (${error.message})`;
  }
  if (side === 'dynamodb') return '';
  const statements = run.postgres?.steps.find(({ status }) => status === 'failed')?.statements;
  const error = statements?.find((statement) => statement.error)?.error;
  return error ? ` with ${error.code ?? error.severity} (${error.message})` : '';
}

/** What the live region says of a text that was run alone. */
export function textSummary(run: LabRun, side: Panel): string {
  const error = errorOf(run, side);
  if (error) return error.message;
  const { asked = 0 } = (side === 'postgres' ? run.postgres : run.dynamodb) ?? {};
  const steps = side === 'postgres' ? [] : (run.dynamodb?.steps.slice(asked) ?? []);
  const thrown = steps.find((step) => step.error)?.error;
  if (thrown) return `${thrown.name}: ${thrown.message}`;
  const requests = steps.flatMap(({ calls }) => calls).length;
  if (side === 'dynamodb') return count(requests, 'request');
  const statements = run.postgres?.steps.slice(asked).flatMap((step) => step.statements) ?? [];
  const failed = statements.find((statement) => statement.error)?.error;
  if (failed) return `${failed.code ?? failed.severity}: ${failed.message}`;
  const answers = statements.map(({ tag, rowCount }) =>
    rowCount === undefined ? tag : count(rowCount, 'row'),
  );
  return [...(side === 'both' ? [count(requests, 'request')] : []), ...answers].join(', ');
}

/** What the live region says of statements that were explained. */
export function explainedSummary({ statements, error }: PartExplained): string {
  const told = statements.flatMap(({ explanation }) => {
    const { code, message } = explanation.error ?? {};
    // Of several, those that no plan can be made of are only shown.
    return explanation.sentence ?? (code || statements.length === 1 ? (message ?? []) : []);
  });
  const plans = statements.filter(({ explanation }) => explanation.cost).length;
  const parts = [`${count(plans, 'plan')}.`, ...told, error?.message];
  return parts.filter(Boolean).join(' ');
}

/** Of a run up to a step: how far it went. */
function partly({ run }: Result, side: Panel): string | undefined {
  const steps = stepsOf(run, side);
  const ran = steps.filter(({ status }) => status !== 'not-run').length;
  return ran < steps.length ? `ran ${ran} of ${count(steps.length, 'step')}` : undefined;
}

function ending(result: Result, side: Panel): string {
  if (errorOf(result.run, side)) return 'did not start';
  const statuses = stepsOf(result.run, side).map((step) => step.status);
  if (statuses.includes('stopped')) return STOPPED;
  if (statuses.includes('failed')) return 'failed';
  return 'not as it should be';
}

const MEGABYTE = 1_000_000;

function loading({ step, what, loaded, total }: Progress): string {
  if (step === 'compile') return 'compiling';
  if (step === 'restore') return 'restoring the data';
  if (loaded === undefined) return 'loading';
  const of = total === undefined ? '' : ` of ${(total / MEGABYTE).toFixed(1)}`;
  const name = what === undefined ? '' : `${what}, `;
  return `loading ${name}${(loaded / MEGABYTE).toFixed(1)}${of} MB`;
}
