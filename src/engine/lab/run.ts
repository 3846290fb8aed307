/** Runs a lab: both programs step by step on their engines. The same code in the page, in tests and in the CLI. */
import { callOf } from './call.ts';
import type { Dialect } from './dialects.ts';
import type { CompiledScript, Engines, Kept } from './engines.ts';
import { EngineLostError } from './engines.ts';
import { type FirstFile, firstFails } from './first-files.ts';
import type { Cut, Part } from './part.ts';
import {
  type DynamoDBStep,
  type LabRun,
  type PostgresError,
  type PostgresStep,
  type Side,
  type SideRun,
  type StatementResult,
  withMore,
} from './result.ts';
import type { LabMeta } from './schema.ts';
import { shorten } from './shorten.ts';
import { grade, mustFail, nameInLab, sameCodes, scriptError } from './step-status.ts';
import { switchesOf } from './switches.ts';

/** How often a run is told while it goes on. */
const TELL_EVERY_MS = 60;

/** What to run. */
export interface LabRequest {
  lab: Pick<LabMeta, 'dataset' | 'expect' | 'world'> &
    Partial<Pick<LabMeta, 'extensions'>> & {
      exercise?: unknown;
      /** Whether what stands as DynamoDB's program is one for both databases; then both sides run. */
      main?: boolean;
      /** What runs before the programs, of a workspace with files of its own. */
      first?: Partial<Record<Side, readonly FirstFile[]>>;
      /** What a side goes on from; then the files that run first have done so already. */
      kept?: Partial<Record<Side, Kept>>;
    };
  sides: readonly Side[];
  /** The programs as they are now, the reader's edits included. */
  sources: { dynamodb?: string; postgres?: string };
  /** In what DynamoDB's program is written, where it is not for the SDK. */
  dialect?: Dialect | undefined;
  /** What of them; a side without a part runs to its end. */
  parts?: { dynamodb?: Part; postgres?: Part };
  /** Whether a program for DynamoDB goes on with its next step after any error, as psql does. */
  goOn?: boolean;
  signal: AbortSignal;
  /** The run so far, a few times a second while it changes. Every call gets a value of its own. */
  onRun?(run: LabRun): void;
  /** A side has come to a state: 0 is the dataset, k the end of its k-th step. The side waits. */
  onState?(side: Side, state: number): Promise<void>;
}

/**
 * Runs the asked sides at once, each from its dataset's snapshot.
 * A learner's error is part of the result; only an engine that cannot start rejects.
 */
export async function runLab(engines: Engines, request: LabRequest): Promise<LabRun> {
  const run: LabRun = {};
  let due: ReturnType<typeof setTimeout> | undefined;
  // A program may make thousands of requests: telling each would have the page drawn as often.
  const tell = () => {
    if (!request.onRun) return;
    due ??= setTimeout(() => {
      due = undefined;
      request.onRun?.(soFar(run));
    }, TELL_EVERY_MS);
  };
  const runs: Promise<void>[] = [];
  const inOne = async () => {
    const { runMain } = await import('./run-main.ts');
    await runMain(engines, request, run, tell);
  };
  if (request.lab.main) runs.push(inOne());
  else if (request.sides.includes('dynamodb')) {
    run.dynamodb = { steps: [] };
    const { dialect } = request;
    const inDialect = async (side: SideRun<DynamoDBStep>, name: Dialect) => {
      const { runDialect } = await import('./run-dialect.ts');
      await runDialect(engines, { ...request, dialect: name }, side, tell);
    };
    runs.push(
      dialect
        ? inDialect(run.dynamodb, dialect)
        : runDynamoDB(engines, request, run.dynamodb, tell),
    );
  }
  if (!request.lab.main && request.sides.includes('postgres')) {
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

/**
 * The run as it is now, whatever becomes of it: what is in its lists is never changed again, so the
 * lists are copied and not what is in them.
 */
function soFar({ dynamodb, postgres }: LabRun): LabRun {
  const copy: LabRun = {};
  if (dynamodb) {
    const steps = dynamodb.steps.map((step) => ({
      ...step,
      calls: [...step.calls],
      console: [...step.console],
    }));
    copy.dynamodb = { ...dynamodb, steps };
  }
  if (postgres) {
    const steps = postgres.steps.map((step) => ({ ...step, statements: [...step.statements] }));
    copy.postgres = { ...postgres, steps };
  }
  return copy;
}

async function runDynamoDB(
  engines: Engines,
  { lab, sources, parts, goOn = false, signal, onState }: LabRequest,
  side: SideRun<DynamoDBStep>,
  tell: () => void,
): Promise<void> {
  let cut: Cut<CompiledScript>;
  try {
    const { cutScript } = await import('../script/part.ts');
    cut = cutScript(sources.dynamodb ?? '', parts?.dynamodb);
  } catch (error) {
    side.error = scriptError(error);
    tell();
    return;
  }
  const { program, ran, text } = cut;
  side.steps = program.steps.map(({ name }, index) => ({
    name,
    status: index < ran ? 'skipped' : 'not-run',
    calls: [],
    console: [],
  }));
  if (text) side.asked = text.asked;
  const { world } = lab;
  await engines.dynamodb.reset(lab.dataset, world && switchesOf(world), lab.kept?.dynamodb);
  if (await firstFails(engines, 'dynamodb', side, lab, signal)) return tell();
  await onState?.('dynamodb', 0);
  let current = -1;
  /** The end of the last step was noted, and the clock set; the requests of the next wait for that. */
  let onTime: Promise<void> | undefined;
  const setClock = async (step: DynamoDBStep, milliseconds: number, noted?: Promise<void>) => {
    await noted;
    const events = await engines.dynamodb.advance(milliseconds);
    if (events.length > 0) step.world = events;
    tell();
  };
  const declared = (step: number) =>
    lab.expect[nameInLab(side.steps[step]?.name, step, text)]?.dynamodb;
  /** The step that was running has ended: without an error, unless `failed` said otherwise. */
  const close = () => {
    const step = side.steps[current];
    if (step && step.status === 'skipped') {
      const owes = declared(current) !== undefined && mustFail(lab, text);
      step.status = owes ? 'unexpected-success' : 'ok';
    }
  };
  const end = await engines.script.run(
    // The program stands as a whole, so that its functions are there; the steps behind never begin.
    { ...program, steps: program.steps.slice(0, ran) },
    {
      step(index) {
        close();
        current = index;
        const step = side.steps[index] as DynamoDBStep;
        const advance = world?.advance[step.name];
        if (index > 0) onTime = onState?.('dynamodb', index);
        // A failure is the next request's, which then waits for it in vain.
        if (advance !== undefined) onTime = setClock(step, advance, onTime);
        onTime?.catch(() => undefined);
        tell();
      },
      async call(index, operation, request, region, accessKeyId) {
        await onTime;
        const answer = await engines.dynamodb.handle(operation, request, region, accessKeyId);
        side.steps[index]?.calls.push(callOf(lab, { operation, request, region }, answer));
        tell();
        return { status: answer.status, body: answer.body };
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
        return expected || goOn;
      },
    },
    signal,
  );
  if (end.end === 'done') {
    if (goOn || side.steps.every((step) => step.status !== 'failed')) close();
  } else {
    // A step that has ended with its error stays as it ended: what was stopped is the one behind it.
    const at = Math.max(current, 0);
    const step = side.steps.slice(at, ran).find(({ status }) => status === 'skipped');
    if (step) step.status = 'stopped';
    if (end.end === 'killed') {
      const last = step ?? side.steps[at];
      if (last) last.error = { name: 'Stopped', message: end.reason };
    }
  }
  await onState?.('dynamodb', current + 1);
  tell();
}

async function runPostgres(
  engines: Engines,
  { lab, sources, parts, signal, onState }: LabRequest,
  side: SideRun<PostgresStep>,
  tell: () => void,
): Promise<void> {
  const { cutSql } = await import('../postgres/part.ts');
  let cut: ReturnType<typeof cutSql>;
  try {
    cut = cutSql(sources.postgres ?? '', parts?.postgres);
  } catch (error) {
    side.error = scriptError(error);
    tell();
    return;
  }
  const { program, ran, text } = cut;
  side.steps = program.map(({ name }, index) => ({
    name,
    status: index < ran ? 'skipped' : 'not-run',
    statements: [],
  }));
  if (text) side.asked = text.asked;
  try {
    await engines.postgres.reset(lab.dataset, {
      extensions: lab.extensions ?? [],
      kept: lab.kept?.postgres,
    });
  } catch (error) {
    if (!(error instanceof EngineLostError && signal.aborted)) throw error;
    const first = side.steps[0];
    if (first) first.status = 'stopped';
    tell();
    return;
  }
  if (await firstFails(engines, 'postgres', side, lab, signal)) return tell();
  await onState?.('postgres', 0);
  // Where data stay, what stands before a text has been done by an earlier run.
  const from = lab.kept?.postgres && text ? text.asked : 0;
  for (const [index, { name, statements }] of program.slice(0, ran).entries()) {
    if (index < from) continue;
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
    const declared = lab.expect[nameInLab(name, index, text)]?.postgres;
    const codes = step.statements
      .flatMap(withMore)
      .flatMap(({ error }) => (error ? [error.code ?? error.severity] : []));
    step.status = grade(codes, declared, mustFail(lab, text));
    tell();
    await onState?.('postgres', index + 1);
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
