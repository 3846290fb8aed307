/** What both passes over a program share: its syntax tree, places in it, and errors with a place. */

/** A node of the tree, as acorn and its TypeScript plugin make it. */
export interface Node {
  type: string;
  start: number;
  end: number;
  [field: string]: unknown;
}

/** A program that cannot be run as it is written. */
export class ScriptSyntaxError extends Error {
  override readonly name = 'SyntaxError';
  /** 1-based place in the learner's file. */
  readonly line: number;
  readonly column: number;

  /** @param offset of the fault in `source`, in UTF-16 units. */
  constructor(message: string, source: string, offset: number) {
    super(message);
    ({ line: this.line, column: this.column } = placeOf(source, offset));
  }
}

/** 1-based line and column of an offset. */
export function placeOf(source: string, offset: number): { line: number; column: number } {
  const before = source.slice(0, offset).split(/\r\n|[\r\n\u2028\u2029]/);
  return { line: before.length, column: (before.at(-1) as string).length + 1 };
}

/** An error of the parser as ours: without the place in its text, with the word that it met. */
export function syntaxError(source: string, error: unknown): ScriptSyntaxError {
  const { pos, message } = error as { pos?: number; message: string };
  if (error instanceof RangeError || message.startsWith('Not enough stack space')) {
    return new ScriptSyntaxError('The program is nested too deeply to be read.', source, 0);
  }
  if (pos === undefined) throw error;
  const text = message.replace(/ \(\d+:\d+\)$/, '');
  const met = /^(?:[\w$]+|\S)/.exec(source.slice(pos))?.[0];
  const unexpected = met === undefined ? 'Unexpected end of the program' : `Unexpected '${met}'`;
  return new ScriptSyntaxError(text === 'Unexpected token' ? unexpected : text, source, pos);
}

/** The nodes directly below a node, in the order of its fields. */
export function* nodesIn(node: Node): Generator<Node> {
  for (const field of Object.values(node)) {
    for (const value of Array.isArray(field) ? field : [field]) {
      if (isNode(value)) yield value;
    }
  }
}

/** A node and all that are below it. */
export function* allNodes(node: Node): Generator<Node> {
  const waiting = [node];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    yield next;
    waiting.push(...nodesIn(next));
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

/** The first offset at or after `from` that is neither white space nor in a comment. */
export function skipBlanks(source: string, from: number): number {
  const blanks = /(?:\s|\/\/[^\r\n]*|\/\*[\s\S]*?\*\/)*/y;
  blanks.lastIndex = from;
  blanks.test(source);
  return blanks.lastIndex;
}
