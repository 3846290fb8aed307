/** Explains the statements of a part of a lab's SQL, each as it would run where it stands. */
import { EngineLostError, type Kept, type PostgresSession, type SqlStatement } from './engines.ts';
import { type FirstFile, runSqlFirst } from './first-files.ts';
import type { Part } from './part.ts';
import type { Explanation, ScriptError } from './result.ts';
import type { LabMeta } from './schema.ts';

/** What to explain. */
export interface ExplainRequest {
  lab: Pick<LabMeta, 'dataset'> &
    Partial<Pick<LabMeta, 'extensions'>> & {
      /** What runs before the program. */
      first?: { postgres?: readonly FirstFile[] };
      /** What it goes on from; then those files have run already. */
      kept?: { postgres?: Kept };
    };
  /** The SQL program as it is now, the reader's edits included. */
  source: string;
  part: Part & { kind: 'text' };
  signal: AbortSignal;
}

/** A statement and what EXPLAIN says of it. */
export interface Explained {
  sql: string;
  /** 1-based line of the program. */
  line: number;
  explanation: Explanation;
}

/** What became of the statements of a part; `error` tells why there is nothing, or not more. */
export interface PartExplained {
  statements: Explained[];
  error?: ScriptError;
}

/**
 * Replays what stands before the part from the dataset's snapshot. Each statement of the part is
 * then explained and, where another one follows, run: the next one finds what it did.
 * Stop and the watchdog end it with an `error`; only an engine that cannot start rejects.
 */
export async function explainPart(
  postgres: PostgresSession,
  { lab, source, part, signal }: ExplainRequest,
): Promise<PartExplained> {
  const { cutSql } = await import('../postgres/part.ts');
  const answer: PartExplained = { statements: [] };
  let due: Array<{ statement: SqlStatement; asked: boolean }>;
  try {
    const { program, text } = cutSql(source, part);
    due = program.flatMap(({ statements }, index) =>
      statements.map((statement) => ({ statement, asked: index >= (text?.asked ?? 0) })),
    );
  } catch (error) {
    const { name, message, line } = error as ScriptError;
    return { ...answer, error: { name, message, ...(line !== undefined && { line }) } };
  }
  try {
    await postgres.reset(lab.dataset, {
      extensions: lab.extensions ?? [],
      kept: lab.kept?.postgres,
    });
  } catch (error) {
    if (!(error instanceof EngineLostError && signal.aborted)) throw error;
    return { ...answer, error: ended(error) };
  }
  const { error } = await runSqlFirst(
    postgres,
    lab.kept?.postgres ? [] : lab.first?.postgres,
    signal,
  );
  if (error) return { ...answer, error };
  try {
    for (const [index, { statement, asked }] of due.entries()) {
      if (asked) {
        const explanation = await postgres.explain(statement);
        answer.statements.push({ sql: statement.text, line: statement.line, explanation });
      }
      if (index < due.length - 1) await postgres.run(statement);
    }
  } catch (error) {
    if (!(error instanceof EngineLostError)) throw error;
    answer.error = ended(error);
  }
  return answer;
}

/** Stop or the watchdog ended it. */
const ended = ({ message }: Error): ScriptError => ({ name: 'Stopped', message });
