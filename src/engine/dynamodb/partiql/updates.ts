/** SET and REMOVE of PartiQL as changes of the engine. */
import { checkPathsApart, Scope as ExpressionScope, literalType } from '../expressions/scope.ts';
import {
  type Change,
  type Computation,
  isComputation,
  type ParsedUpdate,
  type UpdateOperand,
} from '../expressions/update.ts';
import { validationError } from '../request/errors.ts';
import type { AttributeType, AttributeValue, Path } from '../values/attribute.ts';
import { place } from './errors.ts';
import type { ChangeNode, Node } from './syntax.ts';
import { attributeValueOf, isValue, pathOf, type Scope } from './values.ts';

const sums: Record<string, 'add' | 'subtract'> = { '+': 'add', '-': 'subtract' };

/**
 * The changes that an UPDATE asks for. Throws ValidationException.
 * Source: DynamoDB Developer Guide, "PartiQL update statements for DynamoDB".
 */
export function updateOf(nodes: readonly ChangeNode[], scope: Scope): ParsedUpdate {
  const paths: Path[] = [];
  const nestedPaths: Record<string, boolean> = Object.create(null) as Record<string, boolean>;
  const apart = new ExpressionScope<'pathOverlap' | 'pathConflict'>({
    names: undefined,
    values: undefined,
    usedNames: new Set(),
    usedValues: new Set(),
  });
  const sections = nodes.map((node): Change => {
    const path = pathOf(node.path, scope) as Path;
    checkPathsApart(paths, path, apart);
    paths.push(path);
    if (path.length > 1) nestedPaths[path[0] as string] = true;
    return node.value === undefined ? { type: 'remove', path } : changeOf(path, node.value, scope);
  });
  const overlap = apart.errors.pathOverlap ?? apart.errors.pathConflict;
  if (overlap !== undefined) throw validationError(overlap);
  return { sections, paths, nestedPaths };
}

function changeOf(path: Path, node: Node, scope: Scope): Change {
  if (node.type === 'call' && (node.name === 'set_add' || node.name === 'set_delete')) {
    const val = setMembers(path, node, scope);
    const type = node.name === 'set_add' ? 'add' : 'delete';
    return { type, path, val, attrType: literalType(val) };
  }
  const val = operandOf(node, scope);
  return { type: 'set', path, val, attrType: resultType(val) };
}

/** The second argument of SET_ADD and SET_DELETE, whose first must be the path that is assigned. */
function setMembers(path: Path, node: Node & { type: 'call' }, scope: Scope): AttributeValue {
  const name = node.name.toUpperCase();
  const at = place(scope.text, node.token);
  const [target, members] = node.args;
  if (node.args.length !== 2 || target === undefined || members === undefined)
    throw validationError(`${name} must have exactly two arguments${at}`);
  const own = pathOf(target, scope);
  if (own?.length !== path.length || own.some((step, index) => step !== path[index]))
    throw validationError(`The first argument to ${name} must equal the assignment value${at}`);
  const value = isValue(members) ? attributeValueOf(members, scope) : {};
  if (value.SS === undefined && value.NS === undefined && value.BS === undefined) {
    throw validationError(
      `The second argument to ${name} must be a value with type SET${place(scope.text, target.token)}`,
    );
  }
  return value;
}

function operandOf(node: Node, scope: Scope): UpdateOperand {
  if (isValue(node)) return attributeValueOf(node, scope);
  const path = pathOf(node, scope);
  if (path !== undefined) return path;
  if (node.type === 'binary') {
    const type = sums[node.operator];
    if (type === undefined) throw unsupportedOperator(node.operator);
    return { type, args: operands(node.operator, [node.left, node.right], 'N', scope) };
  }
  if (node.type === 'call') {
    if (node.name !== 'list_append') {
      throw validationError(`Unrecognized function: ${node.name}${place(scope.text, node.token)}`);
    }
    return { type: 'list_append', args: operands(node.name, node.args, 'L', scope) };
  }
  throw unsupportedOperator(node.type === 'unary' ? node.operator : node.type);
}

function unsupportedOperator(operator: string) {
  return validationError(
    `Unsupported operator in Update Expression. Operator: ${operator.toUpperCase()}`,
  );
}

function operands(
  operator: string,
  nodes: readonly Node[],
  wanted: AttributeType,
  scope: Scope,
): Computation['args'] {
  if (nodes.length !== 2) {
    throw validationError(
      `Incorrect number of operands for operator or function; operator or function: ${operator}, number of operands: ${nodes.length}`,
    );
  }
  const args = nodes.map((node) => operandOf(node, scope));
  for (const arg of args) {
    const type = literalType(arg);
    if (type === undefined || type === wanted) continue;
    throw validationError(
      `Incorrect operand type for operator or function; operator or function: ${operator}, operand type: ${type}`,
    );
  }
  return args as Computation['args'];
}

/** The type that an operand has whatever the item holds. */
function resultType(operand: UpdateOperand): AttributeType | undefined {
  if (Array.isArray(operand) || !isComputation(operand)) return literalType(operand);
  return operand.type === 'list_append' ? 'L' : 'N';
}
