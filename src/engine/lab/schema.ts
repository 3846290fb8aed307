/** What lab.yaml may say: the schema of a lab and of an exercise. */
import * as z from 'zod';
import { readPrincipals } from '../dynamodb/iam/principals.ts';
import { WorldError } from '../dynamodb/world/setting-readers.ts';
import { whyNotLoadable, whyNotTogether } from '../postgres/extension-names.ts';
import { checkSchema } from './check-schema.ts';
import type { Dialect } from './dialects.ts';
import type { Side } from './result.ts';
import type { Translation } from './translate.ts';
import { worldSchema } from './world.ts';

const codes = z
  .union([z.string(), z.array(z.string()).min(1)])
  .transform((value) => (typeof value === 'string' ? [value] : value));

/** Where a dialect fails otherwise than the SDK's program, or not at all. */
const otherwise = z
  .union([z.string().transform((code) => [code]), z.array(z.string())])
  .optional()
  .describe('The same in this dialect, where it is not what `dynamodb` says; [] for no failure');

/** One variant of an exercise's program, and the one check that must refuse it. */
const refused = {
  fails: z.string().describe('The `name` of the check that refuses it'),
};

/** What makes a lab an exercise: the reader writes the program, and the checks grade it. */
const exerciseSchema = z.strictObject({
  task: z.string().min(20).describe('What to reach, in a sentence or two'),
  main: z
    .literal(true)
    .optional()
    .describe('Each .ts file is one program for both databases, as main.ts; there is no .sql'),
  starter: z
    .strictObject(refused)
    .describe('starter.ts, starter.sql: what the reader begins with; it runs, and is refused'),
  decoy: z
    .strictObject({
      ...refused,
      because: z.string().min(10).describe('Why this way is not the one, in a sentence'),
    })
    .describe('decoy.ts, decoy.sql: the right result in a wrong way, refused by this check alone'),
  hints: z
    .array(z.string().min(10))
    .min(2)
    .max(3)
    .describe('Each says more than the one before; the last all but the program'),
  explanation: z.string().min(20).describe('Why the solution solves it'),
});

/** An extension that can be loaded; of another, the complaint says why not. */
const extension = z.string().superRefine((name, context) => {
  const message = whyNotLoadable(name);
  if (message !== undefined) context.addIssue({ code: 'custom', message });
});

/** The fields of lab.yaml. */
export const labFields = z.strictObject({
  title: z.string().min(3).describe('A few words, shown as the heading'),
  summary: z.string().min(10).describe('What the reader will see, in a sentence'),
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
  expect: z
    .record(
      z.string(),
      z.strictObject({
        dynamodb: codes.optional().describe('Exceptions, in the order in which they come'),
        postgres: codes.optional().describe('SQLSTATEs, in the order in which they come'),
        partiql: otherwise,
        cli: otherwise,
      }),
    )
    .default({})
    .describe('Steps that must fail, by name, and with what'),
  compare: z
    .array(
      z
        .union([z.string(), z.strictObject({ dynamodb: z.string(), postgres: z.string() })])
        .transform((pair) =>
          typeof pair === 'string' ? { dynamodb: pair, postgres: pair } : pair,
        ),
    )
    .default([])
    .describe('Steps whose outcomes on the two sides are compared in a sentence, by name'),
  translations: z
    .record(
      z.string(),
      z.record(
        z.string().regex(/^[a-z][a-z0-9-]*$/, 'a mark is small letters, digits and hyphens'),
        z.string().min(20).describe('What is different about the two clauses, in a sentence'),
      ),
    )
    .default({})
    .describe(
      'Clauses that correspond (not in main.ts): by step, then by mark. `-- = mark` ends a line of the step in ' +
        'postgres.sql, `// = mark` one in dynamodb.ts; `"piece"` behind it narrows it to a piece ' +
        'of the line. Steps of different names correspond where `compare` pairs them',
    ),
  extensions: z
    .array(extension)
    .superRefine((names, context) => {
      const message = whyNotTogether(names);
      if (message !== undefined) context.addIssue({ code: 'custom', message });
    })
    .default([])
    .describe('Extensions of PostgreSQL that its program creates, as `vector`'),
  world: worldSchema
    .superRefine(({ users }, context) => {
      try {
        if (users !== undefined) readPrincipals(users);
      } catch (error) {
        if (!(error instanceof WorldError)) throw error;
        context.addIssue({ code: 'custom', message: error.message, path: ['users'] });
      }
    })
    .optional()
    .describe('What happens around the emulator: lag, throttling, faults, Regions, time, users'),
  exercise: exerciseSchema.optional().describe('Makes it an exercise'),
  checks: z
    .array(checkSchema)
    .min(1, 'a lab has at least one check of its own')
    .describe('What must hold after the run; in an exercise, each has a `name`'),
});

/** lab.yaml. The checks of an exercise have names of their own, and those that refuse are among them. */
export const labSchema = labFields.superRefine(({ exercise, checks, translations }, context) => {
  if (!exercise) return;
  const complain = (path: PropertyKey[], message: string) =>
    context.addIssue({ code: 'custom', path, message });
  if (Object.keys(translations).length > 0) {
    complain(['translations'], 'an exercise has none: its code is the reader’s to write');
  }
  const names = new Set<string>();
  checks.forEach((check, index) => {
    if (check.name === undefined) {
      complain(['checks', index], 'a check of an exercise has a `name`, which readers see');
    } else if (names.has(check.name)) {
      complain(['checks', index, 'name'], `another check is named '${check.name}' too`);
    } else names.add(check.name);
  });
  for (const variant of ['starter', 'decoy'] as const) {
    const { fails } = exercise[variant];
    if (names.has(fails)) continue;
    complain(['exercise', variant, 'fails'], `no check is named '${fails}'`);
  }
});

/** lab.yaml as read. */
export type LabMeta = z.infer<typeof labSchema>;

/** The programs of both sides; a side that an exercise does not have is empty, PostgreSQL's beside main.ts too. */
export interface Sources {
  dynamodb: string;
  postgres: string;
}

/** A lab: what lab.yaml says and the files beside it. */
export interface Lab extends Omit<LabMeta, 'translations'> {
  /** `chapter/name`, the folder below `examples`. */
  id: string;
  /** The sides that have a program: both, save in an exercise about one. */
  sides: readonly Side[];
  /** Whether one program, main.ts, stands for both sides: it is in `sources.dynamodb`. */
  main: boolean;
  /** The text of dynamodb.ts and postgres.sql without marks; of an exercise, of its starter. */
  sources: Sources;
  /** The program of DynamoDB's side in other dialects; of an exercise, none. */
  dialects: Partial<Record<Dialect, string>>;
  /** The clauses that correspond, in the order of lab.yaml. */
  translations: Translation[];
  /** Of an exercise: what solves it, and what only seems to. */
  variants?: { solution: Sources; decoy: Sources };
}
