/** The SDK's client for DynamoDB Streams, with clients that need no settings. */
import * as streams from '@aws-sdk/client-dynamodb-streams';
import { sandbox } from './sandbox.ts';

class DynamoDBStreamsClient extends streams.DynamoDBStreamsClient {
  constructor(config?: streams.DynamoDBStreamsClientConfig) {
    super(sandbox.withPresets(config));
  }
}

class DynamoDBStreams extends streams.DynamoDBStreams {
  constructor(config?: streams.DynamoDBStreamsClientConfig) {
    super(sandbox.withPresets(config));
  }
}

export const modules = {
  '@aws-sdk/client-dynamodb-streams': { ...streams, DynamoDBStreamsClient, DynamoDBStreams },
};
