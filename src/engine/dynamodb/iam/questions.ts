/** What a request asks permission for: actions on resources, and the values that conditions look at. */
import type { Operand } from '../expressions/condition-tree.ts';
import type { ParsedUpdate, UpdateOperand } from '../expressions/update.ts';
import type { LegacyCondition } from '../items/condition.ts';
import type { AttributeUpdates } from '../items/update.ts';
import type { Context } from '../operations/operation.ts';
import type { Expressions } from '../request/expressions.ts';
import { isArn, tableArn } from '../storage/arn.ts';
import type { KeySchema } from '../storage/keys.ts';
import { readIterator } from '../streams/iterator.ts';
import type { AttributeValue, Item } from '../values/attribute.ts';

/** One action that a request must be allowed. */
export interface Question {
  /** Without the service: `GetItem`. */
  action: string;
  resource: string;
  /** By condition key; those without values are absent from the request. */
  values: { [key: string]: readonly string[] | undefined };
}

/** The members of requests that are about items. */
interface ItemInput extends Expressions {
  TableName: string;
  IndexName?: string;
  Key?: Item;
  Item?: Item;
  AttributesToGet?: string[];
  AttributeUpdates?: AttributeUpdates;
  Expected?: Record<string, LegacyCondition>;
  KeyConditions?: Record<string, { AttributeValueList: AttributeValue[] }>;
  QueryFilter?: Record<string, LegacyCondition>;
  ScanFilter?: Record<string, LegacyCondition>;
  Select?: string;
  ReturnValues?: string;
  ReturnConsumedCapacity?: string | undefined;
}

/** The ARN of a table or of one of its indexes. */
export function arnOf(table: string, index: string | undefined, { region }: Context): string {
  const arn = isArn(table) ? table : tableArn(table, region);
  return index === undefined ? arn : `${arn}/index/${index}`;
}

/** The key of the table or index, if there is such a one. */
export function keysOf(
  table: string,
  index: string | undefined,
  { store }: Context,
): KeySchema | undefined {
  const found = store.find(table);
  return index === undefined ? found?.keys : found?.index(index)?.keys;
}

/** The first partition attribute's value in each item, as a text. */
export function leadingKeys(
  items: ReadonlyArray<Item | undefined>,
  keys: KeySchema | undefined,
): string[] | undefined {
  const name = keys?.partition[0]?.name;
  const values = items.flatMap((item) => (name === undefined ? [] : (keyText(item?.[name]) ?? [])));
  return values.length === 0 ? undefined : [...new Set(values)];
}

function keyText(value: AttributeValue | undefined): string | undefined {
  return value?.S ?? value?.N ?? value?.B;
}

/** Different names in the order in which they come; undefined when there is none. */
export function named(names: readonly string[]): string[] | undefined {
  return names.length === 0 ? undefined : [...new Set(names)];
}

/**
 * The top-level attributes that a request names, wherever it does.
 * Source: DynamoDB Developer Guide, "Using IAM policy conditions for fine-grained access control".
 */
function attributes(input: Omit<ItemInput, 'TableName'>): string[] | undefined {
  const maps = [
    input.Key,
    input.Item,
    input.AttributeUpdates,
    input.Expected,
    input.KeyConditions,
    input.QueryFilter,
    input.ScanFilter,
    input._condition?.pathHeads,
    input._filter?.pathHeads,
  ];
  return named([
    ...maps.flatMap((map) => Object.keys(map ?? {})),
    ...updated(input._updates),
    ...(input._projection?.paths.map(([head]) => String(head)) ?? []),
    ...(input.AttributesToGet ?? []),
  ]);
}

/** The attributes that an update changes, and those that it takes values from. */
export function updated(update: ParsedUpdate | undefined): string[] {
  return (update?.sections ?? []).flatMap((change) => [
    String(change.path[0]),
    ...(change.type === 'set' ? heads(change.val) : []),
  ]);
}

function heads(operand: UpdateOperand | Operand): string[] {
  if (Array.isArray(operand)) return [String(operand[0])];
  return 'args' in operand ? (operand.args as UpdateOperand[]).flatMap(heads) : [];
}

/** What a read returns; where the request does not say, what DynamoDB then takes it to mean. */
function select({ Select, IndexName, _projection, AttributesToGet }: Omit<ItemInput, 'TableName'>) {
  if (Select !== undefined) return [Select];
  if (_projection ?? AttributesToGet) return ['SPECIFIC_ATTRIBUTES'];
  return [IndexName === undefined ? 'ALL_ATTRIBUTES' : 'ALL_PROJECTED_ATTRIBUTES'];
}

const READS: ReadonlySet<string> = new Set(['GetItem', 'Query', 'Scan']);
const WRITES: ReadonlySet<string> = new Set(['PutItem', 'UpdateItem', 'DeleteItem']);

function itemQuestion(
  action: string,
  input: ItemInput,
  context: Context,
  enclosing?: string,
): Question {
  const { TableName, IndexName, KeyConditions = {}, ReturnValues = 'NONE' } = input;
  const keys = keysOf(TableName, IndexName, context);
  const [partition] = keys?.partition ?? [];
  const [wanted] = (partition && KeyConditions[partition.name]?.AttributeValueList) ?? [];
  const addressed = partition && wanted ? { [partition.name]: wanted } : (input.Key ?? input.Item);
  return {
    action,
    resource: arnOf(TableName, IndexName, context),
    values: {
      'dynamodb:LeadingKeys': leadingKeys([addressed], keys),
      'dynamodb:Attributes': attributes(input),
      'dynamodb:Select': READS.has(action) ? select(input) : undefined,
      'dynamodb:ReturnValues': WRITES.has(action) ? [ReturnValues] : undefined,
      'dynamodb:ReturnConsumedCapacity': [input.ReturnConsumedCapacity ?? 'NONE'],
      'dynamodb:EnclosingOperation': enclosing === undefined ? undefined : [enclosing],
    },
  };
}

interface BatchGetInput {
  RequestItems: Record<string, Omit<ItemInput, 'TableName'> & { Keys: Item[] }>;
  ReturnConsumedCapacity?: string;
}

interface BatchWriteInput {
  RequestItems: Record<
    string,
    Array<{ PutRequest?: { Item: Item }; DeleteRequest?: { Key: Item } }>
  >;
  ReturnConsumedCapacity?: string;
}

/** The actions of transactions by what TransactWriteItems and TransactGetItems call them. */
const ACTIONS: Readonly<Record<string, string>> = {
  ConditionCheck: 'ConditionCheckItem',
  Delete: 'DeleteItem',
  Get: 'GetItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
};

function transaction(operation: string) {
  return (
    input: { TransactItems: Array<Record<string, ItemInput>>; ReturnConsumedCapacity?: string },
    context: Context,
  ): Question[] =>
    input.TransactItems.flatMap((item) =>
      Object.entries(item).map(([kind, action]) =>
        itemQuestion(
          ACTIONS[kind] as string,
          { ...action, ReturnConsumedCapacity: input.ReturnConsumedCapacity },
          context,
          operation,
        ),
      ),
    );
}

function batch(
  action: string,
  table: string,
  items: Item[],
  values: Question['values'],
  context: Context,
): Question {
  const leading = leadingKeys(items, keysOf(table, undefined, context));
  return {
    action,
    resource: arnOf(table, undefined, context),
    values: { 'dynamodb:LeadingKeys': leading, ...values },
  };
}

type Ask = (input: never, context: Context) => Question[];

/** How the requests of each operation are read that are not about one table as a whole. */
const questions: Readonly<Record<string, Ask>> = {
  BatchGetItem: ({ RequestItems, ReturnConsumedCapacity = 'NONE' }: BatchGetInput, context) =>
    Object.entries(RequestItems).map(([table, request]) => {
      const values = {
        'dynamodb:Attributes': named([
          ...request.Keys.flatMap((key) => Object.keys(key)),
          ...(attributes(request) ?? []),
        ]),
        'dynamodb:Select': select(request),
        'dynamodb:ReturnConsumedCapacity': [ReturnConsumedCapacity],
      };
      return batch('BatchGetItem', table, request.Keys, values, context);
    }),
  BatchWriteItem: ({ RequestItems, ReturnConsumedCapacity = 'NONE' }: BatchWriteInput, context) =>
    Object.entries(RequestItems).map(([table, requests]) => {
      const items = requests.map(
        ({ PutRequest, DeleteRequest }) => (PutRequest?.Item ?? DeleteRequest?.Key) as Item,
      );
      const values = {
        'dynamodb:Attributes': named(items.flatMap((item) => Object.keys(item))),
        'dynamodb:ReturnConsumedCapacity': [ReturnConsumedCapacity],
      };
      return batch('BatchWriteItem', table, items, values, context);
    }),
  TransactGetItems: transaction('TransactGetItems'),
  TransactWriteItems: transaction('TransactWriteItems'),
  // No condition key of DynamoDB's holds anything of a search: see README.md.
  SearchVectors: ({ TableName, IndexName }: ItemInput, context) => [
    { action: 'SearchVectors', resource: arnOf(TableName, IndexName, context), values: {} },
  ],
  ListTables: (_input, context) => [
    { action: 'ListTables', resource: arnOf('*', undefined, context), values: {} },
  ],
  ListStreams: ({ TableName = '*' }: { TableName?: string }, context) => [
    {
      action: 'ListStreams',
      resource: `${arnOf(TableName, undefined, context)}/stream/*`,
      values: {},
    },
  ],
  GetRecords: ({ ShardIterator }: { ShardIterator: string }, { now }) => [
    {
      action: 'GetRecords',
      resource: readIterator(ShardIterator, now()).streamArn,
      values: {},
    },
  ],
};
for (const action of ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query', 'Scan']) {
  Object.assign(questions, {
    [action]: (input: ItemInput, context: Context) => [itemQuestion(action, input, context)],
  });
}

/** The member that names the resource of all other operations, the first of them that is there. */
const RESOURCES = [
  'ResourceArn',
  'StreamArn',
  'BackupArn',
  'SourceTableArn',
  'SourceTableName',
  'TableName',
] as const;

/** What a request must be allowed, in the order of its parts. */
export function questionsOf(operation: string, input: unknown, context: Context): Question[] {
  const ask = questions[operation];
  if (ask !== undefined) return ask(input as never, context);
  const members = input as Partial<Record<(typeof RESOURCES)[number], string>>;
  const name = RESOURCES.map((member) => members[member]).find((one) => one !== undefined);
  const resource = name === undefined ? '*' : arnOf(name, undefined, context);
  return [{ action: operation, resource, values: {} }];
}
