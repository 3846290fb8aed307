/** Statements as trees, before anything is known of tables and parameters. */
import type { Token } from './lexer.ts';

/** An expression. `token` is the one by which errors point at it. */
export type Node =
  | { type: 'string' | 'boolean' | 'null' | 'missing'; text: string; token: Token }
  | { type: 'number'; text: string; token: Token }
  | { type: 'parameter'; index: number; token: Token }
  | { type: 'path'; head: Token; steps: Step[]; token: Token }
  | { type: 'list' | 'bag'; elements: Node[]; token: Token }
  | { type: 'struct'; fields: Array<{ key: Node; value: Node }>; token: Token }
  | { type: 'call'; name: string; args: Node[]; token: Token }
  | { type: 'unary'; operator: string; operand: Node; token: Token }
  | { type: 'binary'; operator: string; left: Node; right: Node; token: Token }
  | { type: 'between'; operand: Node; low: Node; high: Node; token: Token }
  | { type: 'is'; operand: Node; typeName: string; token: Token }
  | { type: 'steps'; base: Node; token: Token }
  | StatementNode;

/** One step of a document path after its head. */
export type Step =
  | { type: 'name'; name: string }
  | { type: 'index'; index: Node }
  | { type: 'all'; token: Token };

/** A statement; SELECT may also stand inside of `EXISTS(...)`. */
export type StatementNode =
  | SelectNode
  | {
      type: 'insert';
      target: Node;
      value: Node;
      returning: ReturningNode | undefined;
      token: Token;
    }
  | {
      type: 'update';
      target: Node;
      changes: ChangeNode[];
      where: Node | undefined;
      returning: ReturningNode | undefined;
      token: Token;
    }
  | {
      type: 'delete';
      target: Node;
      where: Node | undefined;
      returning: ReturningNode | undefined;
      token: Token;
    };

/** SELECT; `columns` is undefined for `*`. */
export interface SelectNode {
  type: 'select';
  columns: Node[] | undefined;
  source: Node;
  where: Node | undefined;
  orderBy: Array<{ key: Node; descending: boolean }>;
  token: Token;
}

/** One SET or REMOVE; a REMOVE has no value. */
export interface ChangeNode {
  path: Node;
  value: Node | undefined;
}

/** What RETURNING asks for. */
export type ReturningNode = 'ALL OLD' | 'MODIFIED OLD' | 'ALL NEW' | 'MODIFIED NEW';
