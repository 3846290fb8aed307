/** What was asked for apart from the steps: a selection or statement that was run alone, or explained. */
import type { ComponentChildren } from 'preact';
import type { Explained, PartExplained } from '../../../engine/lab/explain.ts';
import type { LabRun, ScriptError } from '../../../engine/lab/result.ts';
import type { Panel } from '../names.ts';
import { errorOf, isGood, stepsOf } from '../state.ts';
import { stepsWithSide } from '../view.ts';
import { ErrorBox } from './ErrorBox.tsx';
import { PlanTree } from './PlanTree.tsx';
import { type LineOf, Output, StepResult } from './StepResult.tsx';

/** An answer that stands in a place of its own, above the step's. */
export function Reply({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="kj-reply" aria-label={title}>
      <p class="kj-reply-head">
        <b>{title}</b>
        <button
          type="button"
          class="kj-step-button"
          data-close-reply
          aria-label={`Close: ${title}`}
        >
          Close
        </button>
      </p>
      {children}
    </section>
  );
}

/** A text that was run alone. */
export function TextRun({ run, panel, lineOf }: { run: LabRun; panel: Panel; lineOf: LineOf }) {
  const error = errorOf(run, panel);
  if (error) return <Refused error={error} lineOf={lineOf} />;
  const { asked = 0 } = run[panel === 'both' ? 'dynamodb' : panel] ?? {};
  const all = stepsWithSide(run, panel);
  const steps = stepsOf(run, panel);
  const broken = steps
    .slice(0, asked)
    .find(({ status }) => !isGood(status) && status !== 'skipped');
  return (
    <>
      <p class="kj-reply-note">
        {broken
          ? `What stands before it was replayed from the data set, and ended otherwise than it should${broken.name && ` in the step “${broken.name}”`}.`
          : 'Run alone. What stands before it was replayed from the data set.'}
      </p>
      {all.slice(asked).map(({ step }, index) => (
        <StepResult key={index} step={step} lineOf={lineOf} />
      ))}
    </>
  );
}

/** Statements and their plans. */
export function Explanations({ answer, lineOf }: { answer: PartExplained; lineOf: LineOf }) {
  const { statements, error } = answer;
  const single = statements.length === 1;
  // Of several, those without a plan are named and no more.
  const told = single ? statements : statements.filter((one) => !hasNoPlan(one));
  const without = single ? [] : statements.filter(hasNoPlan).map(({ sql }) => firstWords(sql));
  return (
    <>
      <p class="kj-reply-note">
        {told.some(({ explanation }) => explanation.rolledBack) ? rolledBack(told) : 'Not run.'}
      </p>
      {told.map((one, index) => (
        <div class="kj-output" key={index}>
          <Statement one={one} lineOf={lineOf} />
        </div>
      ))}
      {without.length > 0 && (
        <p class="kj-reply-note">Without a plan: {[...new Set(without)].join(', ')}.</p>
      )}
      {error && <Refused error={error} lineOf={lineOf} />}
    </>
  );
}

/** What the engine has to say of the rollback; of statements that only read, what holds of all. */
function rolledBack(statements: readonly Explained[]): string {
  const notes = new Set(statements.flatMap(({ explanation }) => explanation.notes));
  return notes.size > 0
    ? [...notes].join(' ')
    : 'It was run, and rolled back. Numbers that it took from a sequence stay taken.';
}

function Statement({ one, lineOf }: { one: Explained; lineOf: LineOf }) {
  const { cost, sentence, error, rolledBack } = one.explanation;
  const line = lineOf(one.line);
  return (
    <>
      <p class="kj-act">
        {line !== undefined && `Line ${line}: `}
        <code>{firstLine(one.sql)}</code>
      </p>
      {error && (
        <div data-status="failed">
          <ErrorBox
            code={error.code}
            message={error.message}
            facts={[
              rolledBack && 'It failed when it was run: a statement that fails has no plan.',
              error.code === FAILED_TRANSACTION && IN_FAILED_TRANSACTION,
              error.detail,
              error.hint && `Hint: ${error.hint}`,
            ].map((fact) => fact || undefined)}
          />
        </div>
      )}
      {sentence && <p class="kj-act">{sentence}</p>}
      {cost && <PlanTree plan={cost.plan} />}
    </>
  );
}

/** `in_failed_sql_transaction` */
const FAILED_TRANSACTION = '25P02';
const IN_FAILED_TRANSACTION =
  'A statement before it failed inside the transaction: nothing more is run until ROLLBACK.';

function Refused({ error, lineOf }: { error: ScriptError; lineOf: LineOf }) {
  const line = lineOf(error.line);
  const isStop = error.name === 'Stopped';
  return (
    <Output status={isStop ? 'stopped' : 'failed'}>
      <ErrorBox
        code={isStop || error.name === 'NothingToRun' ? undefined : error.name}
        message={error.message}
        facts={[line === undefined ? undefined : `Line ${line}.`]}
      />
    </Output>
  );
}

/** EXPLAIN takes only some statements; an error of PostgreSQL's own has an SQLSTATE. */
const hasNoPlan = ({ explanation: { error } }: Explained) => error !== undefined && !error.code;

const firstLine = (sql: string) => sql.split('\n', 1)[0] ?? '';
const firstWords = (sql: string) => (/^\\?\w+(?:\s+[A-Z]+)?/.exec(sql)?.[0] ?? sql).slice(0, 40);
