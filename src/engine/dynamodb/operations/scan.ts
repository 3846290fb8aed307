/** Scan, whole or one segment of a parallel one. */
import { custom, types } from 'dynalite/validations/scan.js';
import { attributesOf, checkKeyPaths } from '../items/checks.ts';
import type { LegacyCondition } from '../items/condition.ts';
import { checkProjected, checkSelect, indexOf, type PageInput, readPage } from '../items/page.ts';
import { checkStartAttribute, requireStartSize, startKey } from '../items/start-key.ts';
import { validationError } from '../request/errors.ts';
import { inputReader, tableName } from '../request/input.ts';
import { AFTER_ALL } from '../storage/keys.ts';
import { refuseVectorRead } from '../vectors/checks.ts';
import { json, operation } from './operation.ts';

interface Input extends PageInput {
  ScanFilter?: Record<string, LegacyCondition>;
  Segment?: number;
  TotalSegments?: number;
}

/** dynalite's description lacks ConsistentRead and the bound on TotalSegments. */
const shapes = {
  ...types,
  TableName: tableName,
  ConsistentRead: 'Boolean',
  TotalSegments: { type: 'Integer', greaterThanOrEqual: 1, lessThanOrEqual: 1000000 },
};

function checkSegments({ Segment, TotalSegments }: Input): string | undefined {
  return Segment !== undefined && TotalSegments === undefined
    ? 'The TotalSegments parameter is required but was not present in the request when Segment parameter is present'
    : undefined;
}

export const scan = operation(
  inputReader<Input>(shapes, custom, checkSegments),
  (input, context) => {
    const { store, meter } = context;
    const table = store.table(input.TableName);
    if (table.vectors !== undefined) refuseVectorRead('Scan', input, table);
    const index = indexOf(input, table);
    checkSelect(input, index);
    const { ExclusiveStartKey } = input;
    if (ExclusiveStartKey) {
      requireStartSize(ExclusiveStartKey, table, index, 'why');
      for (const attribute of index ? attributesOf(index.keys) : []) {
        checkStartAttribute(ExclusiveStartKey, attribute);
      }
    }
    checkProjected(input, index);
    const start = ExclusiveStartKey && startKey(ExclusiveStartKey, table, index);
    const { from, to } = segment(input);
    if (start !== undefined && (start < from || start >= to)) {
      throw validationError(
        `The provided starting key is invalid: Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct Segment. TotalSegments: ${input.TotalSegments} Segment: ${input.Segment}`,
      );
    }
    checkKeyPaths(input._projection?.nestedPaths, table);
    checkKeyPaths(input._filter?.nestedPaths, table);
    const range = { from: start ?? from, afterFrom: start !== undefined, to, backward: false };
    const page = readPage(input, table, index, range, input.ScanFilter, context);
    return {
      Count: page.count,
      ScannedCount: page.scannedCount,
      Items: input.Select === 'COUNT' ? undefined : page.items.map((item) => json(item)),
      LastEvaluatedKey: json(page.lastEvaluatedKey),
      ConsumedCapacity: meter.consumed(input.ReturnConsumedCapacity)?.[0],
    };
  },
);

/** Keys begin with a hash of six hexadecimal digits: a segment is an equal share of its 2^24 values. */
function segment({ Segment = 0, TotalSegments = 1 }: Input): { from: string; to: string } {
  const bound = (number: number) =>
    Math.ceil((2 ** 24 * number) / TotalSegments)
      .toString(16)
      .padStart(6, '0');
  return {
    from: Segment === 0 ? '' : bound(Segment),
    to: Segment + 1 === TotalSegments ? AFTER_ALL : bound(Segment + 1),
  };
}
