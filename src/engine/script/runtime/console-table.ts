/** `console.table`, in the form that Node gives it. */
import { inspect } from 'node-inspect-extracted';

const INDEX = '(index)';
const VALUES = 'Values';

/**
 * A table with one row an entry; undefined for what is no table.
 * @param columns the fields to show, in order; without it all of them.
 */
export function formatTable(data: unknown, columns?: readonly string[]): string | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const rows = entriesOf(data).map(([index, value]) => cellsOf(index, value, columns));
  const heads = [INDEX, ...(columns ?? [])];
  for (const row of rows) {
    for (const head of row.keys()) if (!heads.includes(head) && head !== VALUES) heads.push(head);
  }
  if (rows.some((row) => row.has(VALUES))) heads.push(VALUES);
  const widths = heads.map((head) =>
    Math.max(...[head, ...rows.map((row) => row.get(head) ?? '')].map((cell) => [...cell].length)),
  );
  const rule = (left: string, middle: string, right: string) =>
    left + widths.map((width) => '─'.repeat(width + 2)).join(middle) + right;
  const line = (cells: readonly string[]) =>
    `│${cells.map((cell, at) => ` ${cell}${' '.repeat((widths[at] ?? 0) - [...cell].length)} `).join('│')}│`;
  return [
    rule('┌', '┬', '┐'),
    line(heads),
    rule('├', '┼', '┤'),
    ...rows.map((row) => line(heads.map((head) => row.get(head) ?? ''))),
    rule('└', '┴', '┘'),
  ].join('\n');
}

function entriesOf(data: object): Array<[string, unknown]> {
  if (data instanceof Map || data instanceof Set) {
    return [...data.values()].map((value, index) => [String(index), value]);
  }
  return Object.entries(data);
}

function cellsOf(
  index: string,
  value: unknown,
  columns: readonly string[] | undefined,
): Map<string, string> {
  const cells = new Map([[INDEX, index]]);
  const show = (cell: unknown) =>
    inspect(cell, { depth: 1, breakLength: Number.POSITIVE_INFINITY });
  if (typeof value !== 'object' || value === null) return cells.set(VALUES, show(value));
  for (const [field, cell] of Object.entries(value)) {
    if (!columns || columns.includes(field)) cells.set(field, show(cell));
  }
  return cells;
}
