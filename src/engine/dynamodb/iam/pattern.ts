/** Texts of a policy: wildcards, and variables that stand for values of a request. */

/** The values of a request by the names of condition keys. What the request has no value for is not there. */
export type RequestValues = ReadonlyMap<string, readonly string[]>;

/** A part of a text: what is written, or a variable with what stands for it when the request has no value. */
type Part = string | { key: string; otherwise: string | undefined };

/** A text of a policy, taken apart. */
export interface Template {
  parts: readonly Part[];
}

const VARIABLE = /\$\{([^}]*)\}/g;

/** `${*}`, `${?}` and `${$}` write the characters that are otherwise special. */
const ESCAPES: Readonly<Record<string, string>> = { '*': '*', '?': '?', $: '$' };

/**
 * Takes a text apart. Policies of the version 2008-10-17 know no variables: there they are written text.
 * Source: IAM User Guide, "IAM policy elements: Variables and tags".
 */
export function template(text: string, variables: boolean): Template {
  if (!variables) return { parts: [text] };
  const parts: Part[] = [];
  let end = 0;
  for (const match of text.matchAll(VARIABLE)) {
    if (match.index > end) parts.push(text.slice(end, match.index));
    end = match.index + match[0].length;
    const inside = (match[1] as string).trim();
    if (ESCAPES[inside] !== undefined) {
      parts.push({ key: inside, otherwise: inside });
      continue;
    }
    const [, key = '', otherwise] = /^([^,]*?)(?:\s*,\s*'(.*)')?$/.exec(inside) ?? [];
    parts.push({ key, otherwise });
  }
  if (end < text.length) parts.push(text.slice(end));
  return { parts };
}

/** The variables' keys of a text. */
export function variablesOf({ parts }: Template): string[] {
  return parts.flatMap((part) =>
    typeof part === 'string' || ESCAPES[part.key] !== undefined ? [] : [part.key],
  );
}

/** The text with its variables replaced; undefined when the request has no value for one. */
export function filled({ parts }: Template, values: RequestValues): string | undefined {
  let text = '';
  for (const part of parts) {
    const value = typeof part === 'string' ? part : textFor(part, values);
    if (value === undefined) return undefined;
    text += value;
  }
  return text;
}

function textFor(
  { key, otherwise }: Exclude<Part, string>,
  values: RequestValues,
): string | undefined {
  const given = values.get(key);
  // Keys of many values stand for no single text.
  return given?.length === 1 ? given[0] : otherwise;
}

/**
 * Whether a text fits: `*` stands for any characters, `?` for any one. Those that come from a variable stand for
 * themselves. Undefined when the request has no value for a variable.
 */
export function fits(
  text: string,
  { parts }: Template,
  values: RequestValues,
  flags = '',
): boolean | undefined {
  let pattern = '';
  for (const part of parts) {
    if (typeof part === 'string') {
      pattern += escaped(part).replaceAll('\\*', '[^]*').replaceAll('\\?', '[^]');
      continue;
    }
    const value = textFor(part, values);
    if (value === undefined) return undefined;
    pattern += escaped(value);
  }
  return new RegExp(`^${pattern}$`, flags).test(text);
}

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
