/** What both transactional operations share. Source: DynamoDB API Reference, TransactWriteItems, TransactGetItems. */

/** Most actions of one transaction. */
export const MAX_ACTIONS = 100;

/** Most bytes of all items of one transaction. */
export const MAX_TRANSACTION_BYTES = 4 * 1024 * 1024;

/** Two actions of one transaction name the same item. */
export const DUPLICATE_ITEM = 'Transaction request cannot include multiple operations on one item';

/** The items of one transaction are too large together. */
export const TRANSACTION_TOO_LARGE =
  'The aggregate size of the items in the transaction cannot exceed 4 MB';
