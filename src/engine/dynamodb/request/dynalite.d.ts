/** The parts of dynalite 4.0.0 that the request layer uses. They are CommonJS and without types. */

declare module 'dynalite/validations/index.js' {
  /** Constraints first, all of them reported together, then the operation's own rules. */
  export function checkValidations(
    data: object,
    types: object,
    custom: ((data: never, store: never) => string | undefined) | undefined,
    store: { options: { maxItemSize: number } },
  ): void;
  export function validateExpressionParams(
    data: object,
    expressions: string[],
    nonExpressions: string[],
  ): string | undefined;
  export function validateExpressions(data: object): string | undefined;
  export function validateAttributeValue(value: object): string | undefined;
}

declare module 'dynalite/validations/*.js' {
  import type { Shapes } from './shape.ts';
  export const types: Shapes;
  export const custom: ((data: never, store: never) => string | undefined) | undefined;
}
