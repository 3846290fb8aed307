/** The API's errors. */
import type { Json } from '../../lab/result.ts';

const SERVICE = 'com.amazonaws.dynamodb.v20120810#';

/** An error that DynamoDB answers with; `details` are the further members of its body. */
export class ApiError extends Error {
  readonly type: string;
  readonly details: { [key: string]: Json };

  /** `type` is the exception's shape name with its namespace. */
  constructor(type: string, message: string, details: { [key: string]: Json } = {}) {
    super(message);
    this.type = type;
    this.details = details;
  }

  /** HTTP's status: 500 when the fault is not the caller's. */
  get status(): number {
    return this.type.endsWith('#InternalServerError') ? 500 : 400;
  }

  /** The shape's name without its namespace. */
  get code(): string {
    return this.type.slice(this.type.indexOf('#') + 1);
  }
}

/** The type of what validationError makes. */
export const VALIDATION = 'com.amazon.coral.validate#ValidationException';

/** The request itself is wrong; nothing is billed. */
export function validationError(message: string): ApiError {
  return new ApiError(VALIDATION, message);
}

/** The table or index is not there. */
export function resourceNotFound(message: string): ApiError {
  return new ApiError(`${SERVICE}ResourceNotFoundException`, message);
}

/** The table is there already, or busy. */
export function resourceInUse(message: string): ApiError {
  return new ApiError(`${SERVICE}ResourceInUseException`, message);
}

/** A limit of the account. */
export function limitExceeded(message: string): ApiError {
  return new ApiError(`${SERVICE}LimitExceededException`, message);
}

/** An error of DynamoDB's that only few operations answer with, by the name of its exception. */
export function exception(name: string, message: string): ApiError {
  return new ApiError(`${SERVICE}${name}`, message);
}

/** The resource is another account's. */
export function accessDenied(): ApiError {
  return new ApiError('com.amazon.coral.service#AccessDeniedException', 'Access is denied');
}

/** A condition did not hold; with the item when the request asked for it. */
export function conditionFailed(item?: Json): ApiError {
  return new ApiError(
    `${SERVICE}ConditionalCheckFailedException`,
    'The conditional request failed',
    item === undefined ? {} : { Item: item },
  );
}

/** A transaction was cancelled, for one reason per action. */
export function transactionCancelled(
  reasons: Array<{ Code: string; Message?: string; Item?: Json }>,
): ApiError {
  const codes = reasons.map((reason) => reason.Code).join(', ');
  return new ApiError(
    `${SERVICE}TransactionCanceledException`,
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    { CancellationReasons: reasons as Json[] },
  );
}

/** A ClientRequestToken came back with another request. */
export function idempotentMismatch(): ApiError {
  return new ApiError(
    `${SERVICE}IdempotentParameterMismatchException`,
    'Idempotent parameter mismatch. The provided parameters do not match the original request.',
  );
}

/** The request cannot be read as the operation's input. */
export function serializationError(message: string): ApiError {
  return new ApiError('com.amazon.coral.service#SerializationException', message);
}

/** There is no such operation. */
export function unknownOperation(message = ''): ApiError {
  return new ApiError('com.amazon.coral.service#UnknownOperationException', message);
}
