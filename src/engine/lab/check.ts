/** Grades a run: the state that it left and the trace that it made. */
import { marshall } from '@aws-sdk/util-dynamodb';
import { type Check, COUNTERS } from './check-schema.ts';
import { asText, inOrder, inWords, plain, same } from './check-values.ts';
import type { Engines } from './engines.ts';
import {
  type DynamoDBCall,
  type DynamoDBStep,
  type Json,
  type LabRun,
  type PlanNode,
  type StatementResult,
  withMore,
} from './result.ts';

/** What became of one check. */
export interface CheckResult {
  check: Check;
  passed: boolean;
  /** The rule in words, with what was found when it failed. */
  message: string;
  /** What was found and what was wanted instead; absent when it passed. */
  found?: string;
  wanted?: string;
}

/**
 * Grades a finished run. Checks of the state ask the engines, which must be as the run left them.
 */
export async function gradeRun(
  checks: readonly Check[],
  run: LabRun,
  engines: Pick<Engines, 'dynamodb' | 'postgres'>,
): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const check of checks) {
    results.push({ check, ...(await grade(check, run, engines)) });
  }
  return results;
}

type Graded = Omit<CheckResult, 'check'>;

async function grade(
  check: Check,
  run: LabRun,
  { dynamodb, postgres }: Pick<Engines, 'dynamodb' | 'postgres'>,
): Promise<Graded> {
  if ('sql' in check) return gradeSql(check, postgres);
  if ('item' in check) {
    const { table, key } = check.item;
    const request = {
      TableName: table,
      Key: marshall(key) as unknown as Json,
      ConsistentRead: true,
    };
    const answer = await dynamodb.inspect('GetItem', request, check.item.region);
    const what = `${table} ${JSON.stringify(key)}`;
    if (answer.status !== 200) return told(false, what, answer.body, 'an answer');
    const wire = answer.body.Item;
    const item = wire === undefined ? undefined : plain(wire);
    if (check.absent) return told(item === undefined, what, item, 'no item');
    if (check.equals) return told(same(item, check.equals), what, item, check.equals);
    const part =
      item === undefined
        ? undefined
        : Object.fromEntries(
            Object.keys(check.includes ?? {}).map((name) => [
              name,
              (item as Record<string, Json>)[name],
            ]),
          );
    return told(same(part, check.includes), what, part, check.includes);
  }
  if ('count' in check) {
    const what = check.index === undefined ? check.count : `${check.index} of ${check.count}`;
    const found = await countItems(dynamodb, check);
    if (typeof found === 'string') return told(false, `items in ${what}`, found, undefined);
    return amount(check, `items in ${what}`, found);
  }
  if ('calls' in check) {
    const made = calls(run, check.step).filter((call) => call.operation === check.calls).length;
    return amount(check, `${check.calls} requests`, made);
  }
  if ('units' in check) {
    const used = calls(run, check.step)
      .flatMap((call) => call.metering.tables)
      .reduce((sum, table) => sum + table[check.units], 0);
    return amount(check, `${check.units} units`, used);
  }
  if ('plan' in check) {
    const nodes = statements(run, check.step).flatMap(({ cost }) =>
      cost ? flatten(cost.plan) : [],
    );
    const hit = nodes.some(
      (node) =>
        node.node.includes(check.plan) &&
        (check.index === undefined || node.index === check.index) &&
        (check.relation === undefined || node.relation === check.relation),
    );
    const what = `plan ${check.used ? 'uses' : 'does not use'} ${[check.plan, check.index, check.relation].filter(Boolean).join(' on ')}`;
    return told(hit === check.used, what, [...new Set(nodes.map(({ node }) => node))], undefined);
  }
  if ('cost' in check) {
    return amount(check, COUNTERS[check.cost], counted(check.cost, run, check.step));
  }
  if ('answer' in check) return gradeAnswer(check, run);
  const shown =
    check.side === 'dynamodb'
      ? dynamoDbSteps(run, check.step).map(({ calls: made, console, error, world = [] }) => ({
          answers: made.map((call) => call.response),
          world: [world, ...made.map((call) => call.world ?? [])].flat().map(({ text }) => text),
          console,
          error,
        }))
      : statements(run, check.step).map(({ cost: _cost, sql: _sql, ...answer }) => answer);
  const hit = leaves(shown).some((text) => text.includes(check.shows));
  return told(hit, `${check.side} shows '${check.shows}'`, 'nothing of the kind', undefined);
}

/** Every text and number inside a value, as text. */
const leaves = (value: unknown): string[] =>
  typeof value === 'object' && value !== null
    ? Object.values(value).flatMap(leaves)
    : [String(value)];

type Of<Field extends string> = Extract<Check, { [name in Field]: unknown }>;

/** The statements by which a query of the state is asked: a probe is rolled back. */
export function checkStatements({ given, sql, error }: Of<'sql'>): string[] {
  return given.length > 0 || error !== undefined ? ['BEGIN', ...given, sql, 'ROLLBACK'] : [sql];
}

/** A query of the state. */
async function gradeSql(check: Of<'sql'>, postgres: Engines['postgres']): Promise<Graded> {
  const answers = new Map<string, StatementResult>();
  for (const text of checkStatements(check)) {
    answers.set(text, await postgres.run({ text, line: 1, column: 1 }));
  }
  const broken = check.given.find((text) => answers.get(text)?.error);
  if (broken) return told(false, broken, answers.get(broken)?.error?.message, 'no error');
  const { error, columns = [], rows = [] } = answers.get(check.sql) as StatementResult;
  if (check.error !== undefined) {
    const found = error ? `${error.code}: ${error.message}` : 'no error';
    return told(error?.code === check.error, check.sql, found, check.error);
  }
  if (error) return told(false, check.sql, error.message, check.rows);
  return table(check, check.sql, { columns: columns.map(({ name }) => name), rows });
}

/** What the reader's program was answered. */
function gradeAnswer(check: Of<'answer'>, run: LabRun): Graded {
  const what = `the answer of ${check.answer}`;
  if (check.answer === 'postgres') {
    const last = statements(run, check.step).findLast(({ columns }) => columns !== undefined);
    const columns = (last?.columns ?? []).map(({ name }) => name);
    return table(check, what, { columns, rows: last?.rows ?? [] });
  }
  const wanted = check.items ?? [];
  const names = new Set(wanted.flatMap(Object.keys));
  const found = calls(run, check.step)
    .flatMap(({ response }) => itemsOf(response))
    .map((item) => Object.fromEntries(Object.entries(item).filter(([name]) => names.has(name))));
  const order = (items: unknown[]) => (check.ordered ? items : inOrder(items));
  return told(same(order(found), order(wanted)), what, found, wanted);
}

/** The items of an answer, as plain values, whatever the operation. */
function itemsOf(response: Json): Array<Record<string, Json>> {
  const { Item, Items, Responses } = response as Record<string, Json | undefined>;
  const found = [Item ?? [], Items ?? []].flat() as Json[];
  for (const one of Array.isArray(Responses) ? Responses : Object.values(Responses ?? {}).flat()) {
    // TransactGetItems wraps each item, BatchGetItem lists them by table.
    found.push((one as { Item?: Json } | null)?.Item ?? (Array.isArray(Responses) ? [] : one));
  }
  return found.flat().map((item) => plain(item as Json) as Record<string, Json>);
}

/** Compares rows, and the names of their columns where the check says them. */
function table(
  check: { rows?: unknown[][] | undefined; columns?: string[] | undefined; ordered: boolean },
  what: string,
  found: { columns: string[]; rows: Array<Array<string | null>> },
): Graded {
  if (check.columns && !same(found.columns, check.columns)) {
    return told(false, `${what}, columns`, found.columns, check.columns);
  }
  const wanted = (check.rows ?? []).map((row) =>
    row.map((value) => asText(value as Parameters<typeof asText>[0])),
  );
  if (check.ordered) return told(same(found.rows, wanted), what, found.rows, wanted);
  const passed = same(inOrder(found.rows), inOrder(wanted));
  return told(passed, `${what}, in any order`, found.rows, wanted);
}

/** A counter of the run, or of one of its steps. */
function counted(counter: keyof typeof COUNTERS, run: LabRun, step: string | undefined): number {
  const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
  const made = calls(run, step);
  const sent = statements(run, step);
  switch (counter) {
    case 'requests':
      return made.length;
    case 'itemsRead':
    case 'itemsReturned':
    case 'itemsWritten':
      return sum(made.map(({ metering }) => metering[counter]));
    case 'statements':
      return sent.length;
    case 'errors':
      return sent.filter(({ error }) => error !== undefined).length;
    case 'buffers':
      return sum(sent.map(({ cost }) => (cost ? cost.buffersHit + cost.buffersRead : 0)));
    case 'rowsScanned':
    case 'walBytes':
      return sum(sent.map(({ cost }) => cost?.[counter] ?? 0));
  }
}

/** The number of items in a table or an index, by as many Scans as it takes; or why there is none. */
async function countItems(
  dynamodb: Engines['dynamodb'],
  { count: table, index }: Of<'count'>,
): Promise<number | string> {
  let count = 0;
  let from: Json | undefined;
  do {
    const { status, body } = await dynamodb.inspect('Scan', {
      TableName: table,
      ...(index === undefined ? {} : { IndexName: index }),
      Select: 'COUNT',
      ...(from === undefined ? {} : { ExclusiveStartKey: from }),
    });
    if (status !== 200) return String(body.message);
    count += Number(body.Count);
    from = body.LastEvaluatedKey;
  } while (from !== undefined);
  return count;
}

const dynamoDbSteps = (run: LabRun, step: string | undefined): DynamoDBStep[] =>
  (run.dynamodb?.steps ?? []).filter(({ name }) => step === undefined || name === step);

const calls = (run: LabRun, step: string | undefined): DynamoDBCall[] =>
  dynamoDbSteps(run, step).flatMap((s) => s.calls);

const statements = (run: LabRun, step: string | undefined): StatementResult[] =>
  (run.postgres?.steps ?? [])
    .filter(({ name }) => step === undefined || name === step)
    .flatMap((s) => s.statements)
    .flatMap(withMore);

const flatten = (node: PlanNode): PlanNode[] => [node, ...node.children.flatMap(flatten)];

function amount(
  wanted: { is?: number | undefined; atMost?: number | undefined; atLeast?: number | undefined },
  what: string,
  found: number,
): Graded {
  const { is, atMost, atLeast } = wanted;
  const passed =
    (is === undefined || found === is) &&
    (atMost === undefined || found <= atMost) &&
    (atLeast === undefined || found >= atLeast);
  const rule = [
    is === undefined ? '' : `exactly ${is}`,
    atMost === undefined ? '' : `at most ${atMost}`,
    atLeast === undefined ? '' : `at least ${atLeast}`,
  ];
  return told(passed, what, found, rule.filter(Boolean).join(', '));
}

function told(passed: boolean, what: string, found: unknown, wanted: unknown): Graded {
  if (passed) return { passed, message: what };
  const instead = wanted === undefined ? '' : `, wanted ${JSON.stringify(wanted)}`;
  return {
    passed,
    message: `${what}: found ${JSON.stringify(found)}${instead}`,
    found: inWords(found),
    ...(wanted !== undefined && { wanted: inWords(wanted) }),
  };
}
