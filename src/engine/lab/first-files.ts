/** Files that run before a program, on the same data: a schema of one's own, what was imported. */
import { EngineLostError, type Engines, type Kept, type PostgresSession } from './engines.ts';
import type {
  DynamoDBStep,
  FirstRun,
  PostgresError,
  PostgresStep,
  ScriptError,
  Side,
  SideRun,
} from './result.ts';

/** A file that runs before a program. */
export interface FirstFile {
  name: string;
  text: string;
}

type Files = Partial<Record<Side, readonly FirstFile[]>>;

/** What the files of one side came to. With an `error` nothing behind it ran, in no file. */
interface FirstRuns {
  files: FirstRun[];
  error?: ScriptError;
}

/**
 * Runs SQL files in their order, each statement by itself. The first error ends them all: a program
 * that stands on half a schema would only fail in other places.
 */
export function runSqlFirst(
  postgres: PostgresSession,
  files: readonly FirstFile[] = [],
  signal: AbortSignal,
): Promise<FirstRuns> {
  return inOrder(files, async ({ text }, done) => {
    const { splitSql } = await import('../postgres/split.ts');
    for (const statement of splitSql(text)) {
      if (signal.aborted) return STOPPED;
      const { error } = await postgres.run(statement);
      if (error) return sqlError({ line: statement.line, ...error });
      done.did += 1;
    }
    return undefined;
  });
}

/** Runs TypeScript files in their order, each as a program of its own. The first error ends them all. */
function runScriptsFirst(
  { dynamodb, script }: Pick<Engines, 'dynamodb' | 'script'>,
  files: readonly FirstFile[] = [],
  signal: AbortSignal,
): Promise<FirstRuns> {
  return inOrder(files, async ({ text }, done) => {
    const { cutScript } = await import('../script/part.ts');
    let failure: ScriptError | undefined;
    const end = await script.run(
      cutScript(text).program,
      {
        step: () => {},
        console: () => {},
        async call(_step, operation, request, region) {
          const { status, body } = await dynamodb.handle(operation, request, region);
          done.did += 1;
          return { status, body };
        },
        failed(_step, error) {
          failure ??= error;
          return false;
        },
      },
      signal,
    );
    if (end.end === 'stopped') return STOPPED;
    return end.end === 'killed' ? { name: 'Stopped', message: end.reason } : failure;
  });
}

/** Runs what comes before a program. After an error there, the program does not start. */
export async function firstFails(
  engines: Engines,
  name: Side,
  side: SideRun<DynamoDBStep | PostgresStep>,
  { first, kept }: { first?: Files; kept?: Partial<Record<Side, Kept>> },
  signal: AbortSignal,
): Promise<boolean> {
  const files = kept?.[name] ? [] : (first?.[name] ?? []);
  if (files.length === 0) return false;
  const ran =
    name === 'postgres'
      ? await runSqlFirst(engines.postgres, files, signal)
      : await runScriptsFirst(engines, files, signal);
  side.first = ran.files;
  if (!ran.error) return false;
  side.error = ran.error;
  side.steps = [];
  return true;
}

async function inOrder(
  files: readonly FirstFile[],
  run: (file: FirstFile, done: FirstRun) => Promise<ScriptError | undefined>,
): Promise<FirstRuns> {
  const ran: FirstRuns = { files: [] };
  for (const file of files) {
    const done: FirstRun = { file: file.name, did: 0 };
    ran.files.push(done);
    const error = await run(file, done).catch(asError);
    if (error) return { ...ran, error: { ...error, file: file.name } };
  }
  return ran;
}

const STOPPED: ScriptError = { name: 'Stopped', message: 'The run was stopped.' };

function sqlError({ code, severity, message, detail, hint, line, column }: PostgresError) {
  return {
    name: code ?? severity,
    message: [message, detail, hint].filter(Boolean).join(' '),
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
  };
}

/** What the parsers throw is about the file; a lost engine ends the run. Anything else is no answer. */
function asError(thrown: unknown): ScriptError {
  if (thrown instanceof EngineLostError) return { name: 'Stopped', message: thrown.message };
  const { name, message, line, column } = thrown as ScriptError;
  if (line === undefined) throw thrown;
  return { name, message, line, ...(column !== undefined && { column }) };
}
