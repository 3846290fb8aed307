/** What statements of PartiQL ask permission for. */
import type { Condition } from '../expressions/condition-tree.ts';
import type { Context } from '../operations/operation.ts';
import { planReads } from '../partiql/key-plan.ts';
import { namedItem, pathHeads } from '../partiql/key-terms.ts';
import {
  checkParameters,
  readStatement,
  type Statement,
  type StatementInput,
} from '../partiql/statements.ts';
import type { AttributeValue, Item } from '../values/attribute.ts';
import { arnOf, keysOf, leadingKeys, named, type Question, updated } from './questions.ts';

/** Source: DynamoDB Developer Guide, "IAM security policies with PartiQL for DynamoDB". EXISTS: see README.md. */
const ACTIONS: Readonly<Record<Statement['type'], string>> = {
  select: 'PartiQLSelect',
  exists: 'PartiQLSelect',
  insert: 'PartiQLInsert',
  update: 'PartiQLUpdate',
  delete: 'PartiQLDelete',
};

/**
 * What a statement must be allowed. One that cannot be read throws the error that it is answered with.
 * `enclosing` is the operation where that is a transaction.
 */
export function statementQuestion(
  input: StatementInput & { ReturnConsumedCapacity?: string },
  enclosing: string | undefined,
  context: Context,
): Question {
  checkParameters(input);
  const statement = readStatement(input);
  const { table } = statement;
  const index = 'index' in statement ? statement.index : undefined;
  return {
    action: ACTIONS[statement.type],
    resource: arnOf(table, index, context),
    values: {
      ...(statement.type === 'select' || statement.type === 'exists'
        ? readValues(statement, index, context)
        : {
            'dynamodb:LeadingKeys': leadingKeys(
              [itemOf(statement, context)],
              keysOf(table, undefined, context),
            ),
          }),
      'dynamodb:Attributes': attributesOf(statement),
      'dynamodb:ReturnConsumedCapacity': [input.ReturnConsumedCapacity ?? 'NONE'],
      'dynamodb:EnclosingOperation': enclosing === undefined ? undefined : [enclosing],
    },
  };
}

/** A SELECT that gives no partition key reads the whole table, and has no leading keys. */
function readValues(
  { table, where, ...statement }: Extract<Statement, { type: 'select' | 'exists' }>,
  index: string | undefined,
  context: Context,
): Question['values'] {
  const keys = keysOf(table, index, context);
  const reads = keys && planReads(where, keys);
  const items = (reads ?? []).map(({ partition }): Item => {
    const name = keys?.partition[0]?.name as string;
    return { [name]: partition[0] as AttributeValue };
  });
  const all = index === undefined ? 'ALL_ATTRIBUTES' : 'ALL_PROJECTED_ATTRIBUTES';
  return {
    'dynamodb:LeadingKeys': leadingKeys(items, keys),
    'dynamodb:FullTableScan': [String(reads === undefined)],
    'dynamodb:Select':
      statement.type === 'select'
        ? [statement.columns === undefined ? all : 'SPECIFIC_ATTRIBUTES']
        : undefined,
  };
}

function itemOf(
  statement: Exclude<Statement, { type: 'select' | 'exists' }>,
  context: Context,
): Item | undefined {
  if (statement.type === 'insert') return statement.item;
  const keys = keysOf(statement.table, undefined, context);
  return keys && namedItem(statement.where, keys).key;
}

function attributesOf(statement: Statement): string[] | undefined {
  if (statement.type === 'insert') return named(Object.keys(statement.item));
  const asked = conditionHeads(statement.where);
  if (statement.type === 'update') return named([...updated(statement.update), ...asked]);
  if (statement.type !== 'select') return named(asked);
  return named([...(statement.columns ?? []).map(({ path }) => String(path[0])), ...asked]);
}

const conditionHeads = (where: Condition | undefined) => (where ? pathHeads(where) : []);
