/** A command of the AWS CLI as the request that it sends, checked as the CLI checks it beforehand. */

import { kebab } from '../lab/dialects.ts';
import { didYouMean } from '../lab/nearest.ts';
import type { Json } from '../lab/result.ts';
import type { SdkShapes, ShapeType } from '../lab/sdk-shapes.ts';
import { isPlain } from '../lab/sdk-shapes.ts';
import { NOT_HERE } from './cli-names.ts';
import { PAGINATED, type Paging, pagingOf } from './cli-pages.ts';
import { readJson } from './json.ts';
import type { ShellCommand, Word } from './shell.ts';
import { readShorthand } from './shorthand.ts';
import { DialectError } from './source.ts';
import { toRequest } from './values.ts';

/** What a command asks for. */
export interface CliCommand {
  /** The API's name: `Query`. */
  operation: string;
  request: { [name: string]: Json };
  /** Of `--region`. */
  region?: string;
  /** How its pages are read; absent where it is one request. */
  paging?: Paging;
}

/** An option as it was written, and the words behind it. */
interface Option {
  /** Without its dashes. */
  name: string;
  word: Word;
  values: Word[];
}

/** Operations whose requests carry a token that the CLI makes up where the command has none. */
const WITH_TOKEN = new Set(['TransactWriteItems', 'ExecuteTransaction']);
/** Options of the CLI itself that mean something here. */
const OWN = ['cli-input-json', 'region', 'no-paginate'];

/**
 * Reads a command. Names of options follow from those of the API's parameters
 * (https://docs.aws.amazon.com/cli/latest/reference/dynamodb/).
 * @throws {DialectError} for what the CLI would refuse before it sends anything, and for what it can
 * do and a lab cannot.
 */
export function readCommand(
  { words, start }: ShellCommand,
  source: string,
  shapes: SdkShapes,
): CliCommand {
  const complain = (message: string, word?: Word) =>
    new DialectError('UsageError', message, source, word?.start ?? start);
  const { names, options } = arranged(words, complain);
  const [program, service, action, extra] = names;
  if (program?.text !== 'aws') {
    throw complain(`“${program?.text ?? ''}” does not run here: only “aws dynamodb” does.`);
  }
  if (service?.text !== 'dynamodb') {
    const what = service ? `the service “${service.text}” is not` : 'a command without service is';
    throw complain(`Only “aws dynamodb” runs here; ${what} here.`, service);
  }
  const operations = new Map(
    Object.keys(shapes.commands.client).map((name) => {
      const operation = name.replace(/Command$/, '');
      return [kebab(operation), operation];
    }),
  );
  const operation = operations.get(action?.text ?? '');
  if (action === undefined || operation === undefined) {
    if (!action) throw complain('Which operation? “aws dynamodb query”, for one.', service);
    const near = didYouMean(action.text, [...operations.keys()]) || '.';
    throw complain(`“aws dynamodb” has no operation '${action.text}'${near}`, action);
  }
  if (extra) throw complain(`“${extra.text}” belongs to no option.`, extra);
  const input = shapes.commands.client[`${operation}Command`] ?? '';
  const [count, members] = shapes.structures[input] ?? [0, {}];
  const request: CliCommand['request'] = {};
  const given = options.find(({ name }) => name === 'cli-input-json');
  if (given) {
    const json = readJson(one(given, complain), source);
    Object.assign(request, toRequest(json, input, '', { shapes, source, shorthand: false }));
  }
  const parameters = new Map(Object.keys(members).map((name) => [kebab(name), name]));
  const pages = PAGINATED[operation];
  const own = [...OWN, ...(pages ? pages.options : [])];
  for (const option of options) {
    const { name, word, values } = option;
    if (own.includes(name)) continue;
    const parameter = parameters.get(name);
    const negated = parameters.get(name.replace(/^no-/, ''));
    if (parameter === undefined && negated !== undefined && members[negated] === 'boolean') {
      none(option, complain);
      request[negated] = false;
    } else if (parameter === undefined) {
      throw complain(unknown(name, [...parameters.keys(), ...own], kebab(operation)), word);
    } else if (members[parameter] === 'boolean') {
      none(option, complain);
      request[parameter] = true;
    } else {
      const type = members[parameter] ?? '';
      if (!type.startsWith('[') && values[1]) {
        throw complain(`“${values[1].text}” belongs to no option.`, values[1]);
      }
      const found = type.startsWith('[') ? many(option, complain) : [one(option, complain)];
      request[parameter] = readValue(found, type, parameter, source, shapes);
    }
  }
  for (const name of Object.keys(members).slice(0, count)) {
    if (name in request) continue;
    throw complain(`“aws dynamodb ${kebab(operation)}” needs --${kebab(name)}.`, action);
  }
  if (WITH_TOKEN.has(operation)) request['ClientRequestToken'] ??= crypto.randomUUID();
  const region = options.find(({ name }) => name === 'region');
  const paging = pages && pagingOf(pages, request, options, complain);
  return {
    operation,
    request,
    ...(region && { region: one(region, complain).text }),
    ...(paging && { paging }),
  };
}

type Complain = (message: string, word?: Word) => DialectError;

/** The words that belong to no option, and the options with those behind them. */
function arranged(words: readonly Word[], complain: Complain) {
  const names: Word[] = [];
  const options: Option[] = [];
  for (const word of words) {
    const name = /^--([\w-]+)(?:=|$)/.exec(word.text)?.[1];
    if (name === undefined) {
      const last = options.at(-1);
      // Before the operation, an option of the CLI itself has one value.
      const isOwn = last && OWN.includes(last.name) && last.values.length > 0;
      if (last && !isOwn && !(names.length < 3 && last.name === 'no-paginate')) {
        last.values.push(word);
      } else names.push(word);
      continue;
    }
    const twin = options.find((option) => option.name === name);
    if (twin) throw complain(`--${name} is there already.`, word);
    const assigned = word.text.indexOf('=');
    options.push({ name, word, values: assigned === -1 ? [] : [behind(word, assigned + 1)] });
  }
  return { names, options };
}

/** A word without its first characters. */
function behind(word: Word, length: number): Word {
  const offsets = word.offsets.slice(length);
  return {
    text: word.text.slice(length),
    start: offsets[0] ?? word.end,
    end: word.end,
    offsets,
  };
}

/** The one value of an option. */
function one({ name, word, values }: Option, complain: Complain): Word {
  const [value, more] = values;
  if (!value) throw complain(`--${name} needs a value.`, word);
  if (more) throw complain(`“${more.text}” belongs to no option.`, more);
  if (/^fileb?:\/\//.test(value.text)) {
    throw complain('There are no files here: write the value itself.', value);
  }
  return value;
}

function many(option: Option, complain: Complain): Word[] {
  const { name, word, values } = option;
  if (values.length === 0) throw complain(`--${name} needs a value.`, word);
  return values.map((value) => one({ name, word, values: [value] }, complain));
}

function none({ name, values }: Option, complain: Complain): void {
  const [value] = values;
  if (!value) return;
  throw complain(`--${name} takes no value: leave “${value.text}” out.`, value);
}

/** A value of one parameter: JSON where it begins as JSON, shorthand otherwise. */
function readValue(
  words: readonly Word[],
  type: ShapeType,
  parameter: string,
  source: string,
  shapes: SdkShapes,
): Json {
  const [first] = words;
  const isList = type.startsWith('[');
  const begin = first?.text.trimStart()[0];
  const item = isList ? type.slice(1) : type;
  const json = { shapes, source, shorthand: false };
  if (isList && words.length === 1 && first && begin === '[') {
    return toRequest(readJson(first, source), type, parameter, json);
  }
  const isJson = begin === '{' || begin === '[';
  const found = words.map((word, n) => {
    const path = isList ? `${parameter}[${n}]` : parameter;
    if (isPlain(item)) {
      const value = { kind: 'scalar', at: word.start, value: word.text } as const;
      return toRequest(value, item, path, { shapes, source, shorthand: true });
    }
    if (isJson) return toRequest(readJson(word, source), item, path, json);
    return toRequest(readShorthand(word, source), item, path, { shapes, source, shorthand: true });
  });
  return isList ? found : (found[0] as Json);
}

function unknown(name: string, known: readonly string[], operation: string): string {
  const why = NOT_HERE[name];
  if (why !== undefined) return `--${name} does not work here: ${why}.`;
  const dashed = known.map((each) => `--${each}`);
  const near = didYouMean(`--${name}`, dashed) || '.';
  return `“aws dynamodb ${operation}” has no option --${name}${near}`;
}
