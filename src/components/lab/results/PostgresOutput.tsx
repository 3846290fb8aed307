/** What a step did on the PostgreSQL side: each statement's tag, rows, messages and plan. */
import type { PlanNode, PostgresStep, StatementResult } from '../../../engine/lab/result.ts';
import { tellingSentence } from '../../../engine/postgres/telling.ts';
import type { Grid } from '../attributes.ts';
import { planNodes } from '../cost.ts';
import { count } from '../names.ts';
import type { PsqlFrame } from '../psql-text.ts';
import { DataTable } from './DataTable.tsx';
import { ErrorBox } from './ErrorBox.tsx';
import { Nth } from './Nth.tsx';
import { PlanTree } from './PlanTree.tsx';
import type { LineOf } from './StepResult.tsx';

/** The statements of a step, in order. */
export function PostgresOutput({ step, lineOf }: { step: PostgresStep; lineOf: LineOf }) {
  if (step.statements.length === 0 && step.status === 'ok') {
    return <p class="kj-nothing">No statement.</p>;
  }
  return (
    <>
      {step.statements.map((statement, index) => (
        <Statement key={index} statement={statement} lineOf={lineOf} />
      ))}
    </>
  );
}

function Statement({ statement, lineOf }: { statement: StatementResult; lineOf: LineOf }) {
  const { tag, title, columns, rows, rowCount, notices, error, cost } = statement;
  const { footer, expanded, nullAs, more, timing, milliseconds } = statement;
  const line = lineOf(error?.line);
  const telling = cost && tellingSentence(cost, tag);
  const kept = rows?.length ?? 0;
  const cut =
    rowCount !== undefined && rowCount > kept ? `the first ${kept} of ${rowCount} rows` : '';
  return (
    <>
      <Sent statement={statement} />
      {notices.map((notice, index) => (
        <div class="kj-message" key={index}>
          <p>
            <strong>{notice.severity}</strong> {notice.message}
          </p>
          {[notice.detail, notice.hint && `Hint: ${notice.hint}`].map(
            (fact) =>
              fact && (
                <p class="kj-fact" key={fact}>
                  {fact}
                </p>
              ),
          )}
        </div>
      ))}
      {error && (
        <ErrorBox
          code={error.code}
          message={error.message}
          facts={[
            error.detail,
            error.hint && `Hint: ${error.hint}`,
            error.query && `Query: ${error.query}`,
            error.where && `Where: ${error.where}`,
            line === undefined ? undefined : `Line ${line}.`,
          ]}
        />
      )}
      {!error &&
        (cost ? (
          <details class="kj-act">
            <summary>
              <b>{tag || title}</b>{' '}
              <span class="kj-figures">
                {[planSummary(cost.plan), cut].filter(Boolean).join(' · ')}
              </span>
            </summary>
            <PlanTree plan={cost.plan} />
          </details>
        ) : (
          (tag || title) && (
            <p class="kj-act kj-said">
              <b>{tag || title}</b> <span class="kj-figures">{cut}</span>
            </p>
          )
        ))}
      {telling && <p class="kj-act kj-fact">{telling}</p>}
      {columns && rows && (
        <DataTable
          caption={`${tag || title}: ${cut || count(rows.length, 'row')}`}
          {...(expanded ? records(columns, rows) : { columns, rows })}
          {...(nullAs === undefined ? {} : { nullAs })}
          other={{ psql: psqlFrame(statement) }}
        />
      )}
      {footer && <pre class="kj-footer">{footer.join('\n')}</pre>}
      {timing && milliseconds !== undefined && (
        <p class="kj-act kj-fact">Time: {milliseconds.toFixed(3)} ms, in this browser</p>
      )}
      {more?.map((further, index) => (
        <Statement key={index} statement={further} lineOf={lineOf} />
      ))}
    </>
  );
}

/** Statements of at most so many characters and lines are shown as they are; longer ones unfold. */
const SHORT = { characters: 400, lines: 8 };

/** What a program has sent: it stands nowhere in the code, or with other words round it. */
function Sent({ statement: { sql, parameters = [], nth } }: { statement: StatementResult }) {
  if (nth === undefined || sql === '') return null;
  const code = <code>{sql}</code>;
  const isShort = sql.length <= SHORT.characters && sql.split('\n').length <= SHORT.lines;
  return (
    <div class="kj-sent">
      {isShort ? (
        <p>
          <Nth nth={nth} />
          {code}
        </p>
      ) : (
        <details>
          <summary>
            <Nth nth={nth} />
            <code>{sql.replace(/\s+/g, ' ').slice(0, 80)} …</code>
          </summary>
          <p>{code}</p>
        </details>
      )}
      {parameters.length > 0 && (
        <ul aria-label="Parameters">
          {parameters.map((value, index) => (
            <li key={index}>
              <code>
                ${index + 1} = {value ?? 'NULL'}
              </code>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** What psql prints round the rows. */
function psqlFrame(statement: StatementResult): PsqlFrame {
  const { tag, title, footer, nullAs, expanded, rows, rowCount } = statement;
  return {
    tag,
    ...(title === undefined ? {} : { title }),
    ...(footer ? { footer } : {}),
    ...(nullAs === undefined ? {} : { nullAs }),
    ...(expanded ? { expanded } : {}),
    ...(rowCount !== undefined && rowCount !== rows?.length ? { total: rowCount } : {}),
  };
}

/** Rows as psql shows them expanded: a line for each column of each row. */
function records(columns: Grid['columns'], rows: Grid['rows']): Grid {
  return {
    columns: [{ name: 'record' }, { name: 'column' }, { name: 'value' }],
    rows: rows.flatMap((row, record) =>
      columns.map(({ name }, index) => [
        index === 0 ? `${record + 1}` : undefined,
        name,
        row[index],
      ]),
    ),
  };
}

/** How the rows were found: the scans of the plan, each once, with the index used. */
function planSummary(plan: PlanNode): string {
  const scans = planNodes(plan)
    .filter(({ node, children }) => children.length === 0 && node.includes('Scan'))
    .map(({ node, index, relation }) =>
      index === undefined ? [node, relation].filter(Boolean).join(' on ') : `${node}, ${index}`,
    );
  return [...new Set(scans)].join(' · ');
}
