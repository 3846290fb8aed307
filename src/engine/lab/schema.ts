/** What lab.yaml may say: the schema of a lab and of its checks. */
import * as z from 'zod';
import { whyNotLoadable } from '../postgres/extension-names.ts';
import { worldSchema } from './world.ts';

const codes = z
  .union([z.string(), z.array(z.string()).min(1)])
  .transform((value) => (typeof value === 'string' ? [value] : value));

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
const step = z.string().optional().describe('Only this step; without it the whole run');
const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** A query whose rows must be these, in this order, after the run. Values are compared as psql prints them. */
const sqlCheck = z.strictObject({
  sql: z.string().describe('A query, run after the last step'),
  rows: z.array(z.array(cell)).describe('Its rows, in order'),
  why,
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
    why,
  })
  .refine(
    (check) =>
      [check.equals, check.includes, check.absent].filter((x) => x !== undefined).length === 1,
    { error: 'say one of `equals`, `includes` and `absent: true`' },
  );

/** How many items a DynamoDB table holds after the run. */
const countCheck = z
  .strictObject({ count: z.string().describe('A table'), ...amount, why })
  .refine(saysHowMuch, howMuch);

/** How many requests of one operation the run made. */
const callsCheck = z
  .strictObject({ calls: z.string().describe('An operation, as `Scan`'), ...amount, step, why })
  .refine(saysHowMuch, howMuch);

/** Read or write units that the run consumed. */
const unitsCheck = z
  .strictObject({ units: z.enum(['read', 'write']), ...amount, step, why })
  .refine(saysHowMuch, howMuch);

/** A plan node that the run must, or must not, have used. */
const planCheck = z.strictObject({
  plan: z.string().describe('A node, as `Index Scan`, or a part of its name'),
  index: z.string().optional().describe('On this index'),
  relation: z.string().optional().describe('On this table'),
  used: z.boolean().default(true).describe('false: it must not appear'),
  step,
  why,
});

/** Text that a side must have shown: printed lines, messages and values are searched. */
const showsCheck = z.strictObject({
  shows: z.string().describe('Text to find in what the side showed'),
  side: z.enum(['dynamodb', 'postgres']),
  step,
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
  showsCheck,
]);

/** An extension that can be loaded; of another, the complaint says why not. */
const extension = z.string().superRefine((name, context) => {
  const message = whyNotLoadable(name);
  if (message !== undefined) context.addIssue({ code: 'custom', message });
});

/** The fields of lab.yaml. */
export const labSchema = z.strictObject({
  title: z.string().min(3).describe('A few words, shown as the heading'),
  summary: z.string().min(10).describe('What the reader will see, in a sentence'),
  kind: z.enum(['lab', 'exercise']).default('lab'),
  dataset: z.string().default('inkwell').describe('A folder of examples/datasets'),
  notice: z
    .array(z.string())
    .default([])
    .describe('What to look at in the results, a sentence each'),
  predict: z
    .strictObject({
      question: z.string(),
      options: z.array(z.string()).min(2),
      answer: z.number().int().min(1).describe('The right option, counted from 1'),
      because: z.string(),
    })
    .refine((predict) => predict.answer <= predict.options.length, {
      error: '`answer` counts an option that is not there',
      path: ['answer'],
    })
    .optional()
    .describe('A guess to make before the run'),
  claims: z.array(z.string()).default([]).describe('Ids of the claims that this lab proves'),
  expect: z
    .record(
      z.string(),
      z.strictObject({
        dynamodb: codes.optional().describe('Exceptions, in the order in which they come'),
        postgres: codes.optional().describe('SQLSTATEs, in the order in which they come'),
      }),
    )
    .default({})
    .describe('Steps that must fail, by name, and with what'),
  extensions: z
    .array(extension)
    .default([])
    .describe('Extensions of PostgreSQL that its program creates, as `vector`'),
  world: worldSchema
    .optional()
    .describe('What happens around the emulator: lag, throttling, faults, Regions, time'),
  checks: z
    .array(checkSchema)
    .min(1, 'a lab has at least one check of its own')
    .describe('What must hold after the run'),
});

/** lab.yaml as read. */
export type LabMeta = z.infer<typeof labSchema>;
/** One entry of `checks`. */
export type Check = z.infer<typeof checkSchema>;

/** A lab: what lab.yaml says and the files beside it. */
export interface Lab extends LabMeta {
  /** `chapter/name`, the folder below `examples`. */
  id: string;
  /** The text of dynamodb.ts and postgres.sql. */
  sources: { dynamodb: string; postgres: string };
}
