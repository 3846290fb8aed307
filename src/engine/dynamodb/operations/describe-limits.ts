/** DescribeLimits: what a new account may provision. */
import { ACCOUNT_UNITS, TABLE_UNITS } from '../items/throughput-rules.ts';
import { inputReader } from '../request/input.ts';
import { operation } from './operation.ts';

export const describeLimits = operation(inputReader<object>({}), () => ({
  AccountMaxReadCapacityUnits: ACCOUNT_UNITS,
  AccountMaxWriteCapacityUnits: ACCOUNT_UNITS,
  TableMaxReadCapacityUnits: TABLE_UNITS,
  TableMaxWriteCapacityUnits: TABLE_UNITS,
}));
