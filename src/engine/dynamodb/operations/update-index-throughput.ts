/** Changes of a global index's throughput by UpdateTable. */
import { onDemandProblem, requireWithinQuota, warmThroughput } from '../items/throughput-rules.ts';
import { validationError } from '../request/errors.ts';
import type {
  BillingMode,
  GlobalIndexDescription,
  OnDemandThroughput,
  Throughput,
  WarmThroughput,
} from '../storage/description.ts';
import { beginIndexPhase } from '../storage/lifecycle.ts';
import type { Table } from '../storage/table.ts';
import { existingIndex, requireIdle } from './index-states.ts';
import type { Context } from './operation.ts';
import { type Change, changedThroughput, mapIndexes } from './update-throughput.ts';

/** What a request wants of an index that there is. */
export interface IndexThroughputUpdate {
  IndexName: string;
  ProvisionedThroughput?: Throughput;
  OnDemandThroughput?: OnDemandThroughput;
  WarmThroughput?: WarmThroughput;
}

const INVALID = 'One or more parameter values were invalid: ';

/** Plans a change of an index's throughput. */
export function planChange(
  table: Table,
  update: IndexThroughputUpdate,
  billing: BillingMode,
  { now, region, world }: Context,
): () => void {
  const { IndexName: name, ProvisionedThroughput: wanted } = update;
  const problem =
    changeProblem(update, billing) ??
    onDemandProblem(update.OnDemandThroughput, billing, name, true);
  if (problem) throw validationError(problem);
  const index = existingIndex(table, name, 'update');
  requireIdle(table, name);
  requireWithinQuota(wanted, region);
  const until = now() + (world?.settings.indexUpdate ?? 0);
  const changes: IndexChange[] = [];
  let shown: Change | undefined;
  if (wanted) {
    const changed = changedThroughput(index.ProvisionedThroughput, wanted, now(), until, name);
    const warm = warmThroughput(wanted, index.WarmThroughput);
    shown = changeOf(name, [(one) => ({ ...one, ProvisionedThroughput: changed.shown })]);
    changes.push((one) => ({
      ...one,
      ProvisionedThroughput: changed.finished,
      WarmThroughput: warm,
    }));
  }
  if (update.WarmThroughput) {
    const warm = warmed(index.WarmThroughput, update.WarmThroughput, `index ${name}`);
    changes.push((one) => ({ ...one, WarmThroughput: warm }));
  }
  if (update.OnDemandThroughput) {
    const ceiling = withCeiling(index, update.OnDemandThroughput);
    changes.push(({ OnDemandThroughput: _, ...one }) => ({ ...one, ...ceiling }));
  }
  const finish = changeOf(name, changes);
  return () =>
    beginIndexPhase(table, name, { status: 'UPDATING', until, finish, ...(shown && { shown }) });
}

type IndexChange = (index: GlobalIndexDescription) => GlobalIndexDescription;

/** The change of a table's description that changes one global index. */
function changeOf(name: string, changes: readonly IndexChange[]): Change {
  return (description) => ({
    ...description,
    ...mapIndexes(description, (one) =>
      one.IndexName === name ? changes.reduce((changed, change) => change(changed), one) : one,
    ),
  });
}

function changeProblem(
  { IndexName: name, ...update }: IndexThroughputUpdate,
  billing: BillingMode,
): string | undefined {
  if (update.WarmThroughput && Object.keys(update.WarmThroughput).length === 0) {
    return `${INVALID}WarmThroughput must have at least one of ReadUnitsPerSecond or WriteUnitsPerSecond specified for index: ${name}`;
  }
  const onDemand = Object.keys(update.OnDemandThroughput ?? {}).length > 0;
  if (billing === 'PAY_PER_REQUEST') {
    return update.ProvisionedThroughput || !(onDemand || update.WarmThroughput)
      ? `${INVALID}The only Updates for index: ${name} when TableThroughputMode is PAY_PER_REQUEST can be to OnDemandThroughput, WarmThroughput`
      : undefined;
  }
  return update.ProvisionedThroughput || onDemand || update.WarmThroughput
    ? undefined
    : `${INVALID}Both ReadCapacityUnits and WriteCapacityUnits must be specified for index: ${name}`;
}

/** Warm throughput with what a request raises. Throws ValidationException when it would lower it. */
export function warmed(
  current: Required<WarmThroughput>,
  wanted: WarmThroughput,
  of: string,
): Required<WarmThroughput> {
  for (const name of ['ReadUnitsPerSecond', 'WriteUnitsPerSecond'] as const) {
    if ((wanted[name] ?? current[name]) < current[name]) {
      throw validationError(
        `${INVALID}Requested ${name} for WarmThroughput for ${of} is lower than current WarmThroughput, decreasing WarmThroughput is not supported`,
      );
    }
  }
  return { ...current, ...wanted };
}

/** The ceilings after a request: -1 takes one away, and one that is not named stays. */
export function withCeiling(
  { OnDemandThroughput: current }: { OnDemandThroughput?: OnDemandThroughput },
  wanted: OnDemandThroughput,
): { OnDemandThroughput?: OnDemandThroughput } {
  const entries = Object.entries({ ...current, ...wanted }).filter(([, units]) => units !== -1);
  return entries.length > 0 ? { OnDemandThroughput: Object.fromEntries(entries) } : {};
}
