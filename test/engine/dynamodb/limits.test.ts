/** DescribeLimits and DescribeEndpoints. */
import { describe, expect, it } from 'vitest';
import { Bench } from './support.ts';

describe('DescribeLimits and DescribeEndpoints', () => {
  it('tell what a new account has', () => {
    const bench = new Bench();
    expect(bench.ok('DescribeLimits', {})).toEqual({
      AccountMaxReadCapacityUnits: 80_000,
      AccountMaxWriteCapacityUnits: 80_000,
      TableMaxReadCapacityUnits: 40_000,
      TableMaxWriteCapacityUnits: 40_000,
    });
    expect(bench.ok('DescribeEndpoints', {})).toEqual({
      Endpoints: [{ Address: 'dynamodb.us-east-1.amazonaws.com', CachePeriodInMinutes: 1440 }],
    });
  });
});
