/** Commands of the AWS CLI: their requests, their pages, and what is refused before anything is sent. */
import { describe, expect, test } from 'vitest';
import { kebab } from '../../../src/engine/lab/dialects.ts';
import { command, refusal, run } from './support.ts';

const request = async (options: string, operation = 'get-item --table-name T') =>
  (await command(`aws dynamodb ${operation} ${options}`)).request;

describe('options', () => {
  test.each([
    ['KeyConditionExpression', 'key-condition-expression'],
    ['SSESpecification', 'sse-specification'],
    ['DescribeTimeToLive', 'describe-time-to-live'],
    ['TableARNs', 'table-arns'],
  ])('%s is %s', (name, option) => {
    expect(kebab(name)).toBe(option);
  });

  test('follow from the parameters of the operation', async () => {
    const { operation, request } = await command(`aws dynamodb update-item \\
  --table-name Inventory \\
  --key '{"ProductID":{"S":"P9012"}}' \\
  --update-expression 'SET Stock = Stock - :one' \\
  --condition-expression "Stock >= :one" \\
  --expression-attribute-values='{":one":{"N":"1"}}'`);
    expect(operation).toBe('UpdateItem');
    expect(request).toEqual({
      TableName: 'Inventory',
      Key: { ProductID: { S: 'P9012' } },
      UpdateExpression: 'SET Stock = Stock - :one',
      ConditionExpression: 'Stock >= :one',
      ExpressionAttributeValues: { ':one': { N: '1' } },
    });
  });

  test('yes and no are options without a value, numbers are numbers, lists are words', async () => {
    expect(
      await request(
        '--consistent-read --no-scan-index-forward --limit 5 --attributes-to-get A B',
        'query --table-name T',
      ),
    ).toEqual({
      TableName: 'T',
      ConsistentRead: true,
      ScanIndexForward: false,
      Limit: 5,
      AttributesToGet: ['A', 'B'],
    });
  });

  test('--cli-input-json is the request, and options go over it', async () => {
    const json = `--cli-input-json '{"TableName":"Other","Key":{"ID":{"S":"a"}}}'`;
    expect(await request(json)).toEqual({ TableName: 'T', Key: { ID: { S: 'a' } } });
  });

  test('--region is for the client and stands before or behind the operation', async () => {
    const before = await command('aws --region us-west-2 dynamodb list-tables');
    const behind = await command('aws dynamodb list-tables --region us-west-2');
    expect([before.region, behind.region]).toEqual(['us-west-2', 'us-west-2']);
  });

  test('a transaction gets the token that makes it safe to repeat', async () => {
    const { ClientRequestToken } = await request(
      `--transact-items '[{"Delete":{"TableName":"T","Key":{"ID":{"S":"a"}}}}]'`,
      'transact-write-items',
    );
    expect(ClientRequestToken).toMatch(/^[\da-f-]{36}$/);
  });
});

describe('shorthand', () => {
  test.each([
    ['PK={S=USER#1},SK={N=5}', { PK: { S: 'USER#1' }, SK: { N: '5' } }],
    [`'A={L=[{S="a, b"},{S=c}]}'`, { A: { L: [{ S: 'a, b' }, { S: 'c' }] } }],
    ["'A={SS=[a,b]}'", { A: { SS: ['a', 'b'] } }],
    ['A={SS=a}', { A: { SS: ['a'] } }],
    ['A={BOOL=true}', { A: { BOOL: true } }],
    [`'A={M={B={S=x\\,y}}}'`, { A: { M: { B: { S: 'x,y' } } } }],
    [`"A={S='it\\'s'}"`, { A: { S: "it's" } }],
  ])('--key %s', async (text, Key) => {
    expect(await request(`--key ${text}`)).toEqual({ TableName: 'T', Key });
  });

  test('of a list of structures each word is one', async () => {
    const create = await request(
      `--key-schema AttributeName=PK,KeyType=HASH AttributeName=SK,KeyType=RANGE \\
       --attribute-definitions '[{"AttributeName":"PK","AttributeType":"S"}]' \\
       --provisioned-throughput ReadCapacityUnits=5,WriteCapacityUnits=6 \\
       --global-secondary-indexes 'IndexName=I,KeySchema=[{AttributeName=SK,KeyType=HASH}],Projection={ProjectionType=INCLUDE,NonKeyAttributes=[A,B]}'`,
      'create-table --table-name T',
    );
    expect(create).toEqual({
      TableName: 'T',
      KeySchema: [
        { AttributeName: 'PK', KeyType: 'HASH' },
        { AttributeName: 'SK', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [{ AttributeName: 'PK', AttributeType: 'S' }],
      ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 6 },
      GlobalSecondaryIndexes: [
        {
          IndexName: 'I',
          KeySchema: [{ AttributeName: 'SK', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['A', 'B'] },
        },
      ],
    });
  });

  test('behind a comma stands a further value or the next key', async () => {
    const { Tags } = await request(
      '--tags Key=a,Value=b Key=c,Value=d',
      'tag-resource --resource-arn x',
    );
    expect(Tags).toEqual([
      { Key: 'a', Value: 'b' },
      { Key: 'c', Value: 'd' },
    ]);
  });
});

describe('refused before anything is sent, at its place', () => {
  test.each([
    ['aws s3 ls', '1:5 Only “aws dynamodb” runs here; the service “s3” is not here.'],
    ['ls', '1:1 “ls” does not run here: only “aws dynamodb” does.'],
    ['aws dynamodb qery', "1:14 “aws dynamodb” has no operation 'qery'; did you mean 'query'?"],
    ['aws dynamodb', '1:5 Which operation? “aws dynamodb query”, for one.'],
    [
      'aws dynamodb query --table-name T \\\n  --key-condition-expresion x',
      "2:3 “aws dynamodb query” has no option --key-condition-expresion; did you mean '--key-condition-expression'?",
    ],
    [
      'aws dynamodb scan --table-name T --query Items',
      '1:34 --query does not work here: it cuts the answer on your machine, and the lab shows the whole answer.',
    ],
    [
      'aws dynamodb scan --table-name T --output text',
      '1:34 --output does not work here: the lab shows answers in its own way.',
    ],
    ['aws dynamodb get-item --table-name T', '1:14 “aws dynamodb get-item” needs --key.'],
    ['aws dynamodb scan --table-name', '1:19 --table-name needs a value.'],
    ['aws dynamodb scan --table-name A B', '1:34 “B” belongs to no option.'],
    ['aws dynamodb scan --table-name A --table-name B', '1:34 --table-name is there already.'],
    [
      'aws dynamodb scan --table-name T --consistent-read yes',
      '1:52 --consistent-read takes no value: leave “yes” out.',
    ],
    ['aws dynamodb scan --table-name T --limit many', '1:42 Limit must be a number.'],
    [
      'aws dynamodb scan --cli-input-json file://scan.json',
      '1:36 There are no files here: write the value itself.',
    ],
    [
      `aws dynamodb get-item --table-name T --key '{"ID":{"X":"a"}}'`,
      '1:52 Key.ID has no member X; did you mean',
    ],
    [
      `aws dynamodb get-item --table-name T --key '{"ID":{"N":5}}'`,
      '1:56 Key.ID.N must be a string: "5".',
    ],
    [
      `aws dynamodb get-item --table-name T --key '{"ID":"a"}'`,
      '1:51 Key.ID must be an object: {...}.',
    ],
    [
      `aws dynamodb get-item --table-name T --key '{"ID":{"S":"a"}'`,
      '1:61 This is not JSON: Close brace expected.',
    ],
    [
      'aws dynamodb get-item --table-name T --key {"ID":{"S":"a"}}',
      '1:46 This is not JSON: the shell takes the double quotes away. Put the whole value in single quotes.',
    ],
    [
      'aws dynamodb get-item --table-name T --key ID',
      '1:46 The shorthand wants “=” where the value ends.',
    ],
    [
      'aws dynamodb create-table --table-name T --key-schema AttributeName=PK,KeyType=HASH,AttributeName=SK',
      '1:85 AttributeName is there already. Structures of a list are put apart by a space, not by a comma.',
    ],
    [
      'aws dynamodb create-table --table-name T --key-schema AttributeName=PK',
      '1:55 KeySchema[0] needs KeyType.',
    ],
  ])('%s', async (source, words) => {
    expect(await refusal(source)).toContain(words);
  });

  test('a program with such a command does not start', async () => {
    const { error, steps } = await run(
      'cli',
      'aws dynamodb list-tables\naws dynamodb scan --tabel-name Users',
    );
    expect(steps).toEqual([]);
    expect(error).toEqual({
      name: 'UsageError',
      message: "“aws dynamodb scan” has no option --tabel-name; did you mean '--table-name'?",
      line: 2,
      column: 19,
    });
  });
});

describe('pages', () => {
  const POSTS = `aws dynamodb query --table-name UserPosts --key-condition-expression 'UserID = :u' \\
  --expression-attribute-values '{":u":{"S":"U12345"}}'`;
  const calls = async (options: string) => {
    const { steps, error } = await run('cli', `${POSTS} ${options}`);
    expect(error).toBeUndefined();
    const [{ calls, console }] = steps as [(typeof steps)[0] & object];
    const asked = calls.map(({ request }) => request as Record<string, unknown>);
    return { found: calls.map(({ metering }) => metering.itemsReturned), asked, console };
  };

  test('are read to the last one, without a word about it in the command', async () => {
    const { found, asked } = await calls('--page-size 25');
    expect(found).toEqual([25, 25, 10]);
    expect(asked.map(({ Limit }) => Limit)).toEqual([25, 25, 25]);
    expect(asked.map((each) => 'ExclusiveStartKey' in each)).toEqual([false, true, true]);
  });

  test('are not, with --no-paginate or a --limit', async () => {
    expect((await calls('--no-paginate')).found).toEqual([60]);
    expect((await calls('--limit 7')).found).toEqual([7]);
    expect(await refusal(`${POSTS} --limit 7 --max-items 9`)).toContain(
      '--max-items and --limit or --exclusive-start-key do not go together.',
    );
  });

  test('end at --max-items, and --starting-token goes on behind the last printed item', async () => {
    const { found, console } = await calls('--page-size 25 --max-items 30');
    expect(found).toEqual([25, 25]);
    const token = /^Printed: 30\. "NextToken": "(.*)"$/.exec(console[0]?.text ?? '')?.[1] ?? '';
    expect(JSON.parse(atob(token))).toMatchObject({ boto_truncate_amount: 5 });
    const rest = await calls(`--page-size 25 --starting-token ${token} --max-items 100`);
    expect(rest.found).toEqual([25, 10]);
    expect(rest.console).toEqual([]);
    const bounds = await calls('--page-size 25 --max-items 25');
    expect(bounds.found).toEqual([25]);
    expect(bounds.console[0]?.text).toMatch(/^Printed: 25\. "NextToken"/);
  });

  test('a token of another kind is refused', async () => {
    expect(await refusal(`${POSTS} --starting-token abc`)).toContain(
      'This is no NextToken of the AWS CLI.',
    );
  });
});

describe('a run', () => {
  test('goes on after a command that fails, as a shell does', async () => {
    const { steps } = await run(
      'cli',
      `# step: Twice
aws dynamodb put-item --table-name Users --item 'UserID={S=U12345}' \\
  --condition-expression 'attribute_not_exists(UserID)'
aws dynamodb list-tables
# step: After
aws dynamodb list-tables`,
      { lab: { expect: { Twice: { dynamodb: ['ConditionalCheckFailedException'] } } } },
    );
    expect(steps).toMatchObject([
      {
        name: 'Twice',
        status: 'expected-failure',
        error: { name: 'ConditionalCheckFailedException', line: 2, column: 1 },
        calls: [{ status: 400 }, { status: 200 }],
      },
      { name: 'After', status: 'ok' },
    ]);
  });

  test('says why a transaction was cancelled', async () => {
    const { steps } = await run(
      'cli',
      `aws dynamodb transact-write-items --transact-items '[
  {"ConditionCheck": {"TableName": "Users", "Key": {"UserID": {"S": "none"}},
                      "ConditionExpression": "attribute_exists(UserID)"}}
]'`,
    );
    expect(steps[0]?.error).toMatchObject({
      name: 'TransactionCanceledException',
      reasons: [{ Code: 'ConditionalCheckFailed' }],
    });
  });

  test('ends before the next request when it is stopped', async () => {
    const { steps } = await run('cli', 'aws dynamodb list-tables', { signal: AbortSignal.abort() });
    expect(steps).toMatchObject([{ status: 'stopped', calls: [] }]);
  });
});
