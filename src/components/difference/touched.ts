/** Which differences of the DynamoDB engine a lab's recorded run touches. */
import type { Difference } from '../../config/difference.ts';
import type { DynamoDBCall, Json, LabRun } from '../../engine/lab/result.ts';

/** The differences that at least one request of the run touches, in their own order. */
export function touchedBy(
  run: Pick<LabRun, 'dynamodb'>,
  differences: readonly Difference[],
): Difference[] {
  const calls = (run.dynamodb?.steps ?? []).flatMap((step) => step.calls);
  return differences.filter(({ touches }) =>
    touches.some((touch) => calls.some((call) => matches(call, touch))),
  );
}

function matches(call: DynamoDBCall, touch: Difference['touches'][number]): boolean {
  if (call.operation !== touch.operation) return false;
  if (touch.error !== undefined && !errorOf(call).endsWith(`#${touch.error}`)) return false;
  return touch.member === undefined || hasMember(call.request, touch.member);
}

function errorOf({ status, response }: DynamoDBCall): string {
  if (status === 200 || response === null || typeof response !== 'object') return '';
  return '__type' in response ? String(response.__type) : '';
}

function hasMember(value: Json, name: string): boolean {
  if (value === null || typeof value !== 'object') return false;
  if (Array.isArray(value)) return value.some((element) => hasMember(element, name));
  return name in value || Object.values(value).some((member) => hasMember(member, name));
}
