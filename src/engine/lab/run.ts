/** Runs a lab: both programs step by step on their engines. The same code in the page, in tests and in the CLI. */
import type { CompiledScript, Engines } from './engines.ts';
import { EngineLostError } from './engines.ts';
import {
  type DynamoDBStep,
  type LabRun,
  type PostgresError,
  type PostgresStep,
  type ScriptError,
  type Side,
  type SideRun,
  type StatementResult,
  type StepStatus,
  withMore,
} from './result.ts';
import type { LabMeta } from './schema.ts';
import { shorten } from './shorten.ts';
import { switchesOf } from './world.ts';

/** How often a run is told while it goes on. */
const TELL_EVERY_MS = 60;

/** What to run. */
export interface LabRequest {
  lab: Pick<LabMeta, 'dataset' | 'expect' | 'world'> &
    Partial<Pick<LabMeta, 'extensions'>> & { exercise?: unknown };
  sides: readonly Side[];
  /** The programs as they are now, the reader's edits included. */
  sources: { dynamodb?: string; postgres?: string };
  signal: AbortSignal;
  /** The run so far, a few times a second while it changes. Every call gets a value of its own. */
  onRun?(run: LabRun): void;
}

/**
 * Runs the asked sides at once, each from its dataset's snapshot.
 * A learner's error is part of the result; only an engine that cannot start rejects.
 */
export async function runLab(engines: Engines, request: LabRequest): Promise<LabRun> {
  const run: LabRun = {};
  let due: ReturnType<typeof setTimeout> | undefined;
  // A program may make thousands of requests: telling each would copy the run as often.
  const tell = () => {
    if (!request.onRun) return;
    due ??= setTimeout(() => {
      due = undefined;
      request.onRun?.(structuredClone(run));
    }, TELL_EVERY_MS);
  };
  const runs: Promise<void>[] = [];
  if (request.sides.includes('dynamodb')) {
    run.dynamodb = { steps: [] };
    runs.push(runDynamoDB(engines, request, run.dynamodb, tell));
  }
  if (request.sides.includes('postgres')) {
    run.postgres = { steps: [] };
    runs.push(runPostgres(engines, request, run.postgres, tell));
  }
  // Both sides end before a failure of one is told, so that no engine is left running.
  const ends = await Promise.allSettled(runs);
  clearTimeout(due);
  for (const end of ends) {
    if (end.status === 'fulfilled') continue;
    request.onRun?.(run);
    throw end.reason;
  }
  return run;
}

async function runDynamoDB(
  engines: Engines,
  { lab, sources, signal }: LabRequest,
  side: SideRun<DynamoDBStep>,
  tell: () => void,
): Promise<void> {
  let script: CompiledScript;
  try {
    const { compileScript } = await import('../script/compile.ts');
    script = compileScript(sources.dynamodb ?? '');
  } catch (error) {
    side.error = scriptError(error);
    tell();
    return;
  }
  side.steps = script.steps.map(({ name }) => ({
    name,
    status: 'skipped',
    calls: [],
    console: [],
  }));
  const { world } = lab;
  await engines.dynamodb.reset(lab.dataset, world && switchesOf(world));
  let current = -1;
  /** The clock of the step that is running has been set; its requests wait for that. */
  let onTime: Promise<void> | undefined;
  const setClock = async (step: DynamoDBStep, milliseconds: number) => {
    const events = await engines.dynamodb.advance(milliseconds);
    if (events.length > 0) step.world = events;
    tell();
  };
  const declared = (step: number) => lab.expect[side.steps[step]?.name ?? '']?.dynamodb;
  /** The step that was running has ended: without an error, unless `failed` said otherwise. */
  const close = (status?: StepStatus) => {
    const step = side.steps[current];
    if (step && step.status === 'skipped') {
      step.status = status ?? withoutError(lab, declared(current));
    }
  };
  const end = await engines.script.run(
    script,
    {
      step(index) {
        close();
        current = index;
        const step = side.steps[index] as DynamoDBStep;
        const advance = world?.advance[step.name];
        // A failure is the next request's, which then waits for it in vain.
        if (advance !== undefined) onTime = setClock(step, advance);
        onTime?.catch(() => undefined);
        tell();
      },
      async call(index, operation, request, region) {
        await onTime;
        const answer = await engines.dynamodb.handle(operation, request, region);
        const { status, body, metering, world: events } = answer;
        side.steps[index]?.calls.push(
          shorten({
            operation,
            ...(world?.regions && region !== undefined && { region }),
            request,
            status,
            response: body,
            metering,
            ...(events && { world: events }),
          }),
        );
        tell();
        return { status, body };
      },
      console(index, line) {
        side.steps[index]?.console.push(line);
        tell();
      },
      failed(index, error) {
        const step = side.steps[index];
        if (!step) return false;
        const expected = sameCodes([error.name], declared(index));
        step.error = shorten(error);
        step.status = expected ? 'expected-failure' : 'failed';
        tell();
        return expected;
      },
    },
    signal,
  );
  if (end.end === 'done') {
    if (side.steps.every((step) => step.status !== 'failed')) close();
  } else {
    close('stopped');
    const step = side.steps[Math.max(current, 0)];
    if (step && end.end === 'killed') step.error = { name: 'Stopped', message: end.reason };
    if (step && step.status === 'skipped') step.status = 'stopped';
  }
  tell();
}

async function runPostgres(
  engines: Engines,
  { lab, sources, signal }: LabRequest,
  side: SideRun<PostgresStep>,
  tell: () => void,
): Promise<void> {
  const { parseSteps } = await import('../postgres/split.ts');
  let parsed: ReturnType<typeof parseSteps>;
  try {
    parsed = parseSteps(sources.postgres ?? '');
  } catch (error) {
    side.error = scriptError(error);
    tell();
    return;
  }
  side.steps = parsed.steps.map(({ name }) => ({ name, status: 'skipped', statements: [] }));
  try {
    await engines.postgres.reset(lab.dataset, { extensions: lab.extensions ?? [] });
  } catch (error) {
    if (!(error instanceof EngineLostError && signal.aborted)) throw error;
    const first = side.steps[0];
    if (first) first.status = 'stopped';
    tell();
    return;
  }
  for (const [index, { name, statements }] of parsed.steps.entries()) {
    const step = side.steps[index] as PostgresStep;
    for (const statement of statements) {
      const stopped = await runStatement(engines, statement, signal);
      // The statement's text is the reader's own and stays whole.
      step.statements.push({ ...shorten(stopped.result), sql: statement.text });
      if (stopped.lost) {
        step.status = 'stopped';
        tell();
        return;
      }
      tell();
    }
    step.status = grade(lab, step, lab.expect[name]?.postgres);
    tell();
  }
}

async function runStatement(
  engines: Engines,
  statement: Parameters<Engines['postgres']['run']>[0],
  signal: AbortSignal,
): Promise<{ result: StatementResult; lost: boolean }> {
  const ended = (error: PostgresError) => ({
    result: { sql: statement.text, line: statement.line, tag: '', notices: [], error },
    lost: true,
  });
  if (signal.aborted)
    return ended({ severity: 'STOPPED', message: 'Not sent: the run was stopped.' });
  try {
    return { result: await engines.postgres.run(statement), lost: false };
  } catch (error) {
    if (!(error instanceof EngineLostError)) throw error;
    return ended({ severity: 'STOPPED', message: error.message, line: statement.line });
  }
}

/** A step's status from the distinct SQLSTATEs that it met, in order. */
function grade(
  lab: LabRequest['lab'],
  step: PostgresStep,
  declared: string[] | undefined,
): StepStatus {
  const codes = [
    ...new Set(
      step.statements
        .flatMap(withMore)
        .flatMap(({ error }) => (error ? [error.code ?? error.severity] : [])),
    ),
  ];
  if (codes.length === 0) return withoutError(lab, declared);
  return sameCodes(codes, declared) ? 'expected-failure' : 'failed';
}

/** What a step is that met no error. In an exercise it may do so: what it declares is what may come. */
const withoutError = (lab: LabRequest['lab'], declared: string[] | undefined): StepStatus =>
  declared === undefined || lab.exercise ? 'ok' : 'unexpected-success';

const sameCodes = (seen: string[], declared: string[] | undefined) =>
  declared !== undefined &&
  seen.length === declared.length &&
  seen.every((code, index) => code === declared[index]);

/** An error of the parsers, as the result shows it. */
function scriptError(error: unknown): ScriptError {
  const { name, message, line, column } = error as ScriptError;
  return {
    name,
    message,
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
  };
}
