/** The schema of scenario.yaml. Node only: the page gets scenarios from the build. */
import * as z from 'zod';
import { worldSchema } from '../lab/world.ts';
import { conditionSchema } from './condition-schema.ts';
import { LEVELS, type Level, type PlayCondition } from './conditions.ts';
import { countOrders, inOrder, OrderError } from './orders.ts';
import { SESSION_NAMES } from './play.ts';
import { lengthsOf, MOST_ORDERS, stepsOf } from './scenario.ts';
import { unrecordable } from './unrecordable.ts';

const level = z.enum(LEVELS);

const step = z.strictObject({
  does: z.string().min(3).describe('What the step does, in a few words: the label of its card'),
  sql: z
    .string()
    .trim()
    .min(1)
    .refine((sql) => !sql.endsWith(';'), { error: 'one statement, without a semicolon at its end' })
    .describe('One statement. `{level}` stands for the isolation level, in capitals'),
});

const order = z
  .string()
  .regex(/^[ABC]+$/, { error: 'an order names the session of each step: AABBAB' });

const fields = z.strictObject({
  title: z.string().min(3).describe('A few words, shown as the heading'),
  summary: z.string().min(20).describe('What happens, in a sentence or two'),
  question: z.string().min(10).describe('What to find out by trying orders'),
  levels: z
    .array(level)
    .min(1)
    .describe('The isolation levels to play it at, in the order in which they are offered'),
  level: level.optional().describe('The level that is shown first; by default the first'),
  order: order.describe('The order that is shown first, and without JavaScript'),
  setup: z.string().min(1).describe('SQL that makes the tables and fills them, before each play'),
  sessions: z
    .strictObject({
      A: z.array(step).min(1),
      B: z.array(step).min(1),
      C: z.array(step).min(1).optional(),
    })
    .describe('The steps of each session'),
  orders: z
    .array(z.strictObject({ order, name: z.string().min(3).describe('What is special about it') }))
    .min(2)
    .optional()
    .describe(`The orders to record; needed where there are more than ${MOST_ORDERS}`),
  watch: z
    .array(z.string())
    .default([])
    .describe('Tables of one page whose row versions are shown; columns of type int, text, bool'),
  final: z
    .array(z.string())
    .min(1)
    .describe('Queries for the final state, when all sessions have ended; with ORDER BY'),
  notice: z.array(z.string()).default([]).describe('What to try and to look at, a sentence each'),
  why: z
    .array(
      z.strictObject({
        when: conditionSchema.describe('All that is given must hold of the play'),
        says: z.string().min(20).describe('Why it came out so, in a sentence or two'),
      }),
    )
    .min(1)
    .describe('The first whose condition holds is shown; every play must have one'),
  sources: z
    .array(z.strictObject({ title: z.string(), url: z.url(), read: z.iso.date() }))
    .min(1)
    .describe('Where PostgreSQL documents it'),
  dynamodb: z
    .strictObject({
      says: z
        .string()
        .min(20)
        .describe('How the same story goes on DynamoDB, in a sentence or two'),
      world: worldSchema.optional().describe('Switches of the emulator, as in lab.yaml'),
    })
    .describe('What dynamodb.ts beside it does'),
});

/** What scenario.yaml, its sessions and its reasons may name, for the nearest to a misspelt name. */
export const scenarioFields: readonly string[] = [
  ...Object.keys(fields.shape),
  ...Object.keys(step.shape),
  ...Object.keys(conditionSchema.shape),
  ...['name', 'when', 'says', 'title', 'url', 'read', 'world'],
];

/** scenario.yaml, checked: steps, orders and reasons agree with each other. */
export const scenarioSchema = fields.superRefine((scenario, context) => {
  const complain = (path: Array<string | number>, message: string) =>
    context.addIssue({ code: 'custom', path, message });
  const steps = stepsOf(scenario, scenario.levels[0] as Level);
  const all = new Set<string>(steps.map(({ id }) => id));
  const check = (path: Array<string | number>, text: string) => {
    try {
      inOrder(steps, text);
    } catch (error) {
      if (!(error instanceof OrderError)) throw error;
      complain(path, error.message);
    }
  };
  const checkSql = (path: Array<string | number>, sql: string) => {
    const problem = unrecordable(sql);
    if (problem) complain(path, problem);
  };
  checkSql(['setup'], scenario.setup);
  for (const name of SESSION_NAMES) {
    scenario.sessions[name]?.forEach(({ sql }, index) => {
      checkSql(['sessions', name, index, 'sql'], sql);
    });
  }
  check(['order'], scenario.order);
  scenario.orders?.forEach((each, index) => {
    check(['orders', index, 'order'], each.order);
  });
  if (scenario.orders && !scenario.orders.some((each) => each.order === scenario.order)) {
    complain(['orders'], `${scenario.order}, the order shown first, is not among them`);
  }
  const twice = (texts: readonly string[]) => texts.find((each, at) => texts.indexOf(each) < at);
  const named = twice(scenario.orders?.map((each) => each.order) ?? []);
  if (named) complain(['orders'], `${named} stands there twice`);
  const again = twice(scenario.levels);
  if (again) complain(['levels'], `${again} stands there twice`);
  const count = countOrders(lengthsOf(scenario));
  if (!scenario.orders && count > MOST_ORDERS) {
    complain(
      ['orders'],
      `there are ${count} orders: name those to record (at most ${MOST_ORDERS})`,
    );
  }
  if (scenario.orders && scenario.orders.length > MOST_ORDERS) {
    complain(['orders'], `at most ${MOST_ORDERS} orders are recorded`);
  }
  if (scenario.level && !scenario.levels.includes(scenario.level)) {
    complain(['level'], `${scenario.level} is not among the levels`);
  }
  scenario.why.forEach(({ when }, index) => {
    for (const id of stepsIn(when)) {
      if (!all.has(id)) complain(['why', index, 'when'], `there is no step ${id}`);
    }
  });
});

function stepsIn(when: PlayCondition): string[] {
  const { waits, atOnce, cancelled, succeeds, fails, answers, tags, before } = when;
  const named = [waits, atOnce, cancelled, succeeds].flatMap((value) => value ?? []);
  const keys = [fails, answers, tags].flatMap((value) => Object.keys(value ?? {}));
  const noStep = ['any', ...SESSION_NAMES] as string[];
  return [...named, ...(before ?? []).flat(), ...keys.filter((key) => !noStep.includes(key))];
}
