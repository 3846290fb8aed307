/** Reads a YAML file of the examples by its schema, and says what is wrong with it, and where. Node only. */
import {
  isCollection,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type * as z from 'zod';
import { didYouMean } from './lab/nearest.ts';

/** A mistake in a file that a contributor wrote: which file, which line, what is wrong and what is right. */
export class FileError extends Error {
  override readonly name: string = 'FileError';
  readonly file: string;
  readonly line: number | undefined;
  /** The message without the place. */
  readonly mistake: string;
  constructor(file: string, line: number | undefined, mistake: string) {
    super(`${file}${line === undefined ? '' : `:${line}`}: ${mistake}`);
    this.file = file;
    this.line = line;
    this.mistake = mistake;
  }
}

/** The line of a field, by its path. */
export type LineOf = (keys: ReadonlyArray<PropertyKey>) => number | undefined;

/**
 * Parses the text of a file by a schema. `fieldsAt` names the fields that an object may have, for the
 * nearest to a misspelt one; `path` is that of the object.
 * @throws {FileError} at the first mistake, and at a misspelt name before what is missing.
 */
export function parseYaml<T>(
  text: string,
  file: string,
  schema: z.ZodType<T>,
  fieldsAt: (path: readonly PropertyKey[]) => readonly string[],
): { value: T; lineOf: LineOf } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const broken = document.errors[0];
  if (broken) {
    throw new FileError(file, lines.linePos(broken.pos[0]).line, `not YAML: ${broken.message}`);
  }
  const lineOf: LineOf = (keys) => {
    for (let depth = keys.length; depth > 0; depth -= 1) {
      const parent: unknown = document.getIn(keys.slice(0, depth - 1), true);
      const node = isCollection(parent) ? nodeOf(parent, keys[depth - 1]) : undefined;
      if (node?.range) return lines.linePos(node.range[0]).line;
    }
    return 1;
  };
  const parsed = schema.safeParse(document.toJS());
  if (parsed.success) return { value: parsed.data, lineOf };
  const { issues } = parsed.error;
  // A misspelt field is also a missing one: the misspelling is the cause.
  const cause = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
  const { at, message } = explain(cause as z.core.$ZodIssue, file, fieldsAt);
  throw new FileError(file, lineOf(at), message);
}

/** Where a field begins: at its name, as its value may begin on a line below. */
function nodeOf(parent: YAMLMap | YAMLSeq, key: PropertyKey | undefined): Node | undefined {
  const node: unknown = isMap(parent)
    ? parent.items.find((pair) => isScalar(pair.key) && pair.key.value === key)?.key
    : parent.get(key, true);
  return isNode(node) ? node : undefined;
}

/** Says a schema's complaint in words, with the nearest allowed name for a misspelt one. */
function explain(
  issue: z.core.$ZodIssue,
  file: string,
  fieldsAt: (path: readonly PropertyKey[]) => readonly string[],
): { at: ReadonlyArray<PropertyKey>; message: string } {
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0] as string;
    const near = didYouMean(key, fieldsAt(issue.path));
    const where = issue.path.length === 0 ? '' : ` in ${issue.path.map(String).join('.')}`;
    return { at: [...issue.path, key], message: `'${key}' is no field${where}${near}` };
  }
  if (issue.code === 'invalid_union') {
    // The alternative that got furthest is the one that was meant.
    const closest = issue.errors
      .map((issues) => issues[0])
      .filter((inner) => inner !== undefined)
      .sort((a, b) => weight(a) - weight(b))[0];
    if (closest) {
      return explain({ ...closest, path: [...issue.path, ...closest.path] }, file, fieldsAt);
    }
  }
  const field =
    issue.path.length === 0 ? file.split(/[\\/]/).at(-1) : issue.path.map(String).join('.');
  return { at: issue.path, message: `${field}: ${issue.message}` };
}

/** How far an alternative of a union is from what was written. */
function weight(issue: z.core.$ZodIssue): number {
  if (issue.code === 'custom') return 0;
  if (issue.code === 'unrecognized_keys') return 1 + issue.keys.length;
  return issue.input === undefined ? 5 : 1;
}
