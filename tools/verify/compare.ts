/** Compares what PGlite and a server answered to one statement. */
import type { Aspect } from '../../src/config/postgres-difference.ts';
import {
  type Notice,
  type PlanNode,
  type PostgresError,
  type StatementResult,
  withMore,
} from '../../src/engine/lab/result.ts';
import { normalised } from './normalise.ts';

/** One way in which two answers differ, with the lines of either that the other does not have. */
export interface StatementDifference {
  differs: Aspect;
  pglite: string;
  server: string;
}

/** How a node's field takes part in the comparison. */
type Part = 'shape' | 'figure' | 'pages' | 'left-out';

/**
 * Every field of a plan's node. Left out is what need not be the same on two machines:
 * - pages are compared as those found and those read together: which of them were in memory depends
 *   on its size; which were still clean, on what has been written to disk meanwhile;
 * - bytes of WAL: PGlite, 18.6, logs mostly 8 bytes more than the server, 18.4, at the first change
 *   of a page; why is not known;
 * - memory, and with it disk: pointers are twice as large on a machine of 64 bits.
 */
const FIELDS = {
  node: 'shape',
  operation: 'shape',
  subplan: 'shape',
  relation: 'shape',
  index: 'shape',
  condition: 'shape',
  filter: 'shape',
  sortKeys: 'shape',
  sortMethod: 'shape',
  rowsPlanned: 'figure',
  rows: 'figure',
  loops: 'figure',
  rowsRemoved: 'figure',
  heapFetches: 'figure',
  batches: 'figure',
  buffersHit: 'pages',
  buffersRead: 'pages',
  buffersDirtied: 'left-out',
  walBytes: 'left-out',
  memoryKiB: 'left-out',
  diskKiB: 'left-out',
  children: 'left-out',
} satisfies Record<keyof PlanNode, Part>;

/** Differing lines of one side that are shown and listed; more only make a difference hard to read. */
const LINES = 10;

/** All differences between the answers to one statement; none when they agree. */
export function compareStatements(
  pglite: StatementResult,
  server: StatementResult,
): StatementDifference[] {
  const [ours, theirs] = [linesOf(normalised(pglite)), linesOf(normalised(server))];
  const found = (Object.keys(ours) as Aspect[]).flatMap((differs) => {
    const difference = differingLines(ours[differs], theirs[differs]);
    return difference ? [{ differs, ...difference }] : [];
  });
  // Figures of two different plans say nothing about each other.
  return found.some(({ differs }) => differs === 'plan')
    ? found.filter(({ differs }) => differs !== 'cost')
    : found;
}

/** An answer as lines of text: what is compared, shown and listed. */
function linesOf(result: StatementResult): Record<Aspect, string[]> {
  const parts = withMore(result);
  const { cost } = result;
  return {
    columns: parts.flatMap(columnLines),
    rows: parts.flatMap(rowLines),
    tag: parts.flatMap(({ tag }) => (tag === '' ? [] : [tag])),
    notices: parts.flatMap(({ notices }) => notices.flatMap(messageLines)),
    error: parts.flatMap(({ error }) => (error ? messageLines(error) : [])),
    plan: cost ? nodeLines(cost.plan, shapeLine) : [],
    cost: cost ? [`${cost.rowsScanned} rows scanned`, ...nodeLines(cost.plan, figureLine)] : [],
  };
}

function columnLines({ columns }: StatementResult): string[] {
  return columns ? columns.map(({ name, type }) => `${name} ${type}`) : ['no columns'];
}

/** The rows, and how psql shows them. */
function rowLines(result: StatementResult): string[] {
  const { title, rows = [], rowCount = 0, footer = [], expanded, nullAs, timing } = result;
  const more = rowCount - rows.length;
  return [
    ...(title === undefined ? [] : [title]),
    ...rows.map((row) => JSON.stringify(row)),
    ...(more > 0 ? [`${more} more rows`] : []),
    ...footer,
    ...(expanded ? ['shown expanded'] : []),
    ...(nullAs === undefined ? [] : [`NULL shown as ${nullAs}`]),
    ...(timing ? ['shown with its time'] : []),
  ];
}

function messageLines(message: Notice | PostgresError): string[] {
  const { severity, code, message: text, ...others } = message;
  const first = `${severity}${code === undefined ? '' : ` ${code}`}: ${text}`;
  return [first, ...Object.entries(others).map(([name, value]) => `${name}: ${value}`)];
}

/** A line for each node, as deep as it stands in the plan. */
function nodeLines(node: PlanNode, line: (node: PlanNode) => string, depth = 0): string[] {
  const children = node.children.flatMap((child) => nodeLines(child, line, depth + 1));
  return [`${'  '.repeat(depth)}${line(node)}`, ...children];
}

const fieldsOf = (part: Part): Array<keyof PlanNode> =>
  (Object.keys(FIELDS) as Array<keyof PlanNode>).filter((field) => FIELDS[field] === part);

function shapeLine(node: PlanNode): string {
  const others = fieldsOf('shape').filter((field) => field !== 'node' && node[field] !== undefined);
  return [node.node, ...others.map((field) => `${field} ${String(node[field])}`)].join(', ');
}

function figureLine(node: PlanNode): string {
  // How many settings, locks or sessions there are is a matter of the server, not of the plan.
  if (node.node === 'Function Scan' && node.relation?.startsWith('pg_')) return node.node;
  const pages = fieldsOf('pages').reduce((sum, field) => sum + Number(node[field] ?? 0), 0);
  const others = fieldsOf('figure').filter((field) => node[field] !== undefined);
  const figures = [...others.map((field) => `${field} ${String(node[field])}`), `pages ${pages}`];
  return `${node.node}: ${figures.join(', ')}`;
}

/** The lines between the first and the last that differ; undefined when all are the same. */
function differingLines(
  ours: readonly string[],
  theirs: readonly string[],
): { pglite: string; server: string } | undefined {
  const shorter = Math.min(ours.length, theirs.length);
  let start = 0;
  while (start < shorter && ours[start] === theirs[start]) start += 1;
  if (start === ours.length && start === theirs.length) return undefined;
  let end = 0;
  while (end < shorter - start && ours.at(-1 - end) === theirs.at(-1 - end)) end += 1;
  const part = (lines: readonly string[]) => {
    const differing = lines.slice(start, lines.length - end);
    const more = differing.length - LINES;
    const shown = more > 0 ? [...differing.slice(0, LINES), `and ${more} more lines`] : differing;
    return shown.length === 0 ? 'nothing' : shown.join('\n');
  };
  return { pglite: part(ours), server: part(theirs) };
}
