/** The Condition of a statement: operators, keys, and whether a request meets them. */
import {
  filled,
  fits,
  type RequestValues,
  type Template,
  template,
  variablesOf,
} from './pattern.ts';

/** A policy says what this evaluator cannot evaluate, or what no policy may say. */
export class PolicyProblem extends Error {
  override readonly name = 'PolicyProblem';
}

/** One line of a Condition: an operator, a key and what its value is compared with. */
export interface Condition {
  key: string;
  /** Whether the request meets it. */
  holds(values: RequestValues): boolean;
}

type Compare = (value: string, wanted: Template, values: RequestValues) => boolean | undefined;

function numeric(compare: (value: number, wanted: number) => boolean): Compare {
  return ordered(Number, compare);
}

function date(compare: (value: number, wanted: number) => boolean): Compare {
  return ordered(readDate, compare);
}

function ordered(
  read: (text: string) => number,
  compare: (value: number, wanted: number) => boolean,
): Compare {
  return (value, wanted, values) => {
    const text = filled(wanted, values);
    return text === undefined ? undefined : compare(read(value), read(text));
  };
}

/** A date of ISO 8601, or seconds since 1970. */
function readDate(text: string): number {
  return /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text);
}

function equals(fold: (text: string) => string): Compare {
  return (value, wanted, values) => {
    const text = filled(wanted, values);
    return text === undefined ? undefined : fold(value) === fold(text);
  };
}

const same = (text: string) => text;
const lower = (text: string) => text.toLowerCase();

/** Source of all: IAM User Guide, "IAM JSON policy elements: Condition operators". */
const OPERATORS: Readonly<Record<string, Compare>> = {
  StringEquals: equals(same),
  StringEqualsIgnoreCase: equals(lower),
  StringLike: fits,
  ArnEquals: fits,
  ArnLike: fits,
  NumericEquals: numeric((value, wanted) => value === wanted),
  NumericLessThan: numeric((value, wanted) => value < wanted),
  NumericLessThanEquals: numeric((value, wanted) => value <= wanted),
  NumericGreaterThan: numeric((value, wanted) => value > wanted),
  NumericGreaterThanEquals: numeric((value, wanted) => value >= wanted),
  DateEquals: date((value, wanted) => value === wanted),
  DateLessThan: date((value, wanted) => value < wanted),
  DateLessThanEquals: date((value, wanted) => value <= wanted),
  DateGreaterThan: date((value, wanted) => value > wanted),
  DateGreaterThanEquals: date((value, wanted) => value >= wanted),
  Bool: equals(lower),
};

/** Operators that hold where another does not. */
const NEGATED: Readonly<Record<string, string>> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
  NumericNotEquals: 'NumericEquals',
  DateNotEquals: 'DateEquals',
};

/** Keys of which a request can have many values: they are compared by ForAllValues or ForAnyValue only. */
const MULTIVALUED: ReadonlySet<string> = new Set(['dynamodb:LeadingKeys', 'dynamodb:Attributes']);

/** The keys that this evaluator knows the values of, beside those that a user brings. */
export const KEYS: ReadonlySet<string> = new Set([
  ...MULTIVALUED,
  'dynamodb:Select',
  'dynamodb:ReturnValues',
  'dynamodb:ReturnConsumedCapacity',
  'dynamodb:EnclosingOperation',
  'dynamodb:FullTableScan',
  'aws:username',
  'aws:PrincipalArn',
  'aws:PrincipalAccount',
  'aws:PrincipalType',
  'aws:CurrentTime',
  'aws:EpochTime',
  'aws:RequestedRegion',
  'aws:SecureTransport',
]);

/** How the policy that is read is written, and which keys it may name. */
export interface PolicyTerms {
  /** Whether it knows variables: version 2012-10-17. */
  variables: boolean;
  /** Keys beyond `KEYS`: those that the world's users bring. */
  keys: ReadonlySet<string>;
}

/** Reads the Condition of a statement. Throws PolicyProblem for what cannot be evaluated. */
export function readConditions(value: unknown, terms: PolicyTerms): Condition[] {
  if (value === undefined) return [];
  return Object.entries(record(value, 'Condition')).flatMap(([operator, keys]) =>
    Object.entries(record(keys, `Condition.${operator}`)).map(([key, wanted]) => {
      const texts = list(wanted).map((one) => {
        if (['string', 'number', 'boolean'].includes(typeof one)) return String(one);
        throw new PolicyProblem(`the value of ${key} in ${operator} is no text, number or boolean`);
      });
      const templates = texts.map((text) => readTemplate(text, terms));
      const holds = readOperator(operator, key, texts, templates);
      requireKey(key, terms);
      return { key, holds };
    }),
  );
}

/** Reads a text of a policy. Throws PolicyProblem for a variable that no request has a value for. */
export function readTemplate(text: string, terms: PolicyTerms): Template {
  const read = template(text, terms.variables);
  for (const key of variablesOf(read)) requireKey(key, terms);
  return read;
}

function requireKey(key: string, { keys }: PolicyTerms): void {
  if (KEYS.has(key) || keys.has(key) || key.startsWith('aws:PrincipalTag/')) return;
  throw new PolicyProblem(
    `${key} is none of the condition keys that this emulator knows (${[...KEYS].join(', ')}, aws:PrincipalTag/...), and no user of the world brings it`,
  );
}

function readOperator(
  written: string,
  key: string,
  texts: readonly string[],
  wanted: readonly Template[],
): Condition['holds'] {
  const [, set, operator = '', ifExists] =
    /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/.exec(written) ?? [];
  if (operator === 'Null' && set === undefined && ifExists === undefined) {
    const absent = texts.some((text) => text.toLowerCase() === 'true');
    return (values) => (valuesOf(values, key).length === 0) === absent;
  }
  const compare = OPERATORS[NEGATED[operator] ?? operator];
  if (compare === undefined) {
    throw new PolicyProblem(
      `${written} is none of the condition operators that this emulator evaluates: ${[...Object.keys(OPERATORS), ...Object.keys(NEGATED), 'Null'].join(', ')}`,
    );
  }
  if (set === undefined && MULTIVALUED.has(key)) {
    throw new PolicyProblem(
      `${key} can have many values: compare it by ForAllValues:${operator} or ForAnyValue:${operator}`,
    );
  }
  const negated = NEGATED[operator] !== undefined;
  const meets = (value: string, values: RequestValues) => {
    const results = wanted.map((one) => compare(value, one, values));
    // A variable that the request has no value for makes the statement one that does not fit.
    if (results.includes(undefined)) return false;
    return results.includes(true) !== negated;
  };
  return (values) => {
    const given = valuesOf(values, key);
    if (set === 'ForAllValues') return given.every((value) => meets(value, values));
    if (set === 'ForAnyValue') return given.some((value) => meets(value, values));
    if (given.length === 0) return ifExists !== undefined || negated;
    return given.every((value) => meets(value, values));
  };
}

function valuesOf(values: RequestValues, key: string): readonly string[] {
  return values.get(key) ?? [];
}

/** An object, or a PolicyProblem that names what is none. */
export function record(value: unknown, what: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw new PolicyProblem(`${what} is no object`);
}

/** One value or a list of them, as a list. */
export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}
