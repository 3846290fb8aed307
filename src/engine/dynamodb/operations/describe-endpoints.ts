/** DescribeEndpoints: the Region's one endpoint, which clients may remember for a day. */
import { inputReader } from '../request/input.ts';
import { operation } from './operation.ts';

export const describeEndpoints = operation(inputReader<object>({}), (_input, { region }) => ({
  Endpoints: [{ Address: `dynamodb.${region}.amazonaws.com`, CachePeriodInMinutes: 1440 }],
}));
