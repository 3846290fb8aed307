/** DescribeTimeToLive. */
import { validationError } from '../request/errors.ts';
import { existingTable, inputReader } from '../request/input.ts';
import { tableStatus } from '../storage/lifecycle.ts';
import { operation } from './operation.ts';

export const describeTimeToLive = operation(
  inputReader<{ TableName: string }>({ TableName: existingTable }),
  ({ TableName }, { store }) => {
    const table = store.describedTable(TableName);
    const status = tableStatus(table);
    if (status === 'CREATING' || status === 'DELETING') {
      throw validationError(
        `Cannot describe time to live while table is in ${status} state: Current table state is ${status}`,
      );
    }
    const { expiry } = table;
    return {
      TimeToLiveDescription:
        expiry === undefined
          ? { TimeToLiveStatus: 'DISABLED' }
          : { TimeToLiveStatus: 'ENABLED', AttributeName: expiry.attribute },
    };
  },
);
