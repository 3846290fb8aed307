/** Reads what auto_explain tells about an execution: the plan as it was run, and what it cost. */
import type { PlanNode, StatementCost } from '../lab/result.ts';

/** The part of EXPLAIN's JSON that is read; keys are PostgreSQL's. */
interface ExplainedNode {
  'Node Type': string;
  Operation?: string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'CTE Name'?: string;
  'Function Name'?: string;
  'Plan Rows': number;
  /** Mean over all loops; absent when the plan was not run. */
  'Actual Rows'?: number;
  'Actual Loops'?: number;
  Plans?: ExplainedNode[];
  [key: string]: unknown;
}

/** Conditions by which a node finds its rows, the narrowest first. */
const CONDITIONS = [
  'Index Cond',
  'TID Cond',
  'Hash Cond',
  'Merge Cond',
  'Recheck Cond',
  'Order By',
] as const;
/** Conditions that drop rows which the node had already read or joined. */
const FILTERS = ['Filter', 'Join Filter', 'One-Time Filter', 'Conflict Filter'] as const;
/** Nodes that read rows of a table. A Bitmap Index Scan finds places only; its heap scan reads. */
const SCANS = new Set([
  'Seq Scan',
  'Sample Scan',
  'Index Scan',
  'Index Only Scan',
  'Bitmap Heap Scan',
  'Tid Scan',
  'Tid Range Scan',
  'Foreign Scan',
]);

/**
 * The plan in a message of auto_explain (`log_format=json`), with what it cost.
 * Undefined for a plan that was only explained and for a message of another form.
 * Source: https://www.postgresql.org/docs/18/auto-explain.html and sql-explain.html.
 */
export function readPlan(message: string): PlanNode | undefined {
  return readPlans(message.slice(message.indexOf('{')))[0];
}

/** The plans in what auto_explain or EXPLAIN (FORMAT JSON) answers: a rule can make several of one. */
export function readPlans(text: string): PlanNode[] {
  const parsed = [parse(text)].flat();
  return parsed.flatMap((part) => {
    const plan = (part as { Plan?: ExplainedNode } | undefined)?.Plan;
    return plan?.['Actual Rows'] === undefined ? [] : [planNode(plan)];
  });
}

/** Undefined for another form than JSON: a script can set it, and must not come to harm by it. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * What a statement cost, from the plans that ran for it. A statement runs several when it is a
 * block or a call with statements inside, when a rule rewrites it, or when COMMIT checks deferred
 * constraints; their common root is then a node named `Statements`.
 */
export function costOf(plans: readonly PlanNode[]): StatementCost | undefined {
  const [first, ...others] = plans;
  if (!first) return undefined;
  const plan = others.length === 0 ? first : statements(plans);
  const { buffersHit, buffersRead, walBytes } = plan;
  return { plan, buffersHit, buffersRead, walBytes, rowsScanned: rowsScanned(plan) };
}

function statements(plans: readonly PlanNode[]): PlanNode {
  const sum = (count: (plan: PlanNode) => number) =>
    plans.reduce((total, plan) => total + count(plan), 0);
  return {
    node: 'Statements',
    rowsPlanned: sum(({ rowsPlanned }) => rowsPlanned),
    rows: sum(({ rows }) => rows),
    loops: 1,
    rowsRemoved: 0,
    buffersHit: sum(({ buffersHit }) => buffersHit),
    buffersRead: sum(({ buffersRead }) => buffersRead),
    walBytes: sum(({ walBytes }) => walBytes),
    children: [...plans],
  };
}

function planNode(explained: ExplainedNode): PlanNode {
  const loops = explained['Actual Loops'] ?? 0;
  // PostgreSQL prints means over the loops, rounded; the totals are what a reader can add up.
  const total = (mean: number) => Math.round(mean * loops);
  const node: PlanNode = {
    node: explained['Node Type'],
    rowsPlanned: total(explained['Plan Rows']),
    rows: total(explained['Actual Rows'] ?? 0),
    loops,
    rowsRemoved: total(rowsRemoved(explained)),
    buffersHit: count(explained, 'Shared Hit Blocks') + count(explained, 'Local Hit Blocks'),
    buffersRead: count(explained, 'Shared Read Blocks') + count(explained, 'Local Read Blocks'),
    walBytes: count(explained, 'WAL Bytes'),
    children: (explained.Plans ?? []).map(planNode),
  };
  const relation =
    explained['Relation Name'] ?? explained['CTE Name'] ?? explained['Function Name'];
  const condition = firstText(explained, CONDITIONS);
  const filter = firstText(explained, FILTERS);
  if (explained.Operation !== undefined) node.operation = explained.Operation;
  if (relation !== undefined) node.relation = relation;
  if (explained['Index Name'] !== undefined) node.index = explained['Index Name'];
  if (condition !== undefined) node.condition = condition;
  if (filter !== undefined) node.filter = filter;
  return Object.assign(node, details(explained));
}

/** What only some nodes have, and zero says nothing. */
function details(explained: ExplainedNode): Partial<PlanNode> {
  const found: Partial<PlanNode> = {};
  const subplan = explained['Subplan Name'];
  if (typeof subplan === 'string') found.subplan = subplan;
  const sortKeys = explained['Sort Key'];
  if (Array.isArray(sortKeys)) found.sortKeys = sortKeys.map(String);
  const sortMethod = explained['Sort Method'];
  if (typeof sortMethod === 'string') found.sortMethod = sortMethod;
  const numbers = {
    buffersDirtied:
      count(explained, 'Shared Dirtied Blocks') + count(explained, 'Local Dirtied Blocks'),
    ...space(explained),
    heapFetches: count(explained, 'Heap Fetches'),
  };
  for (const [name, value] of Object.entries(numbers)) {
    if (value > 0) Object.assign(found, { [name]: value });
  }
  const batches = Math.max(count(explained, 'Hash Batches'), count(explained, 'HashAgg Batches'));
  if (batches > 1) found.batches = batches;
  return found;
}

/** What a node kept of its rows, in KiB: PostgreSQL has three ways to say it. */
function space(explained: ExplainedNode): { memoryKiB: number; diskKiB: number } {
  const sorted = count(explained, 'Sort Space Used');
  const stored = count(explained, 'Maximum Storage');
  const [sortOnDisk, storeOnDisk] = ['Sort Space Type', 'Storage'].map(
    (key) => explained[key] === 'Disk',
  );
  return {
    memoryKiB:
      count(explained, 'Peak Memory Usage') +
      (sortOnDisk ? 0 : sorted) +
      (storeOnDisk ? 0 : stored),
    diskKiB:
      count(explained, 'Disk Usage') + (sortOnDisk ? sorted : 0) + (storeOnDisk ? stored : 0),
  };
}

function count(explained: ExplainedNode, key: string): number {
  const value = explained[key];
  return typeof value === 'number' ? value : 0;
}

/** Rows removed by a filter, a join filter, an index recheck or a conflict filter; mean over the loops. */
function rowsRemoved(explained: ExplainedNode): number {
  return Object.keys(explained)
    .filter((key) => key.startsWith('Rows Removed by '))
    .reduce((sum, key) => sum + count(explained, key), 0);
}

function firstText(explained: ExplainedNode, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = explained[key];
    if (typeof value === 'string') return value;
  }
  return undefined;
}

/** Rows that the scans read, dropped ones included. */
function rowsScanned(plan: PlanNode): number {
  const own = SCANS.has(plan.node) ? plan.rows + plan.rowsRemoved : 0;
  return plan.children.reduce((sum, child) => sum + rowsScanned(child), own);
}
