/** Statements with their parameters, checked as far as that goes without knowing the table. */
import type { Condition } from '../expressions/condition-tree.ts';
import type { ParsedUpdate } from '../expressions/update.ts';
import { attributeValueProblem } from '../request/attribute-values.ts';
import { validationError } from '../request/errors.ts';
import { type AttributeValue, emptyItem, type Item, type Path } from '../values/attribute.ts';
import { valueAt } from '../values/paths.ts';
import { conditionOf } from './conditions.ts';
import { place } from './errors.ts';
import { parseStatement } from './statement-parser.ts';
import type { Node, ReturningNode, SelectNode, StatementNode } from './syntax.ts';
import { updateOf } from './updates.ts';
import { attributeValueOf, fieldsOf, pathOf, type Scope } from './values.ts';

/** One column of SELECT: what it is called in the answer, and where it is found in an item. */
export interface Column {
  name: string;
  path: Path;
}

export interface Select {
  type: 'select';
  table: string;
  index: string | undefined;
  /** Undefined for `*`. */
  columns: Column[] | undefined;
  where: Condition | undefined;
  orderBy: Array<{ name: string; descending: boolean }>;
}

export interface Insert {
  type: 'insert';
  table: string;
  item: Item;
}

export interface Update {
  type: 'update';
  table: string;
  update: ParsedUpdate;
  where: Condition | undefined;
  returning: ReturningNode | undefined;
}

export interface Delete {
  type: 'delete';
  table: string;
  where: Condition | undefined;
  returning: ReturningNode | undefined;
}

/** `EXISTS(SELECT ...)`: a condition that must hold for a transaction to go through. */
export interface Exists {
  type: 'exists';
  table: string;
  index: string | undefined;
  where: Condition | undefined;
}

/** A statement that writes, or stands among those that do. */
export type Write = Insert | Update | Delete | Exists;
export type Statement = Select | Write;

/** A statement as requests carry it. */
export interface StatementInput {
  Statement: string;
  Parameters?: AttributeValue[];
}

/** Throws ValidationException for a parameter that is no value; parameters are looked at before all statements. */
export function checkParameters({ Parameters = [] }: StatementInput): void {
  for (const parameter of Parameters) {
    const problem = attributeValueProblem(parameter);
    if (problem !== undefined) throw validationError(problem);
  }
}

/** The statement of a request, whose parameters have been checked. Throws ValidationException. */
export function readStatement({ Statement, Parameters = [] }: StatementInput): Statement {
  const { node, parameters } = parseStatement(Statement);
  if (parameters !== Parameters.length)
    throw validationError("Number of parameters in request and statement don't match.");
  return statementOf(node, { text: Statement, parameters: Parameters });
}

function statementOf(node: Node, scope: Scope): Statement {
  switch (node.type) {
    case 'select':
      return selectOf(node, scope);
    case 'insert':
    case 'update':
    case 'delete':
      return writeOf(node, scope);
    case 'call': {
      const [select] = node.args;
      if (node.name === 'exists' && node.args.length === 1 && select?.type === 'select') {
        const { table, index, where } = selectOf(select, scope);
        return { type: 'exists', table, index, where };
      }
      throw validationError(`Unrecognized function: ${node.name}${place(scope.text, node.token)}`);
    }
    case 'is':
      throw validationError('Unsupported operation: IsType');
    default:
      throw validationError(
        `Unsupported operation: only SELECT, INSERT, UPDATE, DELETE and EXISTS are statements${place(scope.text, node.token)}`,
      );
  }
}

function selectOf(node: SelectNode, scope: Scope): Select {
  const [table, index] = sourceOf(node.source, scope);
  return {
    type: 'select',
    table,
    index,
    columns: node.columns && columnsOf(node.columns, scope),
    where: node.where && conditionOf(node.where, scope),
    orderBy: node.orderBy.map(({ key, descending }) => {
      const path = pathOf(key, scope);
      if (path?.length !== 1) throw unexpectedPath(key, scope);
      return { name: path[0] as string, descending };
    }),
  };
}

function writeOf(node: StatementNode & { type: Write['type'] }, scope: Scope): Write {
  const [table, index] = sourceOf(node.target, scope);
  if (index !== undefined) {
    throw validationError(
      node.type === 'insert'
        ? 'FROM clause may only contain a single table name in data manipulation statements'
        : 'This operation is not supported on an index',
    );
  }
  if (node.type === 'insert') {
    if (node.returning !== undefined) throw validationError('RETURNING is not supported in INSERT');
    return { type: 'insert', table, item: itemOf(node.value, scope) };
  }
  const where = node.where && conditionOf(node.where, scope);
  const { returning } = node;
  if (node.type === 'update')
    return { type: 'update', table, update: updateOf(node.changes, scope), where, returning };
  if (returning !== undefined && returning !== 'ALL OLD') {
    throw validationError(
      `Invalid returning clause: RETURNING ${returning} *. Only RETURNING ALL OLD * is allowed in DELETE statements.`,
    );
  }
  return { type: 'delete', table, where, returning };
}

/** The table, and the index if one is named. */
function sourceOf(node: Node, scope: Scope): [table: string, index: string | undefined] {
  if (node.type !== 'path') {
    if (node.type === 'select')
      throw validationError('Unsupported operation: a subquery in the FROM clause');
    throw validationError(`Unexpected from source${place(scope.text, node.token)}`);
  }
  const path = pathOf(node, scope) as Path;
  if (path.length > 2)
    throw validationError('A path may contain at most 2 components in the FROM clause');
  if (path.some((name) => typeof name === 'number')) throw unexpectedPath(node, scope);
  if (path.some((name) => name === ''))
    throw validationError('Path component cannot be an empty string');
  return path as [string, string | undefined];
}

/** Columns are called as the last name of their paths, with the positions that follow it: `k[0]` of `m.k[0]`. */
function columnsOf(nodes: readonly Node[], scope: Scope): Column[] {
  const seen = new Set<string>();
  return nodes.map((node) => {
    const path = pathOf(node, scope);
    if (path === undefined) throw unexpectedPath(node, scope);
    const last = path.findLastIndex((step) => typeof step === 'string');
    const name = path
      .slice(last)
      .map((step) => (typeof step === 'number' ? `[${step}]` : step))
      .join('');
    if (seen.has(name)) throw validationError(`Duplicate identifiers in select clause: ${name}`);
    seen.add(name);
    return { name, path };
  });
}

function unexpectedPath(node: Node, scope: Scope) {
  return validationError(`Unexpected path component${place(scope.text, node.token)}`);
}

/** Each attribute may be a parameter; the item as a whole may not. */
function itemOf(node: Node, scope: Scope): Item {
  if (node.type !== 'struct') {
    throw validationError(
      'Unsupported format in item expression. Please use struct format {...} to express item values for insert statement.',
    );
  }
  const item = emptyItem();
  for (const { name, value } of fieldsOf(node, 'root')) item[name] = attributeValueOf(value, scope);
  return item;
}

/** What SELECT gives of an item. */
export function columnsIn(item: Item, columns: readonly Column[]): Item {
  const row = emptyItem();
  for (const { name, path } of columns) {
    const value = valueAt(item, path);
    if (value !== undefined) row[name] = value;
  }
  return row;
}
