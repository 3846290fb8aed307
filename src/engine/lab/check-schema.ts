/** What a check may say: rules that grade the state after a run, or its trace. */
import * as z from 'zod';
import { DIALECTS } from './dialects.ts';
import type { Side } from './result.ts';

const amount = {
  is: z.number().optional().describe('exactly this'),
  atMost: z.number().optional().describe('this or less'),
  atLeast: z.number().optional().describe('this or more'),
};
const saysHowMuch = (check: {
  is?: number | undefined;
  atMost?: number | undefined;
  atLeast?: number | undefined;
}) => check.is !== undefined || check.atMost !== undefined || check.atLeast !== undefined;
const howMuch = { error: 'say how much: `is`, `atMost` or `atLeast`' };

const why = z.string().optional().describe('What the check is there for, in a sentence');
const name = z
  .string()
  .min(3)
  .optional()
  .describe('The rule in a few words, as readers of an exercise see it');
const step = z.string().optional().describe('Only this step; without it the whole run');
const dialect = z
  .enum(['sdk', ...DIALECTS])
  .optional()
  .describe('Only of this dialect of DynamoDB’s program; without it of all that the lab has');
const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/**
 * A query after the run and what it must answer. Values are compared as psql prints them. With
 * `given` or `error` it is a probe: its statements run in a transaction that is rolled back.
 */
const sqlCheck = z
  .strictObject({
    sql: z.string().describe('A query, run after the last step'),
    rows: z.array(z.array(cell)).optional().describe('Its rows'),
    ordered: z.boolean().default(true).describe('false: the rows may come in any order'),
    columns: z.array(z.string()).optional().describe('Names of its columns, in order'),
    error: z.string().optional().describe('The SQLSTATE with which it must fail'),
    given: z.array(z.string()).default([]).describe('Statements that are run before it'),
    name,
    why,
  })
  .refine(({ rows, error }) => (rows === undefined) !== (error === undefined), {
    error: 'say one of `rows` and `error`',
  });

/** One DynamoDB item after the run, in plain JSON values. */
const itemCheck = z
  .strictObject({
    item: z.strictObject({
      table: z.string(),
      key: z.record(z.string(), z.union([z.string(), z.number()])),
      region: z.string().optional().describe('A Region of the world; the home Region without it'),
    }),
    equals: z.record(z.string(), z.unknown()).optional().describe('The whole item'),
    includes: z.record(z.string(), z.unknown()).optional().describe('Some of its attributes'),
    absent: z.literal(true).optional().describe('There is no such item'),
    name,
    why,
  })
  .refine(
    (check) =>
      [check.equals, check.includes, check.absent].filter((x) => x !== undefined).length === 1,
    { error: 'say one of `equals`, `includes` and `absent: true`' },
  );

/** How many items a DynamoDB table, or one of its indexes, holds after the run. */
const countCheck = z
  .strictObject({
    count: z.string().describe('A table'),
    index: z.string().optional().describe('An index of it'),
    ...amount,
    name,
    why,
  })
  .refine(saysHowMuch, howMuch);

/** How many requests of one operation the run made. */
const callsCheck = z
  .strictObject({
    calls: z.string().describe('An operation, as `Scan`'),
    ...amount,
    step,
    dialect,
    name,
    why,
  })
  .refine(saysHowMuch, howMuch);

/** Read or write units that the run consumed. */
const unitsCheck = z
  .strictObject({ units: z.enum(['read', 'write']), ...amount, step, name, why })
  .refine(saysHowMuch, howMuch);

/** A plan node that the run must, or must not, have used. */
const planCheck = z.strictObject({
  plan: z.string().describe('A node, as `Index Scan`, or a part of its name'),
  index: z.string().optional().describe('On this index'),
  relation: z.string().optional().describe('On this table'),
  used: z.boolean().default(true).describe('false: it must not appear'),
  step,
  dialect,
  name,
  why,
});

/** What a run cost, in counters that are the same in every run. */
export const COUNTERS = {
  requests: 'requests to DynamoDB',
  itemsRead: 'items that DynamoDB read',
  itemsReturned: 'items in DynamoDB’s answers',
  itemsWritten: 'items that DynamoDB wrote',
  statements: 'statements sent to PostgreSQL',
  errors: 'statements that PostgreSQL refused',
  buffers: 'pages that PostgreSQL touched',
  rowsScanned: 'rows that PostgreSQL scanned',
  walBytes: 'bytes of WAL',
} as const;

const POSTGRES_COUNTERS: ReadonlySet<string> = new Set<keyof typeof COUNTERS>([
  'statements',
  'errors',
  'buffers',
  'rowsScanned',
  'walBytes',
]);

/** A counter of the run. */
const costCheck = z
  .strictObject({
    cost: z.enum(Object.keys(COUNTERS) as Array<keyof typeof COUNTERS>),
    ...amount,
    step,
    dialect,
    name,
    why,
  })
  .refine(saysHowMuch, howMuch);

/**
 * What the reader's program was answered: of PostgreSQL the last result with columns, of DynamoDB
 * all items of all answers, page by page. Of an item, only the attributes named here are compared.
 */
const answerCheck = z
  .strictObject({
    answer: z.enum(['dynamodb', 'postgres']),
    rows: z.array(z.array(cell)).optional().describe('Of PostgreSQL: the rows'),
    columns: z.array(z.string()).optional().describe('Of PostgreSQL: the names of the columns'),
    items: z
      .array(z.record(z.string(), z.unknown()))
      .optional()
      .describe('Of DynamoDB: the items, in plain JSON values'),
    ordered: z.boolean().default(true).describe('false: they may come in any order'),
    step,
    dialect,
    name,
    why,
  })
  .refine(
    ({ answer, rows, items }) =>
      answer === 'postgres'
        ? rows !== undefined && items === undefined
        : items !== undefined && rows === undefined,
    { error: 'of `postgres` say `rows`, of `dynamodb` say `items`' },
  );

/** Text that a side must have shown: printed lines, messages and values are searched. */
const showsCheck = z.strictObject({
  shows: z.string().describe('Text to find in what the side showed'),
  side: z.enum(['dynamodb', 'postgres']),
  step,
  dialect,
  name,
  why,
});

/** A rule that grades the state after a run, or its trace, and never the text of the program. */
export const checkSchema = z.union([
  sqlCheck,
  itemCheck,
  countCheck,
  callsCheck,
  unitsCheck,
  planCheck,
  costCheck,
  answerCheck,
  showsCheck,
]);

/** One entry of `checks`. */
export type Check = z.infer<typeof checkSchema>;

/** The side that a check asks about. */
export function sideOf(check: Check): Side {
  if ('side' in check) return check.side;
  if ('answer' in check) return check.answer;
  if ('cost' in check) return POSTGRES_COUNTERS.has(check.cost) ? 'postgres' : 'dynamodb';
  return 'sql' in check || 'plan' in check ? 'postgres' : 'dynamodb';
}
