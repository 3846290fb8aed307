/** The parts of dynalite 4.0.0 that the request layer uses. They are CommonJS and without types. */

declare module 'dynalite/validations/*.js' {
  import type { Shapes } from './shape.ts';

  /** The members of an operation's input: their types and constraints, in the order in which DynamoDB checks them. */
  export const types: Shapes;
  /** The operation's own rules: the message of the one that is broken. It also parses the expressions. */
  export const custom: ((data: never, store: never) => string | undefined) | undefined;
}
