/** A request and its answer, as a run keeps them. */
import type { DynamoDBAnswer } from './engines.ts';
import type { DynamoDBCall, Json } from './result.ts';
import type { LabRequest } from './run.ts';
import { shorten } from './shorten.ts';

/** The Region is kept where the lab has several. */
export function callOf(
  lab: LabRequest['lab'],
  sent: { operation: string; request: Json; region: string | undefined },
  { status, body, metering, world: events }: DynamoDBAnswer,
): DynamoDBCall {
  const { operation, request, region } = sent;
  return shorten({
    operation,
    ...(lab.world?.regions && region !== undefined && { region }),
    request,
    status,
    response: body,
    metering,
    ...(events && { world: events }),
  });
}
