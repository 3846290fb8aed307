/** Rules about encryption and streams that hold for CreateTable, UpdateTable and the restores. */
import type { Json } from '../../lab/result.ts';
import type { Operation } from '../operations/operation.ts';
import { validationError } from '../request/errors.ts';
import { ACCOUNT } from '../storage/arn.ts';
import type { StreamSpecification, TableDescription } from '../storage/description.ts';

/** As in requests. */
export interface SSESpecification {
  Enabled?: boolean;
  SSEType?: 'AES256' | 'KMS';
  KMSMasterKeyId?: string;
}

const INVALID = 'One or more parameter values were invalid: ';

/** What is wrong with the encryption that a request asks for. */
export function encryptionProblem(sse: SSESpecification | undefined): string | undefined {
  if (sse === undefined) return undefined;
  if (sse.Enabled === false) {
    if (sse.SSEType) return `${INVALID}SSEType can not be specified if Enabled is false`;
    if (sse.KMSMasterKeyId)
      return `${INVALID}KMSMasterKeyId can not be specified if Enabled is false`;
  }
  if (sse.SSEType === 'AES256') return `${INVALID}SSEType AES256 is not supported`;
  return sse.KMSMasterKeyId && !sse.SSEType
    ? `${INVALID}SSEType KMS is required if KMSMasterKeyId is specified`
    : undefined;
}

/** SSEDescription of a table with a key of KMS; those with DynamoDB's own key have none. */
export function encryption(
  sse: SSESpecification | undefined,
  region: string,
): TableDescription['SSEDescription'] {
  if (!sse?.Enabled) return undefined;
  const KMSMasterKeyArn =
    sse.KMSMasterKeyId ?? `arn:aws:kms:${region}:${ACCOUNT}:alias/aws/dynamodb`;
  return { Status: 'ENABLED', SSEType: 'KMS', KMSMasterKeyArn };
}

/** What is wrong with the stream of a new table. */
export function newStreamProblem(stream: StreamSpecification | undefined): string | undefined {
  if (stream?.StreamEnabled && !stream.StreamViewType) {
    return `${INVALID}Table is being created with a stream enabled, UpdateViewType is required`;
  }
  return stream && !stream.StreamEnabled && stream.StreamViewType
    ? `${INVALID}Table is being created with a stream disabled, UpdateViewType should not be specified`
    : undefined;
}

/** What is wrong with a change of a table's stream. */
export function changedStreamProblem(stream: StreamSpecification | undefined): string | undefined {
  if (stream?.StreamEnabled && !stream.StreamViewType) {
    return `${INVALID}If stream is being enabled then UpdateViewType is required`;
  }
  return stream && !stream.StreamEnabled && stream.StreamViewType
    ? `${INVALID}If stream is being disabled, then UpdateViewType must not be specified`
    : undefined;
}

/** The operation, for which the clock stands still from when it first looks at it. */
function inOneMoment(operation: Operation): Operation {
  return (request, context) => {
    let moment: number | undefined;
    const now = () => {
      moment ??= context.now();
      return moment;
    };
    return operation(request, { ...context, now });
  };
}

/** The operation, in one moment, refusing by name what this engine does not do for it. */
export function without(parameters: readonly string[], operation: Operation): Operation {
  const atOnce = inOneMoment(operation);
  return (request, context) => {
    for (const name of parameters) {
      const given = (request as { [name: string]: Json } | null)?.[name] ?? null;
      if (given !== null) {
        throw validationError(`This emulator does not have the parameter ${name}.`);
      }
    }
    return atOnce(request, context);
  };
}
