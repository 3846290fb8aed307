/** Grades a run: the state that it left and the trace that it made. */
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
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
import type { Check } from './schema.ts';

/** What became of one check. */
export interface CheckResult {
  check: Check;
  passed: boolean;
  /** The rule in words, with what was found when it failed. */
  message: string;
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
    const { passed, message } = await grade(check, run, engines);
    results.push({ check, passed, message });
  }
  return results;
}

type Graded = Pick<CheckResult, 'passed' | 'message'>;

async function grade(
  check: Check,
  run: LabRun,
  { dynamodb, postgres }: Pick<Engines, 'dynamodb' | 'postgres'>,
): Promise<Graded> {
  if ('sql' in check) {
    const answer = await postgres.run({ text: check.sql, line: 1, column: 1 });
    const wanted = check.rows.map((row) => row.map(asText));
    const found: Json = answer.error ? answer.error.message : (answer.rows ?? []);
    return told(same(found, wanted), check.sql, found, wanted);
  }
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
    return amount(check, `items in ${check.count}`, await countItems(dynamodb, check.count));
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

/** The number of items in a table, by as many Scans as it takes. */
async function countItems(dynamodb: Engines['dynamodb'], table: string): Promise<number> {
  let count = 0;
  let from: Json | undefined;
  do {
    const { status, body } = await dynamodb.inspect('Scan', {
      TableName: table,
      Select: 'COUNT',
      ...(from === undefined ? {} : { ExclusiveStartKey: from }),
    });
    if (status !== 200) throw new Error(`cannot count ${table}: ${String(body.message)}`);
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
  return { passed, message: `${what}: found ${JSON.stringify(found)}${instead}` };
}

const asText = (value: string | number | boolean | null) =>
  typeof value === 'boolean' ? (value ? 't' : 'f') : value === null ? null : String(value);

/** An item as plain JSON values: sets as sorted lists, numbers beyond a double as text. */
function plain(wire: Json): Json {
  return JSON.parse(
    JSON.stringify(
      unmarshall(wire as unknown as Parameters<typeof unmarshall>[0], { wrapNumbers: toNumber }),
      (_key, value: unknown) => (value instanceof Set ? [...value].sort() : value),
    ),
  ) as Json;
}

const toNumber = (text: string): number | string => {
  const number = Number(text);
  return String(number) === text ? number : text;
};

/** Equality of JSON values, whatever the order of an object's keys. */
function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
