/** The constraints of single members: every broken one is reported, up to ten, in the order of the description. */
import type { Json } from '../../lab/result.ts';
import { arnProblem, isArn } from '../storage/arn.ts';
import { printJava } from './print-java.ts';
import type { Shape, Shapes } from './shape.ts';

/** Most violations that one answer names. */
const MAX_VIOLATIONS = 10;

type Report = (value: Json | undefined, place: string, message: string, shape: Shape) => void;
type Check = (value: Json | undefined, place: string, report: Report) => void;

/**
 * Compiles the constraints of an operation's input. The function that comes out answers the message of the
 * ValidationException, if there is to be one.
 */
export function compileConstraints(
  shapes: Shapes,
): (input: { [key: string]: Json }) => string | undefined {
  const required = Object.keys(shapes).filter((name) => (shapes[name] as Shape).required);
  const check = compileMembers(shapes);
  return (input) => {
    for (const name of required) {
      if (input[name] === undefined) {
        return `The parameter '${name}' is required but was not present in the request`;
      }
    }
    const violations: string[] = [];
    check(input, '', (value, place, message, shape) => {
      if (violations.length === MAX_VIOLATIONS) return;
      const printed =
        value === undefined || value === null ? 'null' : `'${printJava(value, shape)}'`;
      violations.push(`Value ${printed} at '${place}' failed to satisfy constraint: ${message}`);
    });
    if (violations.length === 0) return undefined;
    const errors = violations.length === 1 ? 'error' : 'errors';
    return `${violations.length} validation ${errors} detected: ${violations.join('; ')}`;
  };
}

function compileMembers(shapes: Shapes): Check {
  const checks: Array<[name: string, place: string, check: Check]> = [];
  for (const [name, shape] of Object.entries(shapes)) {
    const check = compileMember(shape);
    if (check) checks.push([name, name[0]?.toLowerCase() + name.slice(1), check]);
  }
  return (value, parent, report) => {
    for (const [name, place, check] of checks) {
      check(
        (value as { [key: string]: Json })[name],
        parent ? `${parent}.${place}` : place,
        report,
      );
    }
  };
}

/** Undefined where nothing can be wrong with a value of that shape. */
function compileMember(shape: string | Shape): Check | undefined {
  if (typeof shape === 'string') return undefined;
  const checks: Check[] = [];
  for (const [constraint, bound] of Object.entries(shape)) {
    const check =
      constraint === 'children'
        ? compileChildren(shape)
        : compileConstraint(constraint, bound, shape);
    if (check) checks.push(check);
  }
  if (checks.length === 0) return undefined;
  const { orArn = false } = shape;
  return (value, place, report) => {
    if (orArn && typeof value === 'string' && isArn(value)) {
      const problem = arnProblem(value);
      if (problem) report(value, place, problem, shape);
      return;
    }
    for (const check of checks) check(value, place, report);
  };
}

function compileConstraint(constraint: string, bound: unknown, shape: Shape): Check | undefined {
  if (constraint === 'notNull') {
    return (value, place, report) => {
      if (value === undefined || value === null)
        report(value, place, 'Member must not be null', shape);
    };
  }
  if (constraint === 'keys' || constraint === 'values')
    return compileEach(constraint, bound as Shape, shape);
  const test = tests[constraint];
  if (test === undefined) return undefined;
  const { holds, message } = test(bound);
  return (value, place, report) => {
    if (value !== undefined && value !== null && !holds(value))
      report(value, place, message, shape);
  };
}

/** What a constraint asks of a value, and how it says so. */
interface Test {
  holds(value: Json): boolean;
  message: string;
}

const tests: Record<string, (bound: unknown) => Test> = {
  greaterThanOrEqual: (bound) => ({
    holds: (value) => (value as number) >= (bound as number),
    message: `Member must have value greater than or equal to ${bound}`,
  }),
  lessThanOrEqual: (bound) => ({
    holds: (value) => (value as number) <= (bound as number),
    message: `Member must have value less than or equal to ${bound}`,
  }),
  lengthGreaterThanOrEqual: (bound) => ({
    holds: (value) => lengthOf(value) >= (bound as number),
    message: `Member must have length greater than or equal to ${bound}`,
  }),
  lengthLessThanOrEqual: (bound) => ({
    holds: (value) => lengthOf(value) <= (bound as number),
    message: `Member must have length less than or equal to ${bound}`,
  }),
  regex: (bound) => {
    const pattern = new RegExp(`^${bound}$`);
    // Of an empty text only the length is wrong.
    return {
      holds: (value) => value === '' || pattern.test(value as string),
      message: `Member must satisfy regular expression pattern: ${bound}`,
    };
  },
  enum: (bound) => ({
    holds: (value) => (bound as Json[]).includes(value),
    message: `Member must satisfy enum value set: [${(bound as Json[]).join(', ')}]`,
  }),
};

function lengthOf(value: Json): number {
  return typeof value === 'string' || Array.isArray(value)
    ? value.length
    : Object.keys(value as object).length;
}

/** Constraints of a map's keys or values; all of them are named when one is broken. */
function compileEach(which: 'keys' | 'values', constraints: Shape, shape: Shape): Check {
  const each = Object.entries(constraints).flatMap(([name, bound]) => tests[name]?.(bound) ?? []);
  const list = each.map((test) => test.message).join(', ');
  const message = `Map ${which === 'keys' ? 'keys' : 'value'} must satisfy constraint: [${list}]`;
  return (value, place, report) => {
    if (value === undefined || value === null) return;
    for (const one of which === 'keys' ? Object.keys(value) : Object.values(value)) {
      if (constraints.orArn && isArn(one as string) && !arnProblem(one as string)) continue;
      if (one !== null && each.some((test) => !test.holds(one as Json))) {
        report(value, place, message, shape);
      }
    }
  };
}

function compileChildren(shape: Shape): Check | undefined {
  const { type, children } = shape;
  const [container] = type.split('<') as [string];
  if (!/List$|Map$/.test(container)) {
    const check = compileMembers(children as Shapes);
    return (value, place, report) => {
      if (value !== undefined && value !== null) check(value, place, report);
    };
  }
  const member = children as string | Shape;
  // An attribute value that is null has been read as one without a type, which is reported as that.
  if ((typeof member === 'string' ? member : member.type).startsWith('AttrStruct'))
    return undefined;
  const check = compileMember(member);
  const ofList = container.endsWith('List');
  const each: Check = (element, place, report) => {
    if (element === null) report(element, place, 'Member must not be null', shape);
    else check?.(element, place, report);
  };
  return (value, place, report) => {
    if (value === undefined || value === null) return;
    if (ofList) {
      for (const [index, element] of (value as Json[]).entries()) {
        each(element, `${place}.${index + 1}.member`, report);
      }
    } else {
      for (const key in value as object) {
        each((value as { [key: string]: Json })[key], `${place}.${key}.member`, report);
      }
    }
  };
}
