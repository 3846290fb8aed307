/** Conditions as trees. */
import type { AttributeValue, Path } from '../values/attribute.ts';

/** A function call; of all functions only `size` may stand inside a comparison. */
export interface FunctionCall {
  type: 'function';
  name: string;
  args: Operand[];
}

/** A condition as a value, which only PartiQL can compare: `contains(a, 'b') = false`. */
export interface Truth {
  type: 'truth';
  condition: Condition;
}

/** What a comparison compares. */
export type Operand = Path | AttributeValue | FunctionCall | Truth;

/** A condition as a tree. */
export type Condition =
  | { type: 'and'; args: [Condition, Condition] }
  | { type: 'or'; args: [Condition, Condition] }
  | { type: 'not'; args: [Condition] }
  | { type: '=' | '<>' | '<' | '<=' | '>' | '>=' | 'between' | 'in'; args: Operand[] }
  | FunctionCall;

/** A parsed condition and what it names. */
export interface ParsedCondition {
  expression: Condition;
  nestedPaths: Record<string, boolean>;
  pathHeads: Record<string, boolean>;
}

/** Whether an operand is a function call. */
export function isCall(operand: Operand): operand is FunctionCall {
  return !Array.isArray(operand) && 'type' in operand && operand.type === 'function';
}

/** Whether an operand is a condition's truth. */
export function isTruth(operand: Operand): operand is Truth {
  return !Array.isArray(operand) && 'type' in operand && operand.type === 'truth';
}
