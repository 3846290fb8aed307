import { DynamoDBClient, PutResourcePolicyCommand } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const admin = new DynamoDBClient({});
const john = DynamoDBDocumentClient.from(
  new DynamoDBClient({
    credentials: { accessKeyId: 'john', secretAccessKey: 'x' },
  }),
);
const TableName = 'UserPosts';
const arn = 'arn:aws:dynamodb:us-east-1:123456789012:table/UserPosts';
const own = { UserID: 'U12345', PostDate: '2024-03-10T00:00:00Z' };
const other = { UserID: 'U12346', PostDate: '2024-03-22T11:57:06Z' };
const rename = (Key: object) =>
  new UpdateCommand({
    TableName,
    Key,
    UpdateExpression: 'SET Title = :title',
    ExpressionAttributeValues: { ':title': 'By John' },
  });

// step: The policy
const statement = {
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::123456789012:user/john' },
  Action: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
  Resource: arn,
  Condition: {
    'ForAllValues:StringEquals': {
      'dynamodb:LeadingKeys': ['U12345'],
    },
  },
};
await admin.send(
  new PutResourcePolicyCommand({
    ResourceArn: arn,
    Policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [statement],
    }),
  }),
);

// step: Three that go through
await john.send(new GetCommand({ TableName, Key: own }));
await john.send(
  new QueryCommand({
    TableName,
    KeyConditionExpression: 'UserID = :john',
    ExpressionAttributeValues: { ':john': 'U12345' },
    Limit: 1,
  }),
);
await john.send(rename(own));

// step: Five that do not
const five = {
  'a post of another': new GetCommand({ TableName, Key: other }),
  'a change of it': rename(other),
  'a deletion': new DeleteCommand({ TableName, Key: own }),
  'the index': new QueryCommand({
    TableName,
    IndexName: 'PostsByViews',
    KeyConditionExpression: 'Blog = :blog',
    ExpressionAttributeValues: { ':blog': 'Inkwell' },
    Limit: 2,
  }),
  'a Scan': new ScanCommand({ TableName, Limit: 2 }),
};
for (const [what, command] of Object.entries(five)) {
  const outcome = await john.send(command as GetCommand).then(
    () => 'went through',
    (error: Error) => error.name,
  );
  console.log(what, outcome);
}
