/** Runs a program for both databases: one program in the sandbox, whose steps have a part on each side. */
import { MAIN } from '../script/compile.ts';
import { cutScript } from '../script/part.ts';
import { callOf } from './call.ts';
import { type CompiledScript, EngineLostError, type Engines } from './engines.ts';
import type { Cut } from './part.ts';
import {
  type DynamoDBStep,
  type LabRun,
  type PostgresStep,
  type ScriptError,
  type SideRun,
  type StatementResult,
  type StepStatus,
  withMore,
} from './result.ts';
import type { LabRequest } from './run.ts';
import { shorten } from './shorten.ts';
import { grade, mustFail, nameInLab, sameCodes, scriptError } from './step-status.ts';
import { switchesOf } from './switches.ts';

/** Both sides of the run. */
interface Sides {
  dynamodb: SideRun<DynamoDBStep>;
  postgres: SideRun<PostgresStep>;
}

/**
 * Runs the program that stands as DynamoDB's, on both engines. What it prints, and an error of its
 * own, is told on DynamoDB's side; what PostgreSQL answers, on PostgreSQL's, errors included.
 */
export async function runMain(
  engines: Engines,
  { lab, sources, parts, signal, onState }: LabRequest,
  run: LabRun,
  tell: () => void,
): Promise<void> {
  const sides: Sides = { dynamodb: { steps: [] }, postgres: { steps: [] } };
  Object.assign(run, sides);
  let cut: Cut<CompiledScript>;
  try {
    cut = cutScript(sources.dynamodb ?? '', parts?.dynamodb, MAIN);
  } catch (error) {
    sides.dynamodb.error = scriptError(error);
    tell();
    return;
  }
  const { program, ran, text } = cut;
  const status = (index: number): StepStatus => (index < ran ? 'skipped' : 'not-run');
  for (const [index, { name }] of program.steps.entries()) {
    sides.dynamodb.steps.push({ name, status: status(index), calls: [], console: [] });
    sides.postgres.steps.push({ name, status: status(index), statements: [] });
  }
  if (text) {
    sides.dynamodb.asked = text.asked;
    sides.postgres.asked = text.asked;
  }
  const steps = new Steps(sides, lab, text);
  const { world } = lab;
  try {
    await Promise.all([
      engines.dynamodb.reset(lab.dataset, world && switchesOf(world), lab.kept?.dynamodb),
      engines.postgres.reset(lab.dataset, {
        extensions: lab.extensions ?? [],
        kept: lab.kept?.postgres,
      }),
    ]);
  } catch (error) {
    if (!(error instanceof EngineLostError && signal.aborted)) throw error;
    steps.stop();
    tell();
    return;
  }
  const toState = (state: number) =>
    Promise.all([onState?.('dynamodb', state), onState?.('postgres', state)]).then(() => {});
  await toState(0);
  /** What the next request waits for: the end of the last step was noted, and the clock is set. */
  let onTime: Promise<void> | undefined;
  const setClock = async (step: DynamoDBStep, milliseconds: number, noted?: Promise<void>) => {
    await noted;
    const events = await engines.dynamodb.advance(milliseconds);
    if (events.length > 0) step.world = events;
    tell();
  };
  // An engine that was lost ends the program, too.
  const lost = new AbortController();
  const end = await engines.script.run(
    { ...program, steps: program.steps.slice(0, ran) },
    {
      step(index) {
        steps.begin(index);
        const step = sides.dynamodb.steps[index] as DynamoDBStep;
        const advance = world?.advance[step.name];
        if (index > 0) onTime = toState(index);
        if (advance !== undefined) onTime = setClock(step, advance, onTime);
        onTime?.catch(() => undefined);
        tell();
      },
      async call(index, operation, request, region, accessKeyId) {
        const nth = steps.count(index);
        await onTime;
        const answer = await engines.dynamodb.handle(operation, request, region, accessKeyId);
        const call = callOf(lab, { operation, request, region }, answer);
        sides.dynamodb.steps[index]?.calls.push({ ...call, nth });
        tell();
        return { status: answer.status, body: answer.body };
      },
      async exchange(index, request, madeAt) {
        if (request === null) {
          await onTime;
          await engines.postgres.endClient();
          return new Uint8Array();
        }
        const nth = steps.count(index);
        const line = madeAt ?? program.steps[index]?.line ?? 1;
        await onTime;
        try {
          const { answer, result } = await engines.postgres.exchange(request);
          if (result) steps.answered(index, { ...result, line, nth });
          tell();
          return answer;
        } catch (error) {
          if (!(error instanceof EngineLostError)) throw error;
          const { message } = error;
          const told = { severity: 'STOPPED', message, line };
          steps.answered(index, { sql: '', line, nth, tag: '', notices: [], error: told });
          lost.abort();
          return new Uint8Array();
        }
      },
      console(index, line) {
        sides.dynamodb.steps[index]?.console.push(line);
        tell();
      },
      failed(index, error) {
        const expected = steps.fail(index, error);
        tell();
        return expected;
      },
    },
    AbortSignal.any([signal, lost.signal]),
  );
  if (end.end === 'done') steps.finish();
  else steps.stop(end.end === 'killed' ? end.reason : undefined);
  await toState(steps.ended);
  tell();
}

/** The steps of both sides, as the program goes through them. */
class Steps {
  readonly #sides: Sides;
  readonly #lab: LabRequest['lab'];
  readonly #text: Cut<unknown>['text'];
  #current = -1;
  /** Requests and statements of each step so far. */
  readonly #counts: number[] = [];

  constructor(sides: Sides, lab: LabRequest['lab'], text: Cut<unknown>['text']) {
    this.#sides = sides;
    this.#lab = lab;
    this.#text = text;
  }

  /** How many have begun. */
  get ended(): number {
    return this.#current + 1;
  }

  begin(index: number): void {
    this.#close();
    this.#current = index;
  }

  /** Counts a request or a statement of a step, from 1. */
  count(index: number): number {
    const nth = (this.#counts[index] ?? 0) + 1;
    this.#counts[index] = nth;
    return nth;
  }

  answered(index: number, result: StatementResult): void {
    // What was sent stays whole, as a reader's own statement does.
    const { sql, parameters } = result;
    const kept = { ...shorten(result), sql, ...(parameters && { parameters }) };
    this.#sides.postgres.steps[index]?.statements.push(kept);
  }

  /** The program has thrown. Answers whether it goes on: what it threw was declared. */
  fail(index: number, { sqlstate, ...error }: ScriptError): boolean {
    const dynamodb = this.#sides.dynamodb.steps[index];
    const postgres = this.#sides.postgres.steps[index];
    if (!dynamodb || !postgres) return false;
    const declared = this.#declared(index);
    const refused = statementsOf(postgres).findLast(
      (statement) => sqlstate !== undefined && statement.error?.code === sqlstate,
    );
    if (!refused?.error) {
      const expected = sameCodes([error.name], declared?.dynamodb);
      dynamodb.error = shorten(error);
      dynamodb.status = expected ? 'expected-failure' : 'failed';
      return expected;
    }
    // What PostgreSQL has refused stands on its side, with the place in the program.
    const { line, column } = error;
    if (line !== undefined) refused.error.line = line;
    if (column !== undefined) refused.error.column = column;
    const codes = distinct(codesOf(postgres));
    const expected = sameCodes(codes, declared?.postgres);
    postgres.status = expected ? 'expected-failure' : 'failed';
    return expected;
  }

  /** The program has come to its end. */
  finish(): void {
    this.#close();
  }

  /** The program was ended. */
  stop(reason?: string): void {
    const { dynamodb, postgres } = this.#sides;
    // A step that has ended with its error stays as it ended: what was stopped is the one behind it.
    const at = Math.max(this.#current, 0);
    const open = (step: { status: StepStatus }, index: number) =>
      index >= at && step.status === 'skipped';
    const inDynamoDB = dynamodb.steps.find(open);
    const inPostgres = postgres.steps.find(open);
    if (inDynamoDB) inDynamoDB.status = 'stopped';
    if (inPostgres) inPostgres.status = 'stopped';
    const last = inDynamoDB ?? dynamodb.steps[at];
    if (last && reason !== undefined) last.error = { name: 'Stopped', message: reason };
  }

  /** The step that was running has ended, without an error unless `fail` said otherwise. */
  #close(): void {
    const dynamodb = this.#sides.dynamodb.steps[this.#current];
    const postgres = this.#sides.postgres.steps[this.#current];
    const declared = this.#declared(this.#current);
    const strict = mustFail(this.#lab, this.#text);
    if (dynamodb?.status === 'skipped') {
      dynamodb.status = declared?.dynamodb && strict ? 'unexpected-success' : 'ok';
    }
    if (postgres?.status === 'skipped') {
      postgres.status = grade(codesOf(postgres), declared?.postgres, strict);
    }
  }

  #declared(index: number): LabRequest['lab']['expect'][string] | undefined {
    const name = this.#sides.dynamodb.steps[index]?.name;
    return this.#lab.expect[nameInLab(name, index, this.#text)];
  }
}

const statementsOf = (step: PostgresStep) => step.statements.flatMap(withMore);
const codesOf = (step: PostgresStep) =>
  statementsOf(step).flatMap(({ error }) => (error ? [error.code ?? error.severity] : []));
const distinct = (codes: string[]) => [...new Set(codes)];
