/** Random expressions of DynamoDB's languages: mostly well-formed, sometimes a jumble of tokens. */
import type { Random } from './random.ts';

/** What can be written in an expression for a document path. */
function path(random: Random): string {
  const head = () =>
    random.pick(['pk', 'sk', 'tag', '#n', '#p', '#r', 'parts', 'n', 'note', 'size', 'list']);
  let text = head();
  while (random.chance(0.25)) text += random.chance(0.5) ? `.${head()}` : `[${random.below(4)}]`;
  return text;
}

function value(random: Random): string {
  return random.pick([':a', ':b', ':c', ':s', ':n', ':l']);
}

function operand(random: Random): string {
  if (random.chance(0.1)) return `size(${path(random)})`;
  return random.chance(0.5) ? path(random) : value(random);
}

/** A condition, of a filter or of a write. */
export function condition(random: Random, depth = 0): string {
  if (depth < 4 && random.chance(0.4)) {
    const inner = () => condition(random, depth + 1);
    return random.pick([
      () => `${inner()} AND ${inner()}`,
      () => `${inner()} or ${inner()}`,
      () => `NOT ${inner()}`,
      () => `(${inner()})`,
    ])();
  }
  const compare = () => random.pick(['=', '<>', '<', '<=', '>', '>=']);
  return random.pick([
    () => `${path(random)} ${compare()} ${operand(random)}`,
    () => `${operand(random)}${compare()}${operand(random)}`,
    () => `attribute_exists(${path(random)})`,
    () => `attribute_not_exists(${path(random)})`,
    () => `attribute_type(${path(random)}, ${value(random)})`,
    () => `begins_with(${path(random)}, ${value(random)})`,
    () => `contains(${path(random)}, ${operand(random)})`,
    () => `${path(random)} BETWEEN ${value(random)} AND ${value(random)}`,
    () =>
      `${path(random)} IN (${[operand(random), ...random.many(3, () => operand(random))].join(', ')})`,
  ])();
}

/** A condition on keys. */
export function keyCondition(random: Random): string {
  const partition = `${random.pick(['pk', 'tag', '#p'])} = ${value(random)}`;
  if (random.chance(0.4)) return partition;
  const sort = random.pick(['sk', 'grade', '#r']);
  return random.pick([
    `${partition} AND ${sort} ${random.pick(['=', '<', '<=', '>', '>=', '<>'])} ${value(random)}`,
    `${partition} AND ${sort} BETWEEN ${value(random)} AND ${value(random)}`,
    `${partition} AND begins_with(${sort}, ${value(random)})`,
    `(${sort} > ${value(random)}) and (${partition})`,
    condition(random),
  ]);
}

/** An update. */
export function update(random: Random): string {
  const sum = (): string =>
    random.pick([
      () => operand(random),
      () => value(random),
      () => `${path(random)} ${random.pick(['+', '-'])} ${value(random)}`,
      () => `if_not_exists(${path(random)}, ${value(random)})`,
      () => `list_append(${operand(random)}, ${value(random)})`,
      () => `list_append(if_not_exists(${path(random)}, :l), :l)`,
      () => `${random.pick(['if_not_exists', 'list_append', 'size', 'abs'])}(${operand(random)})`,
    ])();
  const few = (make: () => string) => [make(), ...random.many(2, make)].join(', ');
  const clauses = [
    () => `SET ${few(() => `${path(random)} = ${sum()}`)}`,
    () => `REMOVE ${few(() => path(random))}`,
    () => `ADD ${few(() => `${path(random)} ${value(random)}`)}`,
    () => `delete ${few(() => `${path(random)} ${value(random)}`)}`,
  ];
  return [random.pick(clauses), ...clauses.filter(() => random.chance(0.2))]
    .map((clause) => clause())
    .join(' ');
}

/** Paths to project. */
export function projection(random: Random): string {
  return [path(random), ...random.many(3, () => path(random))].join(',');
}

/** A statement of PartiQL. */
export function statement(random: Random): string {
  const table = random.pick(['Plain', 'Orders', '"Orders"', '"Orders"."ByTag"', 'Nowhere']);
  const literal = () =>
    random.pick(['?', '?', "'a'", '1', '-2.5', 'true', 'null', "[1, 'b']", "{'x': 1}", "<<'a'>>"]);
  const where = (): string =>
    random.pick([
      () => `pk = ${literal()}`,
      () => `pk = ${literal()} AND sk = ${literal()}`,
      () => `pk = ${literal()} AND sk > ${literal()}`,
      () => `pk IN [${literal()}, ${literal()}]`,
      () => `tag = ${literal()} OR NOT (n < ${literal()})`,
      () => `begins_with(tag, ${literal()})`,
      () => `parts[0].x IS MISSING`,
      () => `sk BETWEEN ${literal()} AND ${literal()}`,
      () => `contains("note", ${literal()})`,
    ])();
  return random.pick([
    () => `SELECT * FROM ${table}`,
    () => `SELECT pk, "doc".x FROM ${table} WHERE ${where()}`,
    () => `select * from ${table} where ${where()} order by sk desc`,
    () => `INSERT INTO ${table} VALUE {'pk': ${literal()}, 'sk': ${literal()}, 'v': ${literal()}}`,
    () => `UPDATE ${table} SET v = ${literal()} WHERE ${where()} RETURNING ALL NEW *`,
    () => `UPDATE ${table} SET n = n + ${literal()} REMOVE tag WHERE ${where()}`,
    () => `DELETE FROM ${table} WHERE ${where()} RETURNING ALL OLD *`,
    () => `EXISTS(SELECT * FROM ${table} WHERE ${where()})`,
    () => `SELECT COUNT(*) FROM ${table} GROUP BY pk`,
    () => `SELECT * FROM ${table} a JOIN ${table} b ON a.pk = b.pk`,
  ])();
}

const tokens = [
  ...'()[],.=<>+-*/:#?\'"{}@;',
  ...['<=', '>=', '<>', '<<', '>>', ' ', ' ', '\n', 'a', 'pk', '#n', ':a', '0', '99', '1e5'],
  ...['SET', 'REMOVE', 'ADD', 'DELETE', 'AND', 'OR', 'NOT', 'IN', 'BETWEEN', 'SELECT', 'FROM'],
  ...['WHERE', 'size', 'contains', 'é', '\ud800', '\0', 'attribute_exists', 'INSERT', 'VALUE'],
];

/** The expression with some of its characters cut out, put in twice or replaced; or tokens in any order. */
export function jumbled(random: Random, expression: string): string {
  if (random.chance(0.3))
    return random.many(20, () => random.pick(tokens)).join(random.pick(['', ' ']));
  let text = expression;
  for (let times = random.below(3) + 1; times > 0; times--) {
    const at = random.below(text.length + 1);
    const end = at + random.below(6);
    const middle = random.pick(['', random.pick(tokens), text.slice(at, end).repeat(2)]);
    text = text.slice(0, at) + middle + text.slice(end);
  }
  return text;
}
