/** The packages that a learner's program may import. */
export const MODULES = [
  '@aws-sdk/client-dynamodb',
  '@aws-sdk/lib-dynamodb',
  '@aws-sdk/util-dynamodb',
] as const;

/** One of them. */
export type ModuleName = (typeof MODULES)[number];
