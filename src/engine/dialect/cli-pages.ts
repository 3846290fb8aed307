/**
 * How the AWS CLI reads pages: it goes on by itself until nothing is left or --max-items are there.
 * Sources: https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-pagination.html, the list of
 * paginated operations in botocore/data/dynamodb/2012-08-10/paginators-1.json, and botocore/paginate.py.
 */
import type { Json } from '../lab/result.ts';
import type { Word } from './shell.ts';

type Request = { [name: string]: Json };

/** An operation that comes in pages: where an answer says how to go on, and where a request says it. */
interface Paginated {
  input: string;
  output: string;
  limit?: string;
  result: string;
  /** The options that the CLI adds. */
  options: readonly string[];
}

/** What a command says of its pages. */
export interface Paging extends Paginated {
  /** Of --max-items. */
  most?: number;
  /** Of --starting-token: how to go on, and how many items of the first page were printed before. */
  from?: { token: Json | undefined; printed: number };
}

const OPTIONS = ['starting-token', 'max-items', 'page-size'];
const items = {
  input: 'ExclusiveStartKey',
  output: 'LastEvaluatedKey',
  limit: 'Limit',
  result: 'Items',
  options: OPTIONS,
};

/** The paginated operations that are common; the CLI has two more, for backups and tags. */
export const PAGINATED: Record<string, Paginated> = {
  Query: items,
  Scan: items,
  ListTables: {
    input: 'ExclusiveStartTableName',
    output: 'LastEvaluatedTableName',
    limit: 'Limit',
    result: 'TableNames',
    options: OPTIONS,
  },
};

/**
 * How the pages of a command are read; puts --page-size and --starting-token into its request.
 * Undefined where it is one request: with --no-paginate, and where the command itself says where to
 * begin or how many items to read.
 */
export function pagingOf(
  pages: Paginated,
  request: Request,
  options: ReadonlyArray<{ name: string; word: Word; values: readonly Word[] }>,
  complain: (message: string, word?: Word) => Error,
): Paging | undefined {
  const of = (name: string) => options.find((option) => option.name === name);
  const own = OPTIONS.flatMap((name) => of(name) ?? []);
  const isManual = pages.input in request || (pages.limit ?? '') in request;
  if (of('no-paginate') || isManual) {
    const [first] = own;
    if (!first) return undefined;
    const why = isManual ? '--limit or --exclusive-start-key' : '--no-paginate';
    throw complain(`--${first.name} and ${why} do not go together.`, first.word);
  }
  const value = (name: string): Word | undefined => {
    const option = of(name);
    const [found, more] = option?.values ?? [];
    if (option && !found) throw complain(`--${name} needs a value.`, option.word);
    if (more) throw complain(`\`${more.text}\` belongs to no option.`, more);
    return found;
  };
  const number = (name: string) => {
    const word = value(name);
    if (word && !/^\d+$/.test(word.text)) throw complain(`--${name} needs a number.`, word);
    return word && Number(word.text);
  };
  const size = number('page-size');
  if (size !== undefined && pages.limit !== undefined) request[pages.limit] = size;
  const most = number('max-items');
  const token = value('starting-token');
  const from = token && startOf(token.text, pages.input);
  if (token && !from) throw complain('This is no NextToken of the AWS CLI.', token);
  if (from?.token !== undefined) request[pages.input] = from.token;
  return { ...pages, ...(most !== undefined && { most }), ...(from && { from }) };
}

/**
 * The token that the CLI prints where --max-items has cut the output: Base64 of where the page that
 * was cut began, and how many of its items were printed.
 */
export function nextToken(input: string, token: Json | undefined, printed: number): string {
  const whole = { [input]: token ?? null, ...(printed > 0 && { boto_truncate_amount: printed }) };
  return btoa(
    JSON.stringify(whole).replace(
      /[\u0080-\uffff]/g,
      (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
  );
}

function startOf(text: string, input: string): Paging['from'] {
  try {
    const found = JSON.parse(atob(text)) as Request;
    const { [input]: token, boto_truncate_amount: printed = 0 } = found;
    if (token === undefined || typeof printed !== 'number') return undefined;
    return { token: token ?? undefined, printed };
  } catch {
    return undefined;
  }
}
