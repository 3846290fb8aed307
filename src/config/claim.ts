/** One claim of the guide that this site examines, as an entry of `src/content/claims`. */
import { z } from 'astro/zod';
import { checkSchema } from '../engine/lab/check-schema.ts';
import { conditionSchema } from '../engine/sessions/condition-schema.ts';
import { LEVELS } from '../engine/sessions/conditions.ts';
import { checkedOn, kebab, sourceList } from './evidence.ts';

/** A proof by experiment: after a run of the lab, every one of the checks passes. */
const runProof = z.strictObject({
  kind: z.literal('run'),
  lab: z.string().describe('`chapter/name` of a lab that is no exercise'),
  step: z.string().describe('The step that shows it, by its name; readers are led there'),
  holds: z
    .array(checkSchema)
    .min(1)
    .describe(
      'What the claim comes to, as checks that no other claim has. One about the trace is about ' +
        '`step`, unless it names another; one about the state is asked after the last step',
    ),
});

/** A proof by a play of several sessions: every one of the conditions holds of it. */
const sessionsProof = z.strictObject({
  kind: z.literal('sessions'),
  scenario: kebab.describe('A folder of examples/sessions'),
  level: z.enum(LEVELS).describe('The isolation level'),
  order: z.string().describe('The session of each step: AABBAB'),
  step: z.string().describe('The step that shows it: B2; the proof fails where it does nothing'),
  holds: z
    .array(conditionSchema)
    .min(1)
    .describe('What the claim comes to, as conditions that no other claim has of the same play'),
});

/** What stands behind a claim. */
const proofSchema = z.discriminatedUnion('kind', [
  runProof,
  sessionsProof,
  z.strictObject({ kind: z.literal('cite') }).describe('Nothing to run: the sources are the proof'),
  z
    .strictObject({
      kind: z.literal('pending'),
      waits: z.literal('simulators').describe('For what: the simulators'),
      plan: z.string().min(10).describe('What will show it, in a sentence'),
    })
    .describe('Its proof cannot be run yet; its sources stand for it until then'),
]);

const claimFields = z.strictObject({
  id: kebab.describe('Unique in its chapter; part of a permanent link'),
  kind: z
    .enum(['table-row', 'claim', 'example'])
    .describe('A row of a comparison table, a sentence or list entry, or a code example'),
  table: z.string().optional().describe("Of a table's row: the table's heading in the guide"),
  aspect: z.string().describe('What it is about, in a few words'),
  guide: z
    .strictObject({ dynamodb: z.string().optional(), postgres: z.string().optional() })
    .describe('What the guide says of each side'),
  verdict: z
    .enum(['holds', 'imprecise', 'outdated', 'wrong', 'broken-example'])
    .describe('What this site found'),
  corrected: z.string().optional().describe('What to say instead; needed unless it holds'),
  why: z.string().describe('The reason for the verdict'),
  checked: checkedOn,
  sources: sourceList.or(z.tuple([])).describe('Where it can be read'),
  unsourced: z
    .string()
    .min(20)
    .optional()
    .describe('On what it rests, where there is no source: a sentence that says so openly'),
  proof: proofSchema,
});

/** An entry of a chapter's file. Its permanent name is `chapter--id`. */
export const claimSchema = claimFields.superRefine((claim, context) => {
  const complain = (field: keyof typeof claim, message: string) =>
    context.addIssue({ code: 'custom', path: [field], message });
  if (claim.verdict !== 'holds' && claim.corrected === undefined) {
    complain('corrected', `what to say instead is missing; only a claim that holds has none`);
  }
  if ((claim.kind === 'table-row') !== (claim.table !== undefined)) {
    complain('table', 'a row of a table names its table, and nothing else does');
  }
  if ((claim.sources.length === 0) !== (claim.unsourced !== undefined)) {
    complain('sources', 'name a source, or say under `unsourced` on what the claim rests');
  }
  if (claim.proof.kind === 'cite' && claim.sources.length === 0) {
    complain('proof', 'a proof by citation has at least one source');
  }
});

/** A chapter's file: its claims in the guide's order. */
export const claimsSchema = z.strictObject({ claims: z.array(claimSchema).min(1) });

/** A claim as read. */
export type Claim = z.infer<typeof claimSchema>;

/** A claim's proof by a run. */
export type RunProof = z.infer<typeof runProof>;

/** A claim's proof by a play of several sessions. */
export type SessionsProof = z.infer<typeof sessionsProof>;

/** How a verdict is named to readers. */
export const VERDICT: Record<Claim['verdict'], string> = {
  holds: 'holds',
  imprecise: 'needs a condition',
  outdated: 'was true',
  wrong: 'not true',
  'broken-example': 'does not run',
};
