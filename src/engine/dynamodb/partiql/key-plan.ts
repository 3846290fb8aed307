/** What a WHERE clause says about keys: the reads that a SELECT takes apart into, or that it must scan. */
import type { Condition, Operand } from '../expressions/condition-tree.ts';
import { attributesOf } from '../items/checks.ts';
import { ApiError, VALIDATION, validationError } from '../request/errors.ts';
import {
  AFTER_ALL,
  encodePart,
  encodePartition,
  encodePrefix,
  type KeyAttribute,
  type KeySchema,
  keyNames,
} from '../storage/keys.ts';
import { type AttributeValue, emptyItem, equal, type Item, typeOf } from '../values/attribute.ts';
import { order } from '../values/compare.ts';

/** Most queries that one SELECT is taken apart into. */
const MAX_READS = 50;

/** One query: a partition, and the part of it between two keys of the tree. */
export interface KeyedRead {
  /** The partition key's values, in the schema's order. */
  partition: AttributeValue[];
  from: string;
  to: string;
  /** The one item that the query can find, when all that it says of keys is `=`. */
  key: Item | undefined;
  /** What the WHERE clause asks of these entries besides their keys. */
  filters: Condition[];
}

/** A condition on one key attribute that a range can answer. */
interface KeyTerm {
  name: string;
  operator: string;
  values: AttributeValue[];
}

/** One way to meet the WHERE clause: all of the terms and all of the filters. */
interface Branch {
  terms: KeyTerm[];
  filters: Condition[];
}

/** The comparison with its operands exchanged. */
const mirrored: Record<string, string> = { '=': '=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

/**
 * The queries that answer a WHERE clause, in the order of their keys; undefined when nothing but a scan can. Throws
 * ValidationException for keys of the wrong type, for too many queries and for queries that overlap.
 * Source: DynamoDB Developer Guide, "PartiQL select statements for DynamoDB".
 */
export function planReads(where: Condition | undefined, keys: KeySchema): KeyedRead[] | undefined {
  if (where === undefined) return undefined;
  const planner = new Planner(keys);
  const pinned = planner.pinned(where);
  if (!keys.partition.every(({ name }) => pinned.has(name))) return undefined;
  const reads: KeyedRead[] = [];
  for (const branch of planner.branches(where)) {
    const read = planner.read(branch);
    if (read === undefined) return undefined;
    reads.push(read);
  }
  reads.sort((a, b) => comparePartitions(a.partition, b.partition) || (a.from < b.from ? -1 : 1));
  return keepApart(reads, keys);
}

/** What the WHERE clause of a write says of the item that it names. */
export interface NamedItem {
  /** The key's attributes that are given by `=`. */
  key: Item;
  /** A key attribute that is given two values. */
  conflict: string | undefined;
  /** What is asked besides. */
  rest: Condition[];
}

/** The item that a write names: IN and OR name none. */
export function namedItem(where: Condition | undefined, keys: KeySchema): NamedItem {
  const named: NamedItem = { key: emptyItem(), conflict: undefined, rest: [] };
  const names = keyNames(keys);
  for (const part of conjuncts(where)) {
    const term = termOf(part);
    if (term?.operator !== '=' || !names.includes(term.name)) {
      named.rest.push(part);
      continue;
    }
    const [value] = term.values as [AttributeValue];
    const earlier = named.key[term.name];
    if (earlier === undefined) named.key[term.name] = value;
    else if (!equal(earlier, value)) {
      named.conflict ??= term.name;
      named.rest.push(part);
    }
  }
  return named;
}

function conjuncts(condition: Condition | undefined): Condition[] {
  if (condition === undefined) return [];
  return condition.type === 'and' ? condition.args.flatMap(conjuncts) : [condition];
}

/** A value cannot be a key attribute's; transactions say so in other words. */
export class KeyTypeError extends ApiError {}

/** Throws when a value cannot be that key attribute's. */
export function requireKeyType(value: AttributeValue, { name, type }: KeyAttribute): void {
  if (value[type] === undefined) {
    const actual = typeOf(value);
    throw new KeyTypeError(
      VALIDATION,
      ['S', 'N', 'B'].includes(actual)
        ? `Key attribute's data type should match its data type in table's schema: Key ${name}`
        : `Key value must be of type S, N, or B. Key name: ${name}, Key type: ${actual}`,
    );
  }
  if (value.S === '' || value.B === '') {
    throw validationError(
      `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ${value.S === '' ? 'string' : 'binary'} value. Key: ${name}`,
    );
  }
}

class Planner {
  readonly #keys: KeySchema;
  readonly #attributes: Map<string, KeyAttribute & { partition: boolean }>;

  constructor(keys: KeySchema) {
    this.#keys = keys;
    this.#attributes = new Map(attributesOf(keys).map((attribute) => [attribute.name, attribute]));
  }

  /** The partition attributes that are given by `=` or IN in every way to meet the condition. */
  pinned(condition: Condition): Set<string> {
    if (condition.type === 'and' || condition.type === 'or') {
      const [left, right] = condition.args.map((part) => this.pinned(part)) as [
        Set<string>,
        Set<string>,
      ];
      return condition.type === 'and'
        ? new Set([...left, ...right])
        : new Set([...left].filter((name) => right.has(name)));
    }
    const term = this.#keyTerm(condition);
    return new Set(term && this.#attributes.get(term.name)?.partition ? [term.name] : []);
  }

  /** All ways to meet the condition. */
  branches(condition: Condition): Branch[] {
    if (condition.type === 'and') {
      const [left, right] = condition.args.map((part) => this.branches(part)) as [
        Branch[],
        Branch[],
      ];
      requireFew(left.length * right.length);
      return left.flatMap((one) =>
        right.map((other) => ({
          terms: [...one.terms, ...other.terms],
          filters: [...one.filters, ...other.filters],
        })),
      );
    }
    if (condition.type === 'or' && this.#namesKey(condition)) {
      const branches = condition.args.flatMap((part) => this.branches(part));
      requireFew(branches.length);
      return branches;
    }
    const term = this.#keyTerm(condition);
    if (term === undefined) return [{ terms: [], filters: [condition] }];
    const attribute = this.#attributes.get(term.name) as KeyAttribute;
    for (const value of term.values) requireKeyType(value, attribute);
    if (term.operator !== 'in') return [{ terms: [term], filters: [] }];
    requireFew(term.values.length);
    return term.values.map((value) => ({
      terms: [{ name: term.name, operator: '=', values: [value] }],
      filters: [],
    }));
  }

  #namesKey(condition: Condition): boolean {
    return condition.type === 'and' || condition.type === 'or'
      ? condition.args.some((part) => this.#namesKey(part))
      : this.#keyTerm(condition) !== undefined;
  }

  /** A condition that a query's key can hold: of partition attributes only `=`, which IN is a list of. */
  #keyTerm(condition: Condition): KeyTerm | undefined {
    const term = termOf(condition);
    const attribute = term && this.#attributes.get(term.name);
    if (term === undefined || attribute === undefined) return undefined;
    const holds = attribute.partition ? term.operator === '=' || term.operator === 'in' : true;
    return holds ? term : undefined;
  }

  /** The query of one branch; undefined when it contradicts itself about the partition. */
  read({ terms, filters }: Branch): KeyedRead | undefined {
    const { partition, sort } = this.#keys;
    const values: AttributeValue[] = [];
    for (const { name } of partition) {
      const given = terms.filter((term) => term.name === name).map((term) => term.values[0]);
      const [value] = given as AttributeValue[];
      if (value === undefined || given.some((one) => !equal(one as AttributeValue, value)))
        return undefined;
      values.push(value);
    }
    let prefix = encodePartition(values, partition);
    let range = { from: prefix, to: prefix + AFTER_ALL };
    for (const { name, type } of sort) {
      const own = terms.filter((term) => term.name === name);
      for (const term of own) range = intersect(range, rangeOf(term, prefix, type));
      const exact = own.find(({ operator }) => operator === '=');
      if (exact === undefined) break;
      prefix += encodePart(exact.values[0] as AttributeValue, type);
    }
    return { partition: values, ...range, key: this.#wholeKey(terms, range), filters };
  }

  #wholeKey(terms: readonly KeyTerm[], { from, to }: Range): Item | undefined {
    if (from >= to || terms.some(({ operator }) => operator !== '=')) return undefined;
    const key = emptyItem();
    for (const { name, values } of terms) key[name] = values[0] as AttributeValue;
    return Object.keys(key).length === this.#attributes.size ? key : undefined;
  }
}

function requireFew(count: number): void {
  if (count > MAX_READS)
    throw validationError('Too many decomposed read operations for a given query.');
}

/** A comparison of one whole attribute with values; undefined for any other condition. */
function termOf(condition: Condition): KeyTerm | undefined {
  switch (condition.type) {
    case '=':
    case '<':
    case '<=':
    case '>':
    case '>=': {
      const [first, second] = condition.args as [Operand, Operand];
      return (
        term(condition.type, first, [second]) ??
        term(mirrored[condition.type] as string, second, [first])
      );
    }
    case 'in':
    case 'between':
      return term(condition.type, condition.args[0] as Operand, condition.args.slice(1));
    case 'function':
      return condition.name === 'begins_with'
        ? term('begins_with', condition.args[0] as Operand, condition.args.slice(1))
        : undefined;
    default:
      return undefined;
  }
}

function term(operator: string, path: Operand, values: Operand[]): KeyTerm | undefined {
  if (!Array.isArray(path) || path.length > 1) return undefined;
  if (values.some((value) => Array.isArray(value) || 'type' in value)) return undefined;
  return { name: path[0] as string, operator, values: values as AttributeValue[] };
}

interface Range {
  from: string;
  to: string;
}

function intersect(a: Range, b: Range): Range {
  const { from } = a.from < b.from ? b : a;
  const { to } = a.to < b.to ? a : b;
  return { from, to };
}

function rangeOf({ operator, values }: KeyTerm, prefix: string, type: KeyAttribute['type']): Range {
  const [low, high = low] = values as [AttributeValue, AttributeValue?];
  const at = prefix + encodePart(low, type);
  switch (operator) {
    case '<':
      return { from: prefix, to: at };
    case '<=':
      return { from: prefix, to: at + AFTER_ALL };
    case '>':
      return { from: at + AFTER_ALL, to: prefix + AFTER_ALL };
    case '>=':
      return { from: at, to: prefix + AFTER_ALL };
    case 'begins_with': {
      const beginning = prefix + encodePrefix(low, type);
      return { from: beginning, to: beginning + AFTER_ALL };
    }
    default:
      return { from: at, to: prefix + encodePart(high, type) + AFTER_ALL };
  }
}

/** Order of two partitions by their keys' values, which is also the order in which they are read. */
export function comparePartitions(a: AttributeValue[], b: AttributeValue[]): number {
  for (const [index, value] of a.entries()) {
    const difference = order(value, b[index] as AttributeValue) ?? 0;
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * No entry may be read twice, so queries of one partition must not overlap. Where a branch says of the sort key what
 * no key condition can say (`<>`, NOT), DynamoDB does not refuse: the partition is then read once for all of them.
 */
function keepApart(reads: KeyedRead[], keys: KeySchema): KeyedRead[] {
  const apart: KeyedRead[] = [];
  const [first] = reads;
  for (const read of reads) {
    // Nothing lies in an empty range, but one query must be made.
    if (read.from >= read.to) continue;
    const last = apart.at(-1);
    const overlaps =
      last !== undefined &&
      comparePartitions(last.partition, read.partition) === 0 &&
      read.from < last.to;
    if (!overlaps) {
      apart.push(read);
      continue;
    }
    const filters = [...last.filters, ...read.filters];
    if (!filters.some((filter) => deniesSortKey(filter, keys))) {
      throw validationError(
        'Overlapping conditions with range keys are not supported in where clause',
      );
    }
    const { to } = last.to < read.to ? read : last;
    apart[apart.length - 1] = { ...last, to, key: undefined, filters };
  }
  return apart.length === 0 && first ? [first] : apart;
}

function deniesSortKey(condition: Condition, keys: KeySchema): boolean {
  if (condition.type !== '<>' && condition.type !== 'not') return false;
  return pathHeads(condition).some((head) => keys.sort.some(({ name }) => name === head));
}

/** The attributes that a condition looks at, as often as it does. */
export function pathHeads(condition: Condition): string[] {
  if (condition.type === 'and' || condition.type === 'or' || condition.type === 'not')
    return condition.args.flatMap(pathHeads);
  return condition.args.flatMap(operandHeads);
}

function operandHeads(operand: Operand): string[] {
  if (Array.isArray(operand)) return [operand[0] as string];
  if (!('type' in operand)) return [];
  return operand.type === 'truth'
    ? pathHeads(operand.condition)
    : operand.args.flatMap(operandHeads);
}
