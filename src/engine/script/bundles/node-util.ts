/** The part of Node's module `util` that node-postgres uses. */
export const isDate = (value: unknown): value is Date => value instanceof Date;

/** A notice that something will go: nobody here could act on it. */
export const deprecate = <T>(work: T): T => work;
