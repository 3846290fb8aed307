/**
 * Why some of dynalite's own tests fail against the emulator: what today's DynamoDB answers instead.
 *
 * Sources: the API reference; tests of nubo-db/dynamodb-conformance, which pass on AWS; notes on AWS's control plane
 * that others published in October 2026 (findings DDB-TABLE-101, -123, -375 and -442 of ack-api-quirks); and for pages
 * Franck Pachot, "DynamoDB Scan (and why 128.5 RCU?)", 2020: of 5,000 items of 1,042 bytes by the documented sizes,
 * every full page costs 128.5 units. By dynalite's internal form it would cost 129.5.
 */

/** Tests, by patterns of their full titles, and the reason. */
const reasons: ReadonlyArray<{ reason: string; tests: RegExp }> = [
  {
    reason:
      'contradicted: TableName may be an ARN since 2024, so that its bounds are 1 and 1024 where no table is made',
    tests:
      /(empty|short|long) (ExclusiveStart)?TableName$|^query .* (empty IndexName|incorrect attributes)$/,
  },
  {
    reason: 'contradicted: an empty RequestItems has a message of its own',
    tests: /^batch(Get|Write)Item .* empty RequestItems$/,
  },
  {
    reason: 'contradicted: the message about more than 100 keys names the path in another form',
    tests: /^batchGetItem .* more than 100 keys$/,
  },
  {
    reason: 'contradicted: BatchGetItem answers up to 16 MB, not 1 MB',
    tests: /^batchGetItem .* very over the limit$/,
  },
  {
    reason:
      'contradicted: descriptions of tables and messages about them have members that are newer than the test',
    tests:
      /^createTable functionality should succeed for|^updateTable .* empty GlobalSecondaryIndexUpdates$/,
  },
  {
    reason:
      'contradicted: a text that is no ARN is a ValidationException, not AccessDeniedException',
    tests:
      /^(listTagsOfResource|tagResource|untagResource) validations .* (AccessDeniedException for|ValidationException for (no|invalid) ResourceArn)/,
  },
  {
    reason: 'contradicted: keys of several attributes allow more than two key conditions',
    tests: /^query .* incorrect number of KeyConditions$/,
  },
  {
    reason: 'contradicted: keys of several attributes allow two HASH attributes in a global index',
    tests: /^createTable validations .* second key of GlobalSecondaryIndex not being range$/,
  },
  {
    reason: 'contradicted: an update of an index need not be of its provisioned throughput',
    tests: /^updateTable validations .* empty Update$/,
  },
  {
    reason:
      'contradicted: an index that is not there is a ResourceNotFoundException, and "Action Blocked" no text of today',
    tests: /^updateTable validations .* index does not exist$/,
  },
  {
    reason: 'contradicted: the message about a missing resource says "ResourceArn" and names it',
    tests:
      /^(listTagsOfResource|tagResource|untagResource) validations .* ResourceArn does not exist$/,
  },
  {
    reason:
      'contradicted: a full page costs 128.5 units, so that it ends by the documented sizes, not by an internal form',
    tests: /just over limit/,
  },
  {
    reason: "not about DynamoDB: an option of dynalite's server",
    tests: /connect to SSL$/,
  },
];

/** The reason why a test fails; undefined where there is none yet. */
export function reasonFor(title: string): string | undefined {
  return reasons.find(({ tests }) => tests.test(title))?.reason;
}
