/** The table that the operations on tags name by its ARN. */
import { resourceNotFound, validationError } from '../request/errors.ts';
import type { Shape } from '../request/shape.ts';
import { ACCOUNT, isArn, parseTableArn } from '../storage/arn.ts';
import { tableStatus } from '../storage/lifecycle.ts';
import type { Table } from '../storage/table.ts';
import type { Context } from './operation.ts';

/** ResourceArn of requests. */
export const resourceArn: Shape = {
  type: 'String',
  notNull: true,
  lengthGreaterThanOrEqual: 1,
  lengthLessThanOrEqual: 1283,
};

const INVALID = 'One or more parameter values were invalid: ';

/**
 * The table of an ARN. The ARN's form is checked first, then the rest of the request, then whether there is such a
 * table. Throws ValidationException, AccessDeniedException for another account's, or ResourceNotFoundException.
 */
export function taggedTable(arn: string, { store, region }: Context, checkRest: () => void): Table {
  if (!isArn(arn)) throw validationError(`${INVALID}ARNs must start with 'arn:': ${arn}`);
  const resource = /^arn:aws[a-z-]*:dynamodb:[a-z0-9-]+:\d{12}:table\/([^/]+)(\/index\/.+)?$/.exec(
    arn,
  );
  if (resource === null) {
    throw validationError(`${INVALID}Provided Arn is not a DynamoDB resource arn: ${arn}`);
  }
  if (resource[2] !== undefined) {
    throw validationError(
      `${INVALID}Invalid resource arn provided, only table or stream is accepted. Provided resource arn: ${arn}`,
    );
  }
  const parts = parseTableArn(arn);
  if (parts === undefined || (parts.account === ACCOUNT && parts.region !== region)) {
    throw validationError(`Invalid TableArn: Invalid ResourceArn provided as input ${arn}`);
  }
  checkRest();
  const table = store.find(arn);
  if (table === undefined || tableStatus(table) === 'CREATING') {
    throw resourceNotFound(`Requested resource not found: ResourceArn: ${arn} not found`);
  }
  return table;
}
