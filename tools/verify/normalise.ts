/** What must differ between two PostgreSQLs, taken out of their answers before they are compared. */
import type {
  Notice,
  PlanNode,
  PostgresError,
  StatementResult,
} from '../../src/engine/lab/result.ts';

/** Texts that differ from server to server or from run to run, and what they are replaced by. */
const IN_TEXT: ReadonlyArray<{ what: RegExp; by: string; why: string }> = [
  {
    what: /'\d+'::oid/g,
    by: "'<oid>'::oid",
    why: 'a server counts the objects of all databases, and has made more of them',
  },
  {
    what: /\b(pg_toast|pg_toast_temp|pg_temp)_\d+/g,
    by: '$1_<number>',
    why: 'named after an OID, or after the place of the session among all sessions',
  },
  {
    what: /\b(PID|[Pp]rocess) \d+/g,
    by: '$1 <pid>',
    why: 'the operating system numbers the processes',
  },
  {
    what: /\btransaction \d+/g,
    by: 'transaction <xid>',
    why: 'a server counts the transactions of all databases',
  },
];

/** The same, in the lines of EXPLAIN alone. */
const IN_EXPLAIN: typeof IN_TEXT = [
  {
    what: /\b(actual time=)[\d.]+\.\.[\d.]+/g,
    by: '$1<time>',
    why: 'no two executions take the same time',
  },
  {
    what: /((?:Planning|Execution|Startup|Total) Time"?: )[\d.]+( ms)?/g,
    by: '$1<time>',
    why: 'no two executions take the same time',
  },
  {
    what: /\b(Memory(?: Usage)?"?: )\d+/g,
    by: '$1<memory>',
    why: 'pointers are twice as large on a machine of 64 bits',
  },
];

/** Types whose values number something that a server counts over all of its databases. */
const COUNTED = new Set(['oid', 'xid', 'xid8', 'pg_lsn']);
/** Columns of numbers that the operating system gives, by name. */
const PROCESS = /^(pid|.*_pid)$/;

/** An answer without what must differ. */
export function normalised(result: StatementResult): StatementResult {
  const { columns, rows, error, title, footer, more, cost } = result;
  const copy: StatementResult = { ...result, notices: result.notices.map(message) };
  if (error) copy.error = message(withoutWay(error));
  if (title !== undefined) copy.title = text(title);
  if (footer) copy.footer = footer.map(text);
  if (more) copy.more = more.map(normalised);
  if (cost) copy.cost = { ...cost, plan: node(cost.plan) };
  if (columns && rows) {
    copy.rows = rows.map((row) => row.map((value, index) => cell(value, columns[index])));
  }
  return copy;
}

function cell(value: string | null, column: { name: string; type: string } | undefined) {
  // Zero stands for none: that there is one, or none, is the same everywhere.
  if (value === null || value === '0' || column === undefined) return value;
  if (COUNTED.has(column.type)) return `<${column.type}>`;
  if (PROCESS.test(column.name)) return '<pid>';
  return column.name === 'QUERY PLAN' ? replaced(text(value), IN_EXPLAIN) : text(value);
}

/**
 * An extension that is not installed is fetched in another way here than on a server, and the hint
 * of that error says how. The error itself is compared.
 */
function withoutWay({ hint, ...error }: PostgresError): PostgresError {
  if (hint === undefined) return error;
  const missing = error.code === '0A000' && /^extension ".+" is not available$/.test(error.message);
  return missing ? error : { ...error, hint };
}

function message<Message extends Notice | PostgresError>(from: Message): Message {
  return Object.fromEntries(
    Object.entries(from).map(([key, value]) => [
      key,
      typeof value === 'string' ? text(value) : value,
    ]),
  ) as Message;
}

function node(from: PlanNode): PlanNode {
  const copy: PlanNode = { ...from, children: from.children.map(node) };
  if (from.relation !== undefined) copy.relation = text(from.relation);
  if (from.condition !== undefined) copy.condition = text(from.condition);
  if (from.filter !== undefined) copy.filter = text(from.filter);
  return copy;
}

const text = (value: string): string => replaced(value, IN_TEXT);

const replaced = (value: string, rules: typeof IN_TEXT): string =>
  rules.reduce((sofar, { what, by }) => sofar.replaceAll(what, by), value);
