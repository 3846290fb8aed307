/** Completion in commands of the AWS CLI: operations, options, tables, indexes, fixed values, attributes. */
import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { kebab } from '../../engine/lab/dialects.ts';
import { isPlain, type SdkShapes } from '../../engine/lab/sdk-shapes.ts';
import type { DynamoDBTables } from './editor-schema.ts';

/** The options by which the CLI reads pages. */
const PAGES = ['page-size', 'max-items', 'starting-token', 'no-paginate'];

/** What can stand at the cursor; null where this knows nothing. */
export function cliCompletions(
  context: CompletionContext,
  { shapes, tables }: { shapes: SdkShapes; tables: DynamoDBTables },
): CompletionResult | null {
  const command = commandAt(context);
  const word = context.matchBefore(/[\w:#.-]*/);
  const from = word?.from ?? context.pos;
  const before = command.slice(0, command.length - (context.pos - from));
  const result = (options: Completion[]) =>
    options.length > 0 ? { from, options, validFor: /^[\w:#.-]*$/ } : null;
  if (/^\s*\S*$/.test(before) && before.trim() === '') {
    return result([{ label: 'aws dynamodb', type: 'keyword' }]);
  }
  if (/^\s*aws\s+dynamodb\s+$/.test(before)) {
    const names = Object.keys(shapes.commands.client).map((name) => name.replace(/Command$/, ''));
    return result(names.map((name) => ({ label: kebab(name), type: 'function', detail: name })));
  }
  const operation = /^\s*aws\s+dynamodb\s+([\w-]+)/.exec(before)?.[1];
  const name = Object.keys(shapes.commands.client).find(
    (each) => kebab(each.replace(/Command$/, '')) === operation,
  );
  const [count, members] = shapes.structures[shapes.commands.client[name ?? ''] ?? ''] ?? [0, {}];
  const option = /\s--([\w-]+)[\s=]+(?:'[^']*|"[^"]*|\S*)$/.exec(before)?.[1];
  const parameter = Object.keys(members).find((each) => kebab(each) === option);
  const table = tables[/--table-name[\s=]+['"]?([\w.-]+)/.exec(command)?.[1] ?? ''];
  if (parameter === 'TableName') return result(plain(Object.keys(tables), 'class'));
  if (parameter === 'IndexName') return result(plain(Object.keys(table?.indexes ?? {}), 'class'));
  const values = parameter === undefined ? undefined : shapes.values[parameter];
  if (values) return result(plain(values, 'constant'));
  // Inside of quotes stands a value; an option stands behind a blank.
  const isInQuotes = (before.match(/'/g) ?? []).length % 2 === 1;
  if (isInQuotes) {
    const own = table ?? Object.values(tables)[0];
    return result(plain(own?.attributes ?? [], 'property'));
  }
  if (!/\s$/.test(before) || operation === undefined) return null;
  const taken = new Set([...before.matchAll(/\s--([\w-]+)/g)].map(([, each]) => each));
  const options = Object.entries(members).flatMap(([each, type], index): Completion[] => {
    const names = type === 'boolean' ? [kebab(each), `no-${kebab(each)}`] : [kebab(each)];
    const detail = index < count ? 'required' : isPlain(type) ? '' : 'JSON';
    return names
      .filter((label) => !taken.has(label))
      .map((label) => ({
        label: `--${label}`,
        type: 'property',
        detail,
        boost: index < count ? 50 - index : -index,
      }));
  });
  const pages = ['query', 'scan', 'list-tables'].includes(operation) ? PAGES : [];
  return result([
    ...options,
    ...plain(
      pages.map((each) => `--${each}`),
      'property',
    ),
  ]);
}

/** The text of the command up to the cursor, its continued lines together. */
function commandAt({ state, pos }: CompletionContext): string {
  let { number } = state.doc.lineAt(pos);
  while (number > 1 && /\\$|^[^#]*'[^']*$/.test(state.doc.line(number - 1).text)) number -= 1;
  return state.sliceDoc(state.doc.line(number).from, pos).replaceAll('\\\n', '  ');
}

const plain = (labels: readonly string[], type: string): Completion[] =>
  labels.map((label) => ({ label, type }));
