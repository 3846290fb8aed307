/** Tokens of PartiQL statements. */
import { malformed } from './errors.ts';

/**
 * The kinds of tokens. `keyword` is a word that cannot be a name without double quotes, `operator` is written as a
 * word (`AND`) or as symbols (`<=`), `clause` is a word that may only continue a clause (`AS`, `DESC`).
 */
export type TokenKind =
  | 'name'
  | 'quoted'
  | 'keyword'
  | 'operator'
  | 'clause'
  | 'string'
  | 'number'
  | 'boolean'
  | 'null'
  | 'missing'
  | 'parameter'
  | 'symbol'
  | 'end';

/** A token and where it stands. Words other than names are in lower case, texts are without quotes. */
export interface Token {
  kind: TokenKind;
  text: string;
  start: number;
  end: number;
}

const keywords =
  words(`absolute action add all allocate alter any are assertion authorization avg begin bit
  bit_length cascade cascaded case cast catalog char character character_length char_length check close coalesce
  collate collation column commit connect connection constraint constraints continue convert corresponding count
  create cross current current_date current_time current_timestamp current_user cursor date date_add date_diff
  deallocate dec decimal declare default deferrable deferred delete describe descriptor diagnostics disconnect
  distinct domain double drop else end escape exception exec execute exists external extract fetch first float
  foreign found from full get global go goto grant group having identity immediate indicator initially inner input
  insensitive insert int integer int2 int4 int8 interval into isolation join key language last left level local lower
  match max min module names national natural nchar next no nullif numeric octet_length of on only open option order
  outer output overlaps pad partial position precision prepare preserve primary prior privileges procedure public
  read real references relative restrict revoke right rollback rows schema scroll section select session
  session_user set size smallint some space sql sqlcode sqlerror sqlstate substring sum system_user table temporary
  then time timestamp to transaction translate translation trim unique unknown update upper usage user using value
  values varchar varying view when whenever where with work write zone pivot unpivot limit tuple remove index
  conflict do nothing returning modified new old let bool boolean string symbol clob blob struct list sexp bag`);
const operators = words('and or not is in like between union except intersect');
const clauses = words('as at by asc desc for leading trailing both');

const lexeme =
  /([A-Za-z_$][\w$]*)|'((?:[^']|'')*)'|"((?:[^"]|"")*)"|((?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)(?![\w$])|(\?)|(<<|>>|[(){}[\],.:;])|(<=|>=|<>|!=|\|\||[=<>+\-/%*@])/y;
const space = /\s*/y;
const lineComment = /--[^\r\n]*/y;

/**
 * Cuts a statement into tokens, the last of which is `end`. A text in which something else stands is refused with
 * nothing said after the colon, as DynamoDB does.
 */
export function tokenize(statement: string): Token[] {
  const tokens: Token[] = [];
  let at = afterSpace(statement, 0);
  while (at < statement.length) {
    lexeme.lastIndex = at;
    const match = lexeme.exec(statement);
    if (match === null) throw malformed('');
    tokens.push(tokenOf(match, lexeme.lastIndex));
    at = afterSpace(statement, lexeme.lastIndex);
  }
  tokens.push({ kind: 'end', text: '', start: statement.length, end: statement.length });
  return tokens;
}

/** Where white space and comments end. */
function afterSpace(statement: string, start: number): number {
  let at = start;
  for (;;) {
    space.lastIndex = at;
    space.test(statement);
    at = space.lastIndex;
    lineComment.lastIndex = at;
    if (lineComment.test(statement)) at = lineComment.lastIndex;
    else if (statement.startsWith('/*', at)) {
      const end = statement.indexOf('*/', at + 2);
      if (end < 0) throw malformed('');
      at = end + 2;
    } else return at;
  }
}

function tokenOf(match: RegExpExecArray, end: number): Token {
  const [, word, string, quoted, number, parameter, symbol, operator] = match;
  const token = (kind: TokenKind, text: string, length = text.length): Token => ({
    kind,
    text,
    start: end - length,
    end,
  });
  if (word !== undefined) return wordToken(word, token);
  if (string !== undefined) return token('string', string.replaceAll("''", "'"), string.length + 2);
  if (quoted !== undefined) return token('quoted', quoted.replaceAll('""', '"'), quoted.length + 2);
  if (number !== undefined) {
    requireRange(number);
    return token('number', number);
  }
  if (parameter !== undefined) return token('parameter', parameter);
  if (symbol !== undefined) return token('symbol', symbol);
  return token('operator', operator === '!=' ? '<>' : (operator as string), operator?.length);
}

function wordToken(word: string, token: (kind: TokenKind, text: string) => Token): Token {
  const lower = word.toLowerCase();
  if (operators.has(lower)) return token('operator', lower);
  if (clauses.has(lower)) return token('clause', lower);
  if (lower === 'null' || lower === 'missing') return token(lower, lower);
  if (lower === 'true' || lower === 'false') return token('boolean', lower);
  return keywords.has(lower) ? token('keyword', lower) : token('name', word);
}

/** DynamoDB's parser holds exponent and scale in 32 bits. */
function requireRange(number: string): void {
  const [mantissa = '', exponent = '0'] = number.split(/e/i);
  const fraction = mantissa.split('.')[1]?.length ?? 0;
  const fits = (value: number) => value >= -(2 ** 31) && value < 2 ** 31;
  if (!fits(Number(exponent)) || !fits(fraction - Number(exponent))) throw malformed('');
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(/\s+/));
}
