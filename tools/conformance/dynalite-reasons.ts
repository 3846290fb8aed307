/** Why some of dynalite's own tests fail against the emulator: what today's DynamoDB answers instead, or what is open. */

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
    reason: "not about DynamoDB: an option of dynalite's server",
    tests: /connect to SSL$/,
  },
  {
    reason:
      'open: at which byte a page of 1 MB ends; the tests measure an internal form of items, the emulator the documented sizes',
    tests: /just over limit/,
  },
  {
    reason: 'open: names of tables of two characters within ARNs, and the spelling of "ResourcArn"',
    tests:
      /^(listTagsOfResource|tagResource|untagResource) validations .* (short table name|ResourceArn does not exist)$/,
  },
  {
    reason: 'open: which of several mistakes in an index is reported first',
    tests:
      /^createTable validations .* (no range key with LocalSecondaryIndex|only range key with GlobalSecondaryIndex|GlobalSecondaryIndex not being range)$|^updateTable validations .* (empty Update|index does not exist)$/,
  },
  {
    reason: 'open: whether UpdateTable tells the time of a change of throughput that is under way',
    tests: /^updateTable functionality should triple rates/,
  },
  {
    reason: 'open: whether the description of a table that is being deleted tells of its indexes',
    tests: /^deleteTable functionality should eventually delete$/,
  },
];

/** The reason why a test fails; undefined where there is none yet. */
export function reasonFor(title: string): string | undefined {
  return reasons.find(({ tests }) => tests.test(title))?.reason;
}
