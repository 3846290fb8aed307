/**
 * A workspace as a part of an address, and back: version 2 of the shape in `share-code.ts`.
 *
 * Its JSON is `[dataset, [[name, text, first], ...], [[name, text, first], ...]]`, DynamoDB's files
 * before PostgreSQL's; a text is null where it is the playground's own example, and `first` is 1 or 0.
 * Behind them stands the id of a lab where the workspace has what that lab switches on.
 * Links of version 1, which hold the code of one file a side, open as well.
 */
import * as z from 'zod/mini';
import type { Side } from '../../engine/lab/result.ts';
import { BROKEN, codeOf, pack, parse, ShareError, unpack } from '../lab/share-code.ts';
import {
  type Contents,
  ENDINGS,
  EXAMPLE,
  freeName,
  inOrder,
  type WorkspaceFile,
} from './workspace.ts';

const VERSION = 2;

const file = z.tuple([z.string(), z.nullable(z.string()), z.int()]);
const files = z.array(file).check(z.maxLength(50));
const shape = z.tuple([z.string(), files, files, z.optional(z.string())]);

/**
 * The text of a link that holds a workspace.
 * @throws {ShareError} when it is too long for one.
 */
export function encodeWorkspace({
  dataset,
  files,
  lab,
}: Omit<Contents, 'settings'> & { lab?: string | undefined }): string {
  const of = (side: Side) =>
    files[side].map(({ name, text, first }) => [name, text ?? null, first ? 1 : 0]);
  const whole = [dataset, of('dynamodb'), of('postgres'), ...(lab === undefined ? [] : [lab])];
  return pack(VERSION, JSON.stringify(whole));
}

/**
 * What the text of a link holds. It was written by anyone: names are made fit for files.
 * @throws {ShareError} when it is broken, too long, or of a newer version.
 */
export async function decodeWorkspace(text: string): Promise<Contents & { lab?: string }> {
  const { version, json } = await unpack(text, VERSION);
  if (version === 1) {
    const code = codeOf(json);
    const of = (side: Side): WorkspaceFile[] => {
      const texts = code[side]?.texts;
      const name = `query.${ENDINGS[side]}`;
      return [texts ? { name, text: texts.join('\n'), base: texts.join('\n') } : { name }];
    };
    return { ...EXAMPLE, files: { dynamodb: of('dynamodb'), postgres: of('postgres') } };
  }
  const read = shape.safeParse(parse(json));
  if (!read.success) throw new ShareError(BROKEN);
  const [dataset, dynamodb, postgres, lab] = read.data;
  return {
    dataset,
    ...(lab !== undefined && { lab }),
    files: { dynamodb: filesOf('dynamodb', dynamodb), postgres: filesOf('postgres', postgres) },
  };
}

function filesOf(side: Side, linked: ReadonlyArray<z.infer<typeof file>>): WorkspaceFile[] {
  const made: WorkspaceFile[] = [];
  for (const [wanted, text, first] of linked) {
    const name = freeName(
      wanted,
      side,
      made.map((each) => each.name),
    );
    made.push({
      name,
      ...(text !== null && { text, base: text }),
      ...(first === 1 && { first: true }),
    });
  }
  // A side without a file has nothing to write in.
  return made.length > 0 ? inOrder(made) : [{ name: `query.${ENDINGS[side]}`, text: '', base: '' }];
}
