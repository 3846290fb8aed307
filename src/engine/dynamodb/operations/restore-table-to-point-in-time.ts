/** RestoreTableToPointInTime: a new table with the items that another one had at a moment of the last days. */
import { overrideShapes, type RestoreOverrides, restoreTable } from '../items/restore.ts';
import { type RecoveryWindow, recoveryWindow, tableAt } from '../recovery/recovery.ts';
import { exception } from '../request/errors.ts';
import { inputReader } from '../request/input.ts';
import type { Shapes } from '../request/shape.ts';
import { parseTableArn } from '../storage/arn.ts';
import { recoverableTable } from './continuous-backups.ts';
import { newTableName } from './create-table.ts';
import { operation } from './operation.ts';

interface Input extends RestoreOverrides {
  SourceTableArn?: string;
  SourceTableName?: string;
  TargetTableName: string;
  UseLatestRestorableTime?: boolean;
  /** Seconds since 1970. */
  RestoreDateTime?: number;
}

const { required: _, ...name } = newTableName;

const shapes: Shapes = {
  SourceTableArn: { type: 'String', lengthGreaterThanOrEqual: 1, lengthLessThanOrEqual: 1024 },
  SourceTableName: name,
  TargetTableName: { ...name, notNull: true },
  UseLatestRestorableTime: 'Boolean',
  RestoreDateTime: 'Double',
  ...overrideShapes,
};

function checkSource({ SourceTableArn: arn, SourceTableName }: Input): string | undefined {
  if (arn !== undefined && SourceTableName !== undefined)
    return 'Must provide exactly one of: sourceTableArn, sourceTableName';
  if (arn === undefined && SourceTableName === undefined)
    return "The parameter 'TableName' is required but was not present in the request";
  return arn !== undefined && parseTableArn(arn) === undefined
    ? 'sourceTableArn is not a valid ARN'
    : undefined;
}

function checkTime({ UseLatestRestorableTime, RestoreDateTime }: Input): string | undefined {
  if (UseLatestRestorableTime && RestoreDateTime !== undefined) {
    return 'Invalid Request: Both RestoreDateTime and UseLatestRestorableTime cannot be set for point-in-time restore request. Please specify either RestoreDateTime time or UseLatestRestorableTime';
  }
  return UseLatestRestorableTime || RestoreDateTime !== undefined
    ? undefined
    : 'Invalid Request: Either one of RestoreDateTime or UseLatestRestorableTime must be specified, but not both';
}

export const restoreTableToPointInTime = operation(
  inputReader<Input>(shapes, checkSource, checkTime),
  (input, context) => {
    const source = recoverableTable(
      (input.SourceTableArn ?? input.SourceTableName) as string,
      context,
    );
    if (source.recovery === undefined) {
      throw exception(
        'PointInTimeRecoveryUnavailableException',
        `Point in time recovery is not enabled for table '${source.name}'`,
      );
    }
    const window = recoveryWindow(source.recovery, context.now());
    const { RestoreDateTime: moment = window.latest } = input;
    requireWithin(window, moment);
    const origin = { SourceTableArn: source.description.TableArn, RestoreDateTime: moment };
    return restoreTable(tableAt(source, moment), input.TargetTableName, input, origin, context);
  },
);

function requireWithin({ earliest, latest }: RecoveryWindow, moment: number): void {
  if (moment >= earliest && moment <= latest) return;
  const [wanted, from, to] = [moment, earliest, latest].map(print);
  throw exception(
    'InvalidRestoreTimeException',
    `RestoreDateTime '${wanted}' must be within EarliestRestorableDateTime '${from}' and LatestRestorableDateTime '${to}'`,
  );
}

/** Seconds since 1970 as a date and time; those that no calendar has, as they are. */
function print(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? String(seconds) : `${date.toISOString().slice(0, -5)}Z`;
}
