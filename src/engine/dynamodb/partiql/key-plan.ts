/** What a WHERE clause says about keys: the reads that a SELECT takes apart into, or that it must scan. */
import type { Condition } from '../expressions/condition-tree.ts';
import { attributesOf } from '../items/checks.ts';
import { validationError } from '../request/errors.ts';
import {
  AFTER_ALL,
  encodePart,
  encodePartition,
  encodePrefix,
  type KeyAttribute,
  type KeySchema,
} from '../storage/keys.ts';
import { type AttributeValue, emptyItem, equal, type Item } from '../values/attribute.ts';
import { order } from '../values/compare.ts';
import { type KeyTerm, pathHeads, requireKeyType, termOf } from './key-terms.ts';

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

/** One way to meet the WHERE clause: all of the terms and all of the filters. */
interface Branch {
  terms: KeyTerm[];
  filters: Condition[];
}

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
