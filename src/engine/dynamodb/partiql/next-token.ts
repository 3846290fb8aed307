/** NextToken: where a SELECT goes on, bound to the statement that it belongs to. */
import { validationError } from '../request/errors.ts';
import { compileShapes } from '../request/shape.ts';
import { md5Prefix } from '../storage/md5.ts';
import type { Item } from '../values/attribute.ts';
import { utf8ToBinary } from '../values/bytes.ts';
import type { StatementInput } from './statements.ts';

/** A place between two pages. */
export interface Position {
  /** Which of the statement's queries was the last to be read. */
  read: number;
  /** The last entry that was read; undefined when the query begins with the next page. */
  key: Item | undefined;
}

/** The shape of the last entry's key, so that a forged token is read as carefully as a request. */
const readKey = compileShapes({
  key: { type: 'Map<AttributeValue>', children: 'AttrStruct<ValueStruct>' },
});

/** The token of a place in the answer to a statement. */
export function encodeToken(position: Position, input: StatementInput): string {
  const { read, key = null } = position;
  const text = JSON.stringify([read, key]);
  const content = utf8ToBinary(`${bindingOf(input)}${text}`);
  return btoa(md5Prefix(content) + content);
}

/** The place that a token stands for. Throws ValidationException for a token that is none, or another statement's. */
export function decodeToken(token: string, input: StatementInput): Position {
  const position = positionIn(token);
  if (position === undefined) throw validationError('Invalid NextToken');
  if (position.binding !== bindingOf(input))
    throw validationError('NextToken does not match request');
  return position;
}

/** Hexadecimal digits of a hash. */
const HASH = 6;

function positionIn(token: string): (Position & { binding: string }) | undefined {
  try {
    const bytes = atob(token);
    const content = bytes.slice(HASH);
    if (bytes.slice(0, HASH) !== md5Prefix(content)) return undefined;
    const text = new TextDecoder().decode(
      Uint8Array.from(content, (character) => character.charCodeAt(0)),
    );
    const [read, key] = JSON.parse(text.slice(HASH)) as [number, never];
    if (!Number.isSafeInteger(read) || read < 0) return undefined;
    const item = key === null ? undefined : (readKey({ key }).key as unknown as Item);
    return { binding: text.slice(0, HASH), read, key: item };
  } catch {
    return undefined;
  }
}

/** What a token is bound to: the statement and its parameters; not its Limit or consistency. */
function bindingOf({ Statement, Parameters = [] }: StatementInput): string {
  return md5Prefix(utf8ToBinary(Statement + JSON.stringify(Parameters)));
}
