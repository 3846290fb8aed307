/** Formats a block of code where that is safe: of SQL nothing but white space may change. Loaded when asked for. */
import type { Program } from '../../engine/lab/dialects.ts';
import { LANGUAGES } from './highlight.ts';

/** The text in its new form, or why it stays as it is. */
export type Formatted = { text: string } | { refused: string };

/** The narrowest line of both sides, as the labs' own files have it. */
const WIDTH = 64;

/** Formats SQL, PartiQL or TypeScript; of a text that cannot be read, or would be changed, it says so. */
export async function formatCode(text: string, program: Program): Promise<Formatted> {
  if (program === 'cli') return { refused: 'Commands of a shell are not formatted.' };
  try {
    if (program === 'dynamodb') return { text: await formatTypeScript(text) };
    const formatted = await formatSql(text);
    if (isSameSql(text, formatted)) return { text: formatted };
    return { refused: 'Not formatted: the formatter would change more than white space.' };
  } catch (error) {
    const [first = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    return { refused: `Not formatted: the formatter cannot read this code. ${first}` };
  }
}

/**
 * SQL, piece by piece: lines that are not SQL's (psql's backslash commands, step markers) stand
 * between the pieces and stay.
 */
async function formatSql(text: string): Promise<string> {
  const { formatDialect, postgresql } = await import('sql-formatter');
  const format = (piece: string) =>
    piece.trim() === ''
      ? ''
      : formatDialect(piece, { dialect: postgresql, expressionWidth: WIDTH, tabWidth: 2 });
  const out: string[] = [];
  let piece: string[] = [];
  const end = () => {
    const formatted = format(piece.join('\n'));
    if (formatted !== '') out.push(formatted);
    piece = [];
  };
  for (const line of text.split('\n')) {
    if (!/^\s*\\|^-- step: /.test(line)) {
      piece.push(line);
      continue;
    }
    end();
    out.push(line);
  }
  end();
  return out.join('\n');
}

async function formatTypeScript(text: string): Promise<string> {
  const [{ format }, babel, estree] = await Promise.all([
    import('prettier/standalone'),
    import('prettier/plugins/babel'),
    import('prettier/plugins/estree'),
  ]);
  const formatted = await format(text, {
    parser: 'babel-ts',
    // Its types leave the default export out.
    plugins: [babel, estree as unknown as typeof babel],
    printWidth: WIDTH,
    singleQuote: true,
  });
  return formatted.trimEnd();
}

/** Whether two SQL texts are the same but for the white space between their tokens. */
function isSameSql(a: string, b: string): boolean {
  const bare = (text: string) => text.replace(/\s+/g, '');
  const [ours, theirs] = [tokens(a), tokens(b)];
  return (
    bare(a) === bare(b) &&
    ours.length === theirs.length &&
    ours.every((token, index) => token === theirs[index])
  );
}

/** The tokens as the editor's own grammar reads them; strings and comments with the white space in them. */
function tokens(text: string): string[] {
  const all: string[] = [];
  LANGUAGES.postgres.parser.parse(text).iterate({
    enter: ({ name, node, from, to }) => {
      if (!/String|Comment/.test(name) && node.firstChild) return true;
      all.push(text.slice(from, to));
      return false;
    },
  });
  return all;
}
