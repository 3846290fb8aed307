/** Runs DynamoDB's program in a dialect: its statements or commands one after the other, as a client sends them. */
import { readCommand } from '../dialect/cli.ts';
import { nextToken, type Paging } from '../dialect/cli-pages.ts';
import { cutDialect } from '../dialect/part.ts';
import { executeStatement } from '../dialect/partiql.ts';
import { type Piece, placeOf } from '../dialect/source.ts';
import { callOf } from './call.ts';
import type { Dialect } from './dialects.ts';
import type { DynamoDBAnswer, Engines } from './engines.ts';
import { firstFails } from './first-files.ts';
import { member } from './logical-reads.ts';
import type { Cut, Part } from './part.ts';
import type { DynamoDBStep, Json, ScriptError, SideRun } from './result.ts';
import type { LabRequest } from './run.ts';
import type { SdkShapes } from './sdk-shapes.ts';
import { shorten } from './shorten.ts';
import { grade, mustFail, nameInLab, scriptError } from './step-status.ts';
import { switchesOf } from './switches.ts';

/** Sends one request; undefined when the run was stopped before it. */
type Send = (
  operation: string,
  request: { [name: string]: Json },
  region?: string,
) => Promise<DynamoDBAnswer | undefined>;

/** A statement or command that is ready to run: sends its requests, and answers the last one's answer. */
interface Runnable extends Piece {
  run(send: Send, print: (text: string) => void): Promise<DynamoDBAnswer | undefined>;
}

interface RunnableStep {
  name: string;
  pieces: Runnable[];
}

/**
 * Runs a program in a dialect. A program that cannot be read, to its last option, does not start. A
 * request that fails ends its command and not the program: that goes on as a shell does.
 */
export async function runDialect(
  engines: Engines,
  { lab, sources, parts, signal, onState, dialect }: LabRequest & { dialect: Dialect },
  side: SideRun<DynamoDBStep>,
  tell: () => void,
): Promise<void> {
  const source = sources.dynamodb ?? '';
  const commands = dialect === 'cli' ? await engines.shapes() : undefined;
  let cut: Cut<RunnableStep[]>;
  try {
    cut = readable(source, commands, parts?.dynamodb);
  } catch (error) {
    side.error = scriptError(error);
    tell();
    return;
  }
  const { program, ran, text } = cut;
  side.steps = program.map(({ name }, index) => ({
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
  for (const [index, { name, pieces }] of program.slice(0, ran).entries()) {
    const step = side.steps[index] as DynamoDBStep;
    const advance = world?.advance[name];
    if (advance !== undefined) {
      const events = await engines.dynamodb.advance(advance);
      if (events.length > 0) step.world = events;
    }
    const codes: string[] = [];
    for (const piece of pieces) {
      const answer = await piece.run(sender(engines, lab, step, signal, tell), (line) => {
        step.console.push({ level: 'log', text: line });
      });
      if (!answer) {
        step.status = 'stopped';
        return tell();
      }
      if (answer.status === 200) continue;
      const error = shorten({ ...failure(answer), ...placeOf(source, piece.start) });
      step.error ??= error;
      codes.push(error.name);
    }
    const declared = declaredIn(lab.expect[nameInLab(name, index, text)], dialect);
    step.status = grade(codes, declared, mustFail(lab, text));
    tell();
    await onState?.('dynamodb', index + 1);
  }
}

/** The failures that a step must end in, if any. */
function declaredIn(
  expect: LabRequest['lab']['expect'][string] | undefined,
  dialect: Dialect,
): string[] | undefined {
  const own = expect?.[dialect] ?? expect?.dynamodb;
  return own && own.length > 0 ? own : undefined;
}

/** The program with each of its pieces ready to run; it is PartiQL where no commands are known. */
function readable(
  source: string,
  commands: SdkShapes | undefined,
  part: Part | undefined,
): Cut<RunnableStep[]> {
  if (!commands) {
    return made(cutDialect(source, 'partiql', part), (statement) => ({
      ...statement,
      run: (send) => runStatement(statement.text, send),
    }));
  }
  return made(cutDialect(source, 'cli', part), (words) => {
    const { operation, request, region, paging } = readCommand(words, source, commands);
    return {
      ...words,
      run: (send, print) =>
        paging
          ? runPages((asked) => send(operation, asked, region), request, paging, print)
          : send(operation, request, region),
    };
  });
}

/** Makes the pieces of those steps that run; the others may be half written. */
function made<P>(
  { program, ...cut }: Cut<Array<{ name: string; line: number; pieces: P[] }>>,
  make: (piece: P) => Runnable,
): Cut<RunnableStep[]> {
  return {
    ...cut,
    program: program.map(({ name, pieces }, index) => ({
      name,
      pieces: index < cut.ran ? pieces.map(make) : [],
    })),
  };
}

/** A statement is one ExecuteStatement, and one more for each NextToken: the answer is all of its pages. */
async function runStatement(text: string, send: Send): Promise<DynamoDBAnswer | undefined> {
  let token: Json | undefined;
  for (;;) {
    const answer = await send('ExecuteStatement', executeStatement(text, token));
    token = member(answer?.body, 'NextToken');
    if (answer?.status !== 200 || token === undefined) return answer;
  }
}

/** The pages of a command, as the AWS CLI asks for them; what --max-items cuts off is said in print. */
async function runPages(
  send: (request: { [name: string]: Json }) => Promise<DynamoDBAnswer | undefined>,
  first: { [name: string]: Json },
  { input, output, result, most = Number.POSITIVE_INFINITY, from }: Paging,
  print: (text: string) => void,
): Promise<DynamoDBAnswer | undefined> {
  let token = from?.token;
  let before = from?.printed ?? 0;
  let printed = 0;
  for (;;) {
    const answer = await send(token === undefined ? first : { ...first, [input]: token });
    if (answer?.status !== 200) return answer;
    const items = member(answer.body, result);
    const found = (Array.isArray(items) ? items.length : 0) - before;
    const next = member(answer.body, output);
    const over = printed + found - most;
    const cut = over > 0 ? nextToken(input, token, found - over + before) : undefined;
    printed += Math.min(found, found - over);
    if (cut !== undefined || (next !== undefined && printed === most)) {
      print(`Printed: ${printed}. "NextToken": "${cut ?? nextToken(input, next, 0)}"`);
      return answer;
    }
    if (next === undefined) return answer;
    token = next;
    before = 0;
  }
}

/** Sends requests as calls of a step. */
function sender(
  engines: Engines,
  lab: LabRequest['lab'],
  step: DynamoDBStep,
  signal: AbortSignal,
  tell: () => void,
): Send {
  return async (operation, request, region) => {
    if (signal.aborted) return undefined;
    const answer = await engines.dynamodb.handle(operation, request, region);
    step.calls.push(callOf(lab, { operation, request, region }, answer));
    tell();
    return answer;
  };
}

/** An answer that says no, as the SDK would name it. */
function failure({ body }: DynamoDBAnswer): ScriptError {
  const reasons = member(body, 'CancellationReasons');
  return {
    name: String(member(body, '__type')).replace(/^.*#/, ''),
    message: String(member(body, 'message') ?? member(body, 'Message')),
    ...(reasons !== undefined && { reasons }),
  };
}
