/** The `world` of lab.yaml: which of the emulator's switches a lab turns on, and when its clock goes on. */
import * as z from 'zod';
import { duration, WorldError } from '../dynamodb/world/setting-readers.ts';
import { readWorldSetting, type WorldSettings } from '../dynamodb/world/settings.ts';

/** One switch: read as the emulator reads it, described for those who write labs. */
function setting<Name extends keyof WorldSettings>(name: Name, description: string) {
  return z
    .unknown()
    .transform((value, context) => attempt(context, () => readWorldSetting(name, value)))
    .optional()
    .describe(description);
}

const time = z
  .unknown()
  .transform((value, context) => attempt(context, () => duration(value, 'a step of `advance`')));

function attempt<Value>(context: z.RefinementCtx, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof WorldError)) throw error;
    context.addIssue({ code: 'custom', message: error.message });
    return z.NEVER;
  }
}

const switches = {
  seed: setting('seed', 'Another number, another course of what is left to chance'),
  clock: setting('clock', 'How much time passes with each request'),
  replicaLag: setting('replicaLag', 'How long eventually consistent reads lag'),
  staleShare: setting('staleShare', 'The share of them that lags, from 0 to 1; all by default'),
  indexLag: setting('indexLag', 'How long global secondary indexes lag'),
  throttling: setting('throttling', 'Whether throughput is limited as it is in AWS'),
  burstSeconds: setting('burstSeconds', 'How long unused provisioned throughput is kept'),
  partitions: setting('partitions', 'How many partitions tables begin with'),
  partitionLimits: setting('partitionLimits', 'Units a second of a partition: `read`, `write`'),
  splitForHeat: setting('splitForHeat', 'Whether partitions are split that stay at their limit'),
  splitAfter: setting('splitAfter', 'How much time at its limit splits a partition'),
  transactionConflicts: setting(
    'transactionConflicts',
    'How many of the next transactions conflict, or which items are held: `table`, `key`, `requests`',
  ),
  faults: setting('faults', 'A `rate` of failing requests, or a `schedule` of single ones'),
  regions: setting('regions', 'AWS Regions; the first is the home of the dataset'),
  regionLag: setting('regionLag', 'How long writes take to other Regions'),
  ttlDelay: setting('ttlDelay', 'How long after their time items are deleted'),
  tableCreation: setting('tableCreation', 'How long new tables are CREATING'),
  tableUpdate: setting('tableUpdate', 'How long changed tables are UPDATING'),
  tableDeletion: setting('tableDeletion', 'How long deleted tables are DELETING'),
  tableRestore: setting('tableRestore', 'How long restored tables are CREATING'),
  indexAllocation: setting('indexAllocation', 'How long resources of a new index are allocated'),
  indexBackfill: setting('indexBackfill', 'How many items a second a new index then reads'),
  indexUpdate: setting('indexUpdate', 'How long a changed index is UPDATING'),
  indexDeletion: setting('indexDeletion', 'How long a deleted index is DELETING'),
  users: setting('users', 'Those whose requests policies decide on, by their access keys'),
} satisfies Record<keyof WorldSettings, unknown>;

/** Durations are milliseconds, or texts as `500ms`, `5s`, `10m`, `48h`, `2d`. */
export const worldSchema = z.strictObject({
  ...switches,
  advance: z
    .record(z.string(), time)
    .default({})
    .describe('How far the clock is set forward when a step begins, by its name'),
});

/** The `world` of a lab as read. */
export type LabWorld = z.infer<typeof worldSchema>;
