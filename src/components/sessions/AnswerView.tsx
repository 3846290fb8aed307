/** What a statement answered: tag, rows, notices, error. */
import type { FinalRows, StepAnswer } from '../../engine/sessions/play.ts';
import { ErrorBox } from '../lab/results/ErrorBox.tsx';

/** An answer as the server gave it. */
export function AnswerView({ answer }: { answer: StepAnswer }) {
  const { tag, columns, rows, notices, error } = answer;
  // A function that returns nothing answers a row with an empty value.
  const hasRows = rows?.some((row) => row.some((value) => value !== '')) ?? false;
  const isShort = !error && !notices?.length && !hasRows;
  return (
    <div
      class="kj-ses-answer"
      data-failed={error ? '' : undefined}
      data-short={isShort ? '' : undefined}
    >
      {notices?.map((notice) => (
        <p class="kj-ses-notice" key={notice}>
          {notice}
        </p>
      ))}
      {error && (
        <ErrorBox
          code={error.code}
          message={error.message}
          facts={[error.detail, error.hint && `Hint: ${error.hint}`]}
        />
      )}
      {tag && <p class="kj-ses-tag">{tag}</p>}
      {columns && rows && hasRows && <RowsTable columns={columns} rows={rows} />}
    </div>
  );
}

/** Rows as a small table; NULL is a word. */
export function RowsTable({ columns, rows, caption }: FinalRows & { caption?: string }) {
  return (
    <table class="kj-ses-rows">
      {caption && <caption class="kj-hidden">{caption}</caption>}
      <thead>
        <tr>
          {columns.map((name, index) => (
            <th scope="col" key={index}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr key={index}>
            {row.map((value, column) => (
              <td key={column}>{value ?? <span class="kj-null">NULL</span>}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
