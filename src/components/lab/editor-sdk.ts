/** Completion in a program that uses the SDK: commands, their parameters, tables, indexes, attributes. */
import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { syntaxTree } from '@codemirror/language';
import type { EditorState } from '@codemirror/state';
import type { SyntaxNode } from '@lezer/common';
import { isPlain, type SdkShapes, type ShapeType } from '../../engine/lab/sdk-shapes.ts';
import type { DynamoDBTables } from './editor-schema.ts';

/** What a program's editor knows. */
export interface SdkKnowledge {
  shapes: SdkShapes;
  tables: DynamoDBTables;
  /** The whole program: other blocks hold the imports. */
  source: string;
}

const PACKAGES = { client: '@aws-sdk/client-dynamodb', document: '@aws-sdk/lib-dynamodb' } as const;
type Package = keyof typeof PACKAGES;

/** Functions of condition and filter expressions; `size` is one of both sides of a comparison. */
const FUNCTIONS = [
  'attribute_exists',
  'attribute_not_exists',
  'attribute_type',
  'begins_with',
  'contains',
  'size',
];
/** An object with a TableName that stands outside of a command is taken for the parameters of one of these. */
const USUAL = ['UpdateItemInput', 'PutItemInput', 'GetItemInput', 'DeleteItemInput', 'QueryInput'];

/** What can stand at the cursor; null where this knows nothing. */
export function sdkCompletions(
  context: CompletionContext,
  knowledge: SdkKnowledge,
): CompletionResult | null {
  const { state, pos } = context;
  const node = syntaxTree(state).resolveInner(pos, -1);
  if (/Comment$/.test(node.name)) return null;
  if (node.name === 'String') return inString(state, node, pos, knowledge);
  const word = context.matchBefore(/[\w$]*/);
  const from = word?.from ?? pos;
  const imported = climb(node, 'ImportGroup');
  if (imported) return { from, options: importable(state, imported, knowledge), validFor: /^\w*$/ };
  // Behind `new`, with a word begun or without one.
  if (/\bnew\s+$/.test(state.sliceDoc(Math.max(0, from - 20), from))) {
    return { from, options: commands(knowledge), validFor: /^\w*$/ };
  }
  const object = objectAtKey(node);
  if (!object) return null;
  const options = parameters(state, object, knowledge);
  return options.length > 0 ? { from, options, validFor: /^\w*$/ } : null;
}

// ---------------------------------------------------------------- commands

function commands({ shapes, source }: SdkKnowledge): Completion[] {
  return (['document', 'client'] as const).flatMap((from) =>
    Object.keys(shapes.commands[from]).flatMap((name): Completion | [] => {
      const own = packageOf(name, shapes, source);
      if (own !== from) return [];
      const isImported = importOf(name, source) !== undefined;
      return {
        label: name,
        type: 'class',
        detail: isImported ? '' : 'not imported',
        info: `${required(shapes, shapes.commands[from][name] ?? '')} From ${PACKAGES[from]}.`,
        boost: isImported ? 2 : from === 'document' ? 1 : 0,
        apply: (view, _, start, end) => {
          const { text } = view.state.doc.lineAt(start);
          const indent = /^\s*/.exec(text)?.[0] ?? '';
          const insert = `${name}(${skeleton(shapes, from, name).replaceAll('\n', `\n${indent}`)})`;
          // Into the first value that is to be written.
          const anchor = start + insert.search(/''|\[\]|\{\}/) + 1;
          view.dispatch({
            changes: { from: start, to: end, insert },
            selection: { anchor },
            userEvent: 'input.complete',
          });
        },
      };
    }),
  );
}

/** An object with the parameters that a command requires. */
function skeleton({ commands: all, structures }: SdkShapes, from: Package, name: string): string {
  const [count, parameters] = structures[all[from][name] ?? ''] ?? [0, {}];
  const lines = Object.entries(parameters)
    .slice(0, count)
    .map(([parameter, type]) => `  ${parameter}: ${emptyOf(type)},`);
  return lines.length > 0 ? `{\n${lines.join('\n')}\n}` : '{}';
}

const emptyOf = (type: ShapeType) =>
  isPlain(type) ? "''" : type.startsWith('[') ? '[]' : type.startsWith('{') ? '{}' : '{}';

function required({ structures }: SdkShapes, name: string): string {
  const [count, parameters] = structures[name] ?? [0, {}];
  const names = Object.keys(parameters).slice(0, count);
  return names.length > 0 ? `Requires ${names.join(', ')}.` : 'Requires no parameter.';
}

function importable(state: EditorState, group: SyntaxNode, { shapes }: SdkKnowledge): Completion[] {
  const line = state.sliceDoc(group.to, group.parent?.to ?? group.to);
  const from = (['client', 'document'] as const).find((each) => line.includes(PACKAGES[each]));
  const rest = from === 'client' ? ['DynamoDBClient'] : ['DynamoDBDocumentClient'];
  const names = from ? [...rest, ...Object.keys(shapes.commands[from])] : [];
  return names.map((label) => ({ label, type: 'class' }));
}

/** The package that the program imports a name from. */
function importOf(name: string, source: string): Package | undefined {
  for (const [, names = '', module] of source.matchAll(
    /import\s*\{([^}]*)\}\s*from\s*['"]([^'"]+)/g,
  )) {
    if (!names.split(/[\s,]+/).includes(name)) continue;
    return (['client', 'document'] as const).find((each) => PACKAGES[each] === module);
  }
  return undefined;
}

/** QueryCommand and others are in both: the one that is imported counts, or else the document client's. */
function packageOf(name: string, { commands }: SdkShapes, source: string): Package | undefined {
  if (!(name in commands.document)) return name in commands.client ? 'client' : undefined;
  return importOf(name, source) ?? 'document';
}

// -------------------------------------------------------------- parameters

/** What an object stands for: a structure, a map to something, or nothing that is known. */
interface Role {
  type: ShapeType;
  from: Package;
  /** The parameter whose value it is; undefined of the command's own object. */
  parameter: string | undefined;
}

function parameters(state: EditorState, object: SyntaxNode, knowledge: SdkKnowledge): Completion[] {
  const taken = new Set(keysOf(state, object));
  const role = roleOf(state, object, knowledge);
  if (!role) return [];
  const { type, from, parameter } = role;
  if (type === '{AttributeValue') {
    const table = tableAround(state, object, knowledge);
    const names = parameter?.includes('Key') ? table.keys : table.attributes;
    return names.filter((name) => !taken.has(name)).map((label) => keyed(label, '', 'property'));
  }
  if (type === 'AttributeValue' && from === 'document') return [];
  // BatchGet and BatchWrite: a map from the table's name.
  if (parameter === 'RequestItems') {
    const names = Object.keys(knowledge.tables).filter((name) => !taken.has(name));
    return names.map((label) => keyed(label, type.slice(1), 'class'));
  }
  const [count, all] = knowledge.shapes.structures[type] ?? [0, {}];
  return Object.entries(all).flatMap(([name, own], index) =>
    taken.has(name)
      ? []
      : {
          ...keyed(name, own, 'property'),
          detail: index < count ? 'required' : '',
          boost: index < count ? 50 - index : -index,
        },
  );
}

/** A name that is written as a key: with its colon and an empty value. */
function keyed(label: string, type: ShapeType, kind: string): Completion {
  const key = /^[A-Za-z_$][\w$]*$/.test(label) ? label : `'${label}'`;
  const value = type.startsWith('[') ? '[]' : isPlain(type) ? '' : '{}';
  return {
    label,
    type: kind,
    apply: (view, _, from, to) => {
      const insert = `${key}: ${value}`;
      const anchor = from + insert.length - (value === '' ? 0 : 1);
      view.dispatch({
        changes: { from, to, insert },
        selection: { anchor },
        userEvent: 'input.complete',
      });
    },
  };
}

/** What an object stands for, by the way to it from its command. */
function roleOf(
  state: EditorState,
  object: SyntaxNode,
  { shapes, source }: SdkKnowledge,
): Role | undefined {
  const path: string[] = [];
  let node: SyntaxNode = object;
  for (let up = node.parent; up; up = node.parent) {
    if (up.name === 'Property') path.unshift(keyOf(state, up));
    else if (up.name === 'ArrayExpression') path.unshift('[');
    else if (up.name === 'ArgList') {
      const callee = up.parent?.name === 'NewExpression' && up.parent.getChild('VariableName');
      if (!callee) return undefined;
      const name = state.sliceDoc(callee.from, callee.to);
      const from = packageOf(name, shapes, source);
      const input = from && shapes.commands[from][name];
      return from && input !== undefined ? follow(shapes, input, path, from) : undefined;
    } else if (up.name !== 'ObjectExpression') break;
    node = up;
  }
  if (node.name !== 'ObjectExpression') return undefined;
  const own = keysOf(state, node);
  if (!own.includes('TableName')) return undefined;
  // The first one that knows all keys that stand there already.
  const fitting = USUAL.find((name) =>
    own.every((key) => key in (shapes.structures[name]?.[1] ?? {})),
  );
  return fitting === undefined ? undefined : follow(shapes, fitting, path, 'document');
}

function follow(
  { structures }: SdkShapes,
  start: ShapeType,
  path: readonly string[],
  from: Package,
): Role | undefined {
  let type = start;
  let parameter: string | undefined;
  for (const step of path) {
    if (step === '[') {
      if (!type.startsWith('[')) return undefined;
      type = type.slice(1);
    } else if (type.startsWith('{')) {
      type = type.slice(1);
      parameter = undefined;
    } else {
      parameter = step;
      type = structures[type]?.[1][step] ?? '';
    }
    if (isPlain(type)) return undefined;
  }
  return { type, from, parameter };
}

// ------------------------------------------------------------ text in quotes

function inString(
  state: EditorState,
  node: SyntaxNode,
  pos: number,
  knowledge: SdkKnowledge,
): CompletionResult | null {
  const property = node.parent?.name === 'Property' ? node.parent : undefined;
  const object = property?.parent;
  if (!property || !object) return null;
  const name = keyOf(state, property);
  const { shapes, tables } = knowledge;
  const whole = (labels: readonly string[], type: string, detail?: (label: string) => string) => ({
    from: node.from + 1,
    options: labels.map((label) => ({ label, type, ...(detail && { detail: detail(label) }) })),
    validFor: /^[\w.-]*$/,
  });
  if (name === 'TableName')
    return whole(Object.keys(tables), 'class', (each) => (tables[each]?.keys ?? []).join(', '));
  const table = tableAround(state, object, knowledge);
  if (name === 'IndexName') {
    return whole(Object.keys(table.indexes), 'class', (each) =>
      (table.indexes[each] ?? []).join(', '),
    );
  }
  if (name === 'AttributeName') return whole(table.attributes, 'property');
  const values = shapes.values[name];
  if (values) return whole(values, 'constant');
  // Each value of ExpressionAttributeNames is an attribute.
  const outer = object.parent?.name === 'Property' ? keyOf(state, object.parent) : '';
  if (outer === 'ExpressionAttributeNames') return whole(table.attributes, 'property');
  if (!name.endsWith('Expression')) return null;
  const before = /[#:\w]*$/.exec(state.sliceDoc(node.from + 1, pos))?.[0] ?? '';
  return {
    from: pos - before.length,
    options: [
      ...table.attributes.map((label) => ({ label, type: 'property' })),
      ...placeholders(state, object).map((label) => ({ label, type: 'variable' })),
      ...(/^(Condition|Filter)/.test(name) ? FUNCTIONS : []).map((label) => ({
        label,
        type: 'function',
        apply: `${label}(`,
      })),
    ],
    validFor: /^[#:\w]*$/,
  };
}

/** The `#names` and `:values` that an object declares. */
function placeholders(state: EditorState, object: SyntaxNode): string[] {
  return object.getChildren('Property').flatMap((property) => {
    const value = property.getChild('ObjectExpression');
    const isOne = /^ExpressionAttribute(Names|Values)$/.test(keyOf(state, property));
    return value && isOne ? keysOf(state, value) : [];
  });
}

// -------------------------------------------------------------------- places

/** The table that an object is about: that of the nearest TableName; all of them together without one. */
function tableAround(state: EditorState, object: SyntaxNode, { tables }: SdkKnowledge) {
  for (let at: SyntaxNode | null = object; at; at = at.parent) {
    if (at.name === 'Property') {
      const named = tables[keyOf(state, at)];
      if (named) return named;
    }
    if (at.name !== 'ObjectExpression') continue;
    const property = at
      .getChildren('Property')
      .find((each) => keyOf(state, each) === 'TableName')
      ?.getChild('String');
    const table = property && tables[state.sliceDoc(property.from + 1, property.to - 1)];
    if (table) return table;
  }
  const all = Object.values(tables);
  return {
    keys: [...new Set(all.flatMap(({ keys }) => keys))],
    indexes: Object.assign({}, ...all.map(({ indexes }) => indexes)) as Record<string, string[]>,
    attributes: [...new Set(all.flatMap(({ attributes }) => attributes))],
  };
}

/** The object at one of whose keys a node stands. */
function objectAtKey(node: SyntaxNode): SyntaxNode | undefined {
  if (node.name === 'ObjectExpression') return node;
  // A word that is begun, a brace or a comma.
  const inside = node.name === 'PropertyDefinition' ? node.parent?.parent : node.parent;
  const isKey = node.name === 'PropertyDefinition' || node.name === '{' || node.name === ',';
  return isKey && inside?.name === 'ObjectExpression' ? inside : undefined;
}

/** The keys that have a value: a word without one is being written. */
function keysOf(state: EditorState, object: SyntaxNode): string[] {
  const whole = object.getChildren('Property').filter((property) => property.getChild(':'));
  return whole.map((property) => keyOf(state, property));
}

function keyOf(state: EditorState, property: SyntaxNode): string {
  const key = property.firstChild;
  if (!key) return '';
  const text = state.sliceDoc(key.from, key.to);
  return key.name === 'String' ? text.slice(1, -1) : text;
}

function climb(node: SyntaxNode, name: string): SyntaxNode | undefined {
  for (let at: SyntaxNode | null = node; at; at = at.parent) if (at.name === name) return at;
  return undefined;
}
