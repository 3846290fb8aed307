/** How programs run: step by step, with the real SDK, against the real emulator. */
import { describe, expect, test } from 'vitest';
import { openScriptHost } from '../../../tools/engines/script.ts';
import { run } from './support.ts';

const CLIENTS = `import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));
`;
const TAKE_ONE = `await db.send(new TransactWriteCommand({
  TransactItems: [{ Update: {
    TableName: 'stock', Key: { id: 'P9012' },
    UpdateExpression: 'SET #left = #left - :one', ConditionExpression: '#left >= :one',
    ExpressionAttributeNames: { '#left': 'left' }, ExpressionAttributeValues: { ':one': 1 },
  } }],
}));`;

describe('steps', () => {
  test('run in order, and what comes out says which step it belongs to', async () => {
    const { trace, end } = await run(`${CLIENTS}console.log('set up');
// step: Look
const { Item } = await db.send(new GetCommand({ TableName: 'stock', Key: { id: 'P9012' } }));
console.log(Item);
// step: Take
${TAKE_ONE}
console.log(Item.left);
`);
    expect(trace).toEqual([
      'step 0',
      '0: set up',
      '0: GetItem',
      "0: { id: 'P9012', left: 1, tags: Set(2) { 'new', 'paper' } }",
      'step 1',
      '1: TransactWriteItems',
      '1: 1',
    ]);
    expect(end).toEqual({ end: 'done' });
  });

  const FAILING = `${CLIENTS}// step: Take the last one
${TAKE_ONE}
// step: Try again
${TAKE_ONE}
console.log('never printed');
// step: Look
console.log('looked');
`;

  test('a step that fails ends its own step, and the program goes on where the host says so', async () => {
    const { trace, end } = await run(FAILING, { proceed: true });
    expect(trace).toEqual([
      'step 0',
      '0: TransactWriteItems',
      'step 1',
      '1: TransactWriteItems',
      '1: failed with TransactionCanceledException',
      'step 2',
      '2: looked',
    ]);
    expect(end).toEqual({ end: 'done' });
  });

  test('and ends the program where the host says no', async () => {
    const { trace, end } = await run(FAILING);
    expect(trace.at(-1)).toBe('1: failed with TransactionCanceledException');
    expect(end).toEqual({ end: 'done' });
  });

  test('what stands before the first marker fails as a part of the first step', async () => {
    const { trace } = await run("throw new Error('a');\n// step: One\nb();\n// step: Two\n", {
      proceed: true,
    });
    expect(trace).toEqual(['step 0', '0: failed with Error', 'step 1']);
  });
});

describe('names of the top level are one scope, as in a module', () => {
  test('constants, variables, classes, functions and what is destructured', async () => {
    const { printed, errors } = await run(`// step: One
const [a, { b = 2, ...rest }] = [1, { c: 3 }];
let total = 0;
var old = 'old';
if (true) { var inner = 'inner'; }
class Order { constructor(id) { this.id = id; } }
add(1);
// step: Two
function add(n: number) { total += n; }
add(10);
total += 100;
// step: Three
console.log(a, b, rest.c, total, old, inner, new Order(7).id, later());
function later() { return 'hoisted'; }
`);
    expect(errors).toEqual([]);
    expect(printed).toBe('1 2 3 111 old inner 7 hoisted');
  });

  test('a name whose step failed before it was set says so where it is used', async () => {
    const { errors } = await run(
      `// step: One\nconst out = await fail();\nfunction fail() { throw new Error('a'); }\n// step: Two\nconsole.log(1,\n  out);\n`,
      { proceed: true },
    );
    expect(errors[1]).toEqual({
      name: 'ReferenceError',
      message: "'out' has no value: the step 'One', which sets it, failed before it got there",
      line: 6,
      column: 3,
    });
  });

  test('a constant stays one, and a name used too early is an error', async () => {
    const source = `const a = 1;\n// step: One\na = 2;\n// step: Two\nread();\n// step: Three\nconst late = 1;\nfunction read() { return late; }\n`;
    const { errors } = await run(source, { proceed: true });
    expect(errors).toEqual([
      { name: 'TypeError', message: 'Assignment to constant variable.', line: 3, column: 3 },
      {
        name: 'ReferenceError',
        message: "Cannot access 'late' before initialization",
        line: 8,
        column: 19,
      },
    ]);
  });

  test("steps cannot share a name of JavaScript's own, a single step may use it", async () => {
    const shared = await run('const Map = 1;\n// step: One\na();\n// step: Two\nMap;');
    expect(shared.errors[0]?.message).toMatch(
      /'Map' is a name of JavaScript's own\. Choose another/,
    );
    const { printed } = await run("const Map = 1; console.log(Map, 'own');");
    expect(printed).toBe('1 own');
  });
});

describe('errors of a program', () => {
  test.each([
    [
      'thrown',
      "const a = 1;\nfunction f() {\n  throw new RangeError('b');\n}\nf();",
      'RangeError',
      3,
      9,
    ],
    ['of the language', 'const a = {};\n\n  a.b.c;', 'TypeError', 3, 7],
    [
      'in a timer',
      'setTimeout(() => {\n  missing();\n}, 1);\nawait new Promise(() => {});',
      'ReferenceError',
      2,
      3,
    ],
    [
      'in a promise that nobody awaits',
      "async function f() {\n  throw new Error('b');\n}\nf();",
      'Error',
      2,
      9,
    ],
  ])('%s: name and place', async (_, source, name, line, column) => {
    const { errors } = await run(source);
    expect(errors).toEqual([{ name, message: expect.any(String), line, column }]);
  });

  test('thrown values that are no errors are named', async () => {
    const { errors } = await run("throw 'text';");
    expect(errors[0]).toMatchObject({
      name: 'Error',
      message: "The program threw 'text', which is not an Error.",
    });
  });

  test("the SDK's are its own typed exceptions, at the line that sent the request", async () => {
    const source = `${CLIENTS}import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
try {
  ${TAKE_ONE}
  ${TAKE_ONE}
} catch (error) {
  console.log(error instanceof TransactionCanceledException, error.$metadata.httpStatusCode);
  throw error;
}`;
    const { errors, printed } = await run(source);
    expect(printed).toBe('true 400');
    expect(errors[0]).toMatchObject({
      name: 'TransactionCanceledException',
      line: 13,
      reasons: [{ Code: 'ConditionalCheckFailed', Message: 'The conditional request failed' }],
    });
  });

  test('a validation error of the SDK is not retried', async () => {
    const { trace, errors } = await run(
      `${CLIENTS}await db.send(new GetCommand({ TableName: 'stock', Key: { wrong: 1 } }));`,
    );
    expect(trace.filter((line) => line.endsWith('GetItem'))).toHaveLength(1);
    expect(errors[0]).toMatchObject({ name: 'ValidationException', line: 4 });
  });

  test('a request can be aborted, as outside', async () => {
    const { errors } = await run(
      `${CLIENTS}const stop = new AbortController();
const out = db.send(new GetCommand({ TableName: 'stock', Key: { id: 'a' } }), { abortSignal: stop.signal });
stop.abort();
await out;`,
    );
    expect(errors[0]).toMatchObject({ name: 'AbortError' });
  });

  test('throttling is retried by the SDK, as outside', async () => {
    let calls = 0;
    const call = () => {
      calls += 1;
      return calls < 2
        ? { status: 400, body: { __type: 'ProvisionedThroughputExceededException', message: 'a' } }
        : { status: 200, body: {} };
    };
    const { end, printed } = await run(
      `${CLIENTS}const out = await db.send(new GetCommand({ TableName: 'a', Key: { b: 1 } }));
console.log(out.$metadata.attempts);`,
      { call },
    );
    expect(end).toEqual({ end: 'done' });
    expect(printed).toBe('2');
  });
});

describe('credentials', () => {
  test('say whose each request is, given as such or by a function', async () => {
    const asked: Array<string | undefined> = [];
    const { errors } = await run(
      `import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
const key = (accessKeyId: string) => ({ accessKeyId, secretAccessKey: 'secret' });
const clients = [
  new DynamoDBClient({}),
  new DynamoDBClient({ credentials: key('john') }),
  new DynamoDBClient({ credentials: async () => key('maria') }),
];
for (const client of clients) await client.send(new ListTablesCommand({}));`,
      {
        call(_operation, _request, accessKeyId) {
          asked.push(accessKeyId);
          return { status: 200, body: { TableNames: [] } };
        },
      },
    );
    expect(errors).toEqual([]);
    expect(asked).toEqual(['sandbox', 'john', 'maria']);
  });
});

describe('imports', () => {
  test('under another name, as a namespace, of helpers, without names that only types use', async () => {
    const { printed, errors } = await run(`import * as sdk from '@aws-sdk/client-dynamodb';
import { GetCommand as Get, GetCommandInput } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
const input: GetCommandInput = { TableName: 'stock', Key: { id: 'P9012' } };
const client = new sdk.DynamoDB({ region: 'eu-central-1', endpoint: 'http://localhost:8000' });
console.log((await client.send(new Get(input))).Item.left, marshall({ a: 1 }), Get.name);`);
    expect(errors).toEqual([]);
    expect(printed).toBe("1 { a: { N: '1' } } GetCommand");
  });

  test.each([
    ['GetComand', "'@aws-sdk/lib-dynamodb' has no export 'GetComand'. Did you mean 'GetCommand'?"],
    [
      'GetItemCommand',
      "'@aws-sdk/lib-dynamodb' has no export 'GetItemCommand'. It is an export of '@aws-sdk/client-dynamodb'.",
    ],
    ['Nonsense', "'@aws-sdk/lib-dynamodb' has no export 'Nonsense'."],
  ])('a missing export: %s', async (name, message) => {
    const { errors, trace } = await run(
      `a();\n// step: One\nimport {\n  ${name},\n} from '@aws-sdk/lib-dynamodb';\nnew ${name}();\n// step: Two\n`,
      { proceed: true },
    );
    expect(errors).toEqual([{ name: 'SyntaxError', message, line: 4, column: 3 }]);
    expect(trace).toEqual(['step 0', '0: failed with SyntaxError']);
  });
});

describe('a program ends', () => {
  test('when its timers and requests have ended, as in Node', async () => {
    const { trace, end } = await run(`${CLIENTS}// step: One
setTimeout(async () => {
  await db.send(new GetCommand({ TableName: 'stock', Key: { id: 'P9012' } }));
  const timer = setInterval(() => { console.log('late'); clearInterval(timer); }, 1);
}, 5);`);
    expect(trace).toEqual(['step 0', '0: GetItem', '0: late']);
    expect(end).toEqual({ end: 'done' });
  });

  test('by the watchdog, in a loop that never ends', async () => {
    const host = openScriptHost({ silenceMs: 2000 });
    const { end, printed } = await run("console.log('before');\nwhile (true) {}", { host });
    expect(printed).toBe('before');
    expect(end).toEqual({
      end: 'killed',
      reason:
        'The program did not answer for 2 seconds and was ended. Is there a loop that never ends?',
    });
  });

  test('by the watchdog, when it takes too long', async () => {
    const host = openScriptHost({ timeLimitMs: 1000 });
    const { end } = await run('await new Promise(() => setInterval(() => {}, 10));', { host });
    expect(end).toEqual({ end: 'killed', reason: 'The program ran for a second and was ended.' });
  });

  test('by Stop, whatever it does', async () => {
    const stop = new AbortController();
    const running = run("console.log('a');\nwhile (true) {}", { signal: stop.signal });
    setTimeout(() => stop.abort(), 300);
    expect((await running).end).toEqual({ end: 'stopped' });
  });

  test('before it began, by Stop', async () => {
    const { end, trace } = await run("console.log('a')", { signal: AbortSignal.abort() });
    expect(end).toEqual({ end: 'stopped' });
    expect(trace).toEqual([]);
  });

  test('every run begins in a world of its own', async () => {
    await run('globalThis.left = 1; Array.prototype.left = 1;');
    const { printed } = await run('console.log(globalThis.left, [].left);');
    expect(printed).toBe('undefined undefined');
  });

  test('a database that is lost is an error of the host, not of the program', async () => {
    const call = () => {
      throw new Error('the engine is gone');
    };
    await expect(
      run(`${CLIENTS}await db.send(new GetCommand({ TableName: 'a', Key: { b: 1 } }));`, { call }),
    ).rejects.toThrow('the engine is gone');
  });
});

test('what reaches out of the sandbox says why it cannot', async () => {
  const { errors } = await run("await fetch('https://example.org');");
  expect(errors[0]).toMatchObject({
    message: 'fetch: a program here has no network. It reaches DynamoDB through the AWS SDK.',
    line: 1,
  });
});
