/** Says in one sentence what is most telling about a plan, or nothing. */
import type { PlanNode, StatementCost } from '../lab/result.ts';

/** A node with what stands above it. */
interface Placed {
  node: PlanNode;
  /** Whether nothing above it can end it early, so that it went through all that it could read. */
  whole: boolean;
}

/** What a rule is given: the plan's nodes, those above first, and what the statement is. */
interface Facts {
  root: PlanNode;
  nodes: readonly Placed[];
}

/** A rule finds its node and says its sentence, or nothing. */
type Rule = (facts: Facts) => string | undefined;

/** How many times more rows than planned are worth a word, and by how many at least. */
const MISJUDGED = { times: 10, rows: 100 };
/** Loops of an inner side, and rows of a sort, from which on they are worth a word. */
const MANY_LOOPS = 10;
const MANY_ROWS = 100;
/** A condition of more characters than this is not repeated. */
const LONG_CONDITION = 60;

/** Nodes that take in all that their child has to give before they answer. */
const TAKES_ALL_IN = new Set(['Sort', 'Hash']);
/** Nodes that do so unless they are ended early themselves. Others may stop: Limit, a join, EXISTS. */
const PASSES_ALL = new Set(['Aggregate', 'ModifyTable', 'Append']);
/** Tags of statements that run their query to its end; a cursor, or a block, may not. */
const TO_THE_END = /^(SELECT|INSERT|UPDATE|DELETE|MERGE|COPY|EXPLAIN)\b/;
const INDEX_SCANS = new Set(['Index Scan', 'Index Only Scan', 'Bitmap Heap Scan']);

/**
 * The sentence about the most telling node of a plan. The first rule that has something to say
 * wins; within a rule, the node with the most rows. In this order:
 *
 * 1. a scan of a table gave far more rows than the planner expected;
 * 2. a sort or a hash table did not fit into work_mem and went to disk;
 * 3. a table of several pages was read for a condition that dropped rows;
 * 4. the inner side of a Nested Loop, or a subquery, ran many times;
 * 5. an index led to rows most of which a filter then dropped;
 * 6. many rows were sorted;
 * 7. an index answered alone, or had to look into its table all the same;
 * 8. an index led to the rows;
 * 9. a whole table was read for a result of far fewer rows.
 *
 * Nothing is said of a plan that no rule fits. A Seq Scan does not tell whether there is an index
 * that the planner did not want, so the sentences only say that none was used.
 * Source: PostgreSQL 18, "Using EXPLAIN" and "Row Estimation Examples".
 */
export function tellingSentence(
  { plan }: Pick<StatementCost, 'plan'>,
  tag: string,
): string | undefined {
  const facts = factsOf(plan, tag);
  for (const rule of RULES) {
    const sentence = rule(facts);
    if (sentence !== undefined) return sentence;
  }
  return undefined;
}

/**
 * For whoever asks to have a statement explained: the telling sentence or, where there is none, that
 * a table of one page was read for a condition, so that no index could have been cheaper. Below every
 * statement on a small table, it would be said again and again.
 */
export function explainingSentence(cost: Pick<StatementCost, 'plan'>): string | undefined {
  return tellingSentence(cost, 'EXPLAIN') ?? onePage(factsOf(cost.plan, 'EXPLAIN'));
}

function factsOf(plan: PlanNode, tag: string): Facts {
  return { root: plan, nodes: placed(plan, TO_THE_END.test(tag)) };
}

function placed(node: PlanNode, whole: boolean): Placed[] {
  const below = TAKES_ALL_IN.has(node.node) || (whole && PASSES_ALL.has(node.node));
  return [
    { node, whole },
    ...node.children.flatMap((child) => placed(child, below && child.subplan === undefined)),
  ];
}

const misjudged: Rule = ({ nodes }) => {
  const found = most(
    nodes.filter(
      ({ node }) =>
        node.relation !== undefined &&
        (node.node === 'Seq Scan' || INDEX_SCANS.has(node.node)) &&
        node.rows >= MISJUDGED.times * node.rowsPlanned &&
        node.rows - node.rowsPlanned >= MISJUDGED.rows,
    ),
    ({ rows }) => rows,
  );
  if (!found) return undefined;
  const { relation, rowsPlanned, rows } = found.node;
  return `The planner expected ${rowCount(rowsPlanned)} of ${relation} and got ${figure(rows)}: ANALYZE ${relation} renews the statistics that it plans by.`;
};

const spilled: Rule = ({ nodes }) => {
  const found = most(
    nodes.filter(({ node }) => node.diskKiB !== undefined || node.batches !== undefined),
    ({ rows }) => rows,
  );
  if (!found) return undefined;
  const { node, diskKiB, batches, rows } = found.node;
  if (diskKiB === undefined) {
    return `The table of a ${node} did not fit into work_mem and was worked off in ${figure(batches ?? 0)} parts by way of the disk.`;
  }
  const what = node.includes('Sort') ? `The sort of ${rowCount(rows)}` : `The rows of ${node}`;
  return `${what} did not fit into work_mem: ${size(diskKiB)} went to disk.`;
};

const searchedAll: Rule = ({ nodes }) => {
  const found = most(
    nodes.filter(
      ({ node }) => node.node === 'Seq Scan' && node.rowsRemoved > 0 && pages(node) > node.loops,
    ),
    rowsRead,
  );
  if (!found) return undefined;
  const { node, whole } = found;
  const read = rowsRead(node);
  const what =
    node.loops > 1
      ? `${rowCount(read)} of ${node.relation}, in ${figure(node.loops)} passes,`
      : whole && read > 1
        ? `all ${rowCount(read)} of ${node.relation}`
        : `${rowCount(read)} of ${node.relation}`;
  return `Read ${what} to keep ${figure(node.rows)}: no index was used for ${condition(node.filter)}.`;
};

const ranOftenInside: Rule = ({ nodes }) => {
  const inner = nodes.flatMap(({ node }) =>
    node.node === 'Nested Loop'
      ? node.children.filter(({ subplan }) => subplan === undefined).slice(1)
      : node.children.filter(({ subplan }) => subplan?.startsWith('SubPlan')),
  );
  const often = inner
    .filter(({ loops }) => loops >= MANY_LOOPS)
    .sort((a, b) => b.loops - a.loops)[0];
  if (!often) return undefined;
  const times = `${figure(often.loops)} times`;
  if (often.subplan !== undefined) {
    return `The subquery (${often.subplan}) ran ${times}, ${does(often)}.`;
  }
  return `Nested Loop ran its inner side ${times}, ${does(often)}.`;
};

const droppedAfterIndex: Rule = ({ nodes }) => {
  const found = most(
    nodes.filter(
      ({ node }) =>
        indexOf(node) !== undefined &&
        node.filter !== undefined &&
        node.rowsRemoved > Math.max(node.rows, 1),
    ),
    rowsRead,
  );
  if (!found) return undefined;
  const { node } = found;
  return `The index ${indexOf(node)} led to ${rowCount(rowsRead(node))}, of which ${condition(node.filter)} left ${figure(node.rows)}.`;
};

const sorted: Rule = ({ nodes }) => {
  const found = most(
    nodes.filter(
      ({ node }) =>
        node.node === 'Sort' && node.memoryKiB !== undefined && sortInput(node) >= MANY_ROWS,
    ),
    sortInput,
  );
  if (!found) return undefined;
  const { node } = found;
  const keys = (node.sortKeys ?? []).map(bare).join(', ');
  const memory = `in memory (${size(node.memoryKiB ?? 0)})`;
  return node.sortMethod === 'top-N heapsort'
    ? `Went through ${rowCount(sortInput(node))} to find the first by ${keys}, ${memory}.`
    : `Sorted ${rowCount(sortInput(node))} by ${keys}, ${memory}.`;
};

const indexAlone: Rule = ({ nodes }) => {
  const found = most(
    nodes.filter(
      ({ node }) => node.node === 'Index Only Scan' && node.loops === 1 && node.rows > 0,
    ),
    ({ rows }) => rows,
  );
  if (!found) return undefined;
  const { index, relation, rows, heapFetches } = found.node;
  return heapFetches === undefined
    ? `The index ${index} alone had the answer: no row of ${relation} was read.`
    : `The index ${index} had all columns, but ${relation} was looked into for ${figure(heapFetches)} of ${rowCount(rows)}, whose pages are not marked as visible to all: VACUUM ${relation} does that.`;
};

const indexLed: Rule = ({ nodes }) => {
  const found = most(
    nodes.filter(
      // Without a condition, an index is read for its order.
      ({ node }) => indexOf(node) !== undefined && node.loops === 1 && node.condition !== undefined,
    ),
    rowsRead,
  );
  if (!found) return undefined;
  const { node } = found;
  const index = `The index ${indexOf(node)}`;
  if (rowsRead(node) === 0) return `${index} told that there is no such row.`;
  return node.rowsRemoved === 0
    ? `${index} led straight to ${rowCount(node.rows)}.`
    : `${index} led to ${rowCount(rowsRead(node))}, of which ${figure(node.rows)} stayed.`;
};

const readAll: Rule = ({ root, nodes }) => {
  const found = most(
    nodes.filter(
      ({ node, whole }) =>
        whole && node.node === 'Seq Scan' && node.rowsRemoved === 0 && pages(node) > 1,
    ),
    rowsRead,
  );
  if (!found || root.node === 'ModifyTable') return undefined;
  const { rows, relation } = found.node;
  if (rows < MANY_ROWS || root.rows * MISJUDGED.times > rows) return undefined;
  return `Read all ${rowCount(rows)} of ${relation} for a result of ${rowCount(root.rows)}.`;
};

const onePage: Rule = ({ nodes }) => {
  const found = most(
    nodes.filter(
      ({ node, whole }) =>
        whole && node.node === 'Seq Scan' && node.rowsRemoved > 0 && pages(node) === 1,
    ),
    rowsRead,
  );
  if (!found) return undefined;
  const { relation } = found.node;
  return `All of ${relation} fits into one page, so it was read whole: no index could be cheaper.`;
};

const RULES: readonly Rule[] = [
  misjudged,
  spilled,
  searchedAll,
  ranOftenInside,
  droppedAfterIndex,
  sorted,
  indexAlone,
  indexLed,
  readAll,
];

/** The node with the most of something; the first of equals. */
function most(nodes: readonly Placed[], of: (node: PlanNode) => number): Placed | undefined {
  return nodes.reduce<Placed | undefined>(
    (best, placed) => (best && of(best.node) >= of(placed.node) ? best : placed),
    undefined,
  );
}

const rowsRead = ({ rows, rowsRemoved }: PlanNode) => rows + rowsRemoved;
const pages = ({ buffersHit, buffersRead }: PlanNode) => buffersHit + buffersRead;
const sortInput = (node: PlanNode) => node.children[0]?.rows ?? node.rows;

/** The index of a scan; of a bitmap scan, its only one. */
function indexOf(node: PlanNode): string | undefined {
  if (node.node !== 'Bitmap Heap Scan') return INDEX_SCANS.has(node.node) ? node.index : undefined;
  return node.children.length === 1 ? node.children[0]?.index : undefined;
}

/** What a node that ran many times did each time. */
function does(node: PlanNode): string {
  const child = node.children[0];
  if (node.node === 'Memoize' && child) {
    return `${figure(child.loops)} of them ${by(child)}: Memoize had the other answers in memory`;
  }
  if (node.node === 'Materialize') return 'each time on rows that it had kept';
  return `each time ${by(node)}`;
}

function by(node: PlanNode): string {
  const index = indexOf(node);
  if (index !== undefined) return `by the index ${index}`;
  const on = node.relation === undefined ? '' : ` on ${node.relation}`;
  return `by ${/^[AEIOU]/.test(node.node) ? 'an' : 'a'} ${node.node}${on}`;
}

/** A condition as the reader would write it: without the outermost parentheses and plain casts. */
function condition(filter: string | undefined): string {
  if (filter === undefined) return 'the condition';
  const text = bare(filter);
  return text.length > LONG_CONDITION ? 'the condition' : `the condition ${text}`;
}

function bare(text: string): string {
  return text
    .replace(/^\(([^()]*)\)$/, '$1')
    .replace(/('(?:[^']|'')*')::(?:text|bpchar|character varying|date)\b/g, '$1');
}

const figure = (amount: number) => amount.toLocaleString('en');
const rowCount = (amount: number) => `${figure(amount)} ${amount === 1 ? 'row' : 'rows'}`;

/** A size of so many KiB: `565 kB`, `1.2 MB`, in PostgreSQL's units of 1024. */
function size(kib: number): string {
  return kib < 1024 ? `${figure(kib)} kB` : `${(kib / 1024).toFixed(1)} MB`;
}
