/** Finds what a source file imports: .ts, .tsx, .js, .astro and .mdx, each by its own parser. */
import { parse as parseAstro } from '@astrojs/compiler-rs';
import { parseSync } from 'oxc-parser';
import { mdxToMdast } from 'satteri';

/** One import, export-from, type import, dynamic import, glob or `new URL` of a module. */
export interface FoundImport {
  specifier: string;
  /** 1-based line of the file. */
  line: number;
}

/** A file that its parser does not understand, and that therefore cannot be checked. */
export class UnreadableFileError extends Error {
  override name = 'UnreadableFileError';
  /** 1-based. */
  line: number;
  constructor(line: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.line = line;
  }
}

/** The extensions that `readImports` understands. */
export const READABLE = /\.(?:[cm]?[jt]s|[jt]sx|astro|mdx)$/;

type Node = { type: string; start: number; [key: string]: unknown };

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}

/** The text of a string, or the beginning of a template up to its first value. */
function textOf(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node.type === 'TemplateLiteral' && Array.isArray(node.quasis)) {
    const first = node.quasis[0] as { value?: { cooked?: string } } | undefined;
    return first?.value?.cooked || undefined;
  }
  return undefined;
}

function isIdentifier(node: unknown, name: string): boolean {
  return isNode(node) && node.type === 'Identifier' && node.name === name;
}

/** Whether a node is `import.meta.<property>`. */
function isImportMeta(node: unknown, properties: readonly string[]): boolean {
  if (!isNode(node) || node.type !== 'MemberExpression') return false;
  const { object, property } = node;
  return (
    isNode(object) &&
    object.type === 'MetaProperty' &&
    properties.some((name) => isIdentifier(property, name))
  );
}

/** The strings of a call that name modules: `require`, `import.meta.glob`, `import.meta.resolve`. */
function modulesOfCall(node: Node): Array<string | undefined> {
  const args = Array.isArray(node.arguments) ? node.arguments : [];
  const [first] = args;
  if (isIdentifier(node.callee, 'require') || isImportMeta(node.callee, ['resolve'])) {
    return [textOf(first)];
  }
  if (isImportMeta(node.callee, ['glob'])) {
    const patterns = isNode(first) && Array.isArray(first.elements) ? first.elements : [first];
    return patterns.map(textOf).filter((pattern) => !pattern?.startsWith('!'));
  }
  return [];
}

/** The modules that one node of a syntax tree names. */
function modulesOf(node: Node): Array<string | undefined> {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
    case 'ImportExpression':
      return [textOf(node.source)];
    case 'TSImportType':
      return [textOf(node.source) ?? textOf(node.argument)];
    case 'TSExternalModuleReference':
      return [textOf(node.expression)];
    case 'CallExpression':
      return modulesOfCall(node);
    case 'NewExpression': {
      const [address, base] = Array.isArray(node.arguments) ? node.arguments : [];
      const isModule = isIdentifier(node.callee, 'URL') && isImportMeta(base, ['url']);
      return isModule ? [textOf(address)] : [];
    }
    case 'JSXOpeningElement': {
      const isScript = isNode(node.name) && node.name.name === 'script';
      if (!isScript || !Array.isArray(node.attributes)) return [];
      const src = node.attributes.find((attribute) => attribute.name?.name === 'src');
      const address = textOf(src?.value);
      return address && /^(?:\.|@\/)/.test(address) ? [address] : [];
    }
    default:
      return [];
  }
}

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) {
    line += 1;
  }
  return line;
}

/** Collects the imports of a whole syntax tree. `firstLine` is the line on which `text` begins. */
function walk(tree: unknown, text: string, firstLine: number, found: FoundImport[]): void {
  if (Array.isArray(tree)) {
    for (const child of tree) walk(child, text, firstLine, found);
    return;
  }
  if (typeof tree !== 'object' || tree === null) return;
  if (isNode(tree)) {
    for (const specifier of modulesOf(tree)) {
      if (specifier) found.push({ specifier, line: firstLine + lineAt(text, tree.start) - 1 });
    }
  }
  for (const child of Object.values(tree)) {
    if (typeof child === 'object') walk(child, text, firstLine, found);
  }
}

function readScript(name: string, text: string, firstLine: number, found: FoundImport[]): void {
  const { program, errors } = parseSync(name, text);
  const broken = errors.find((error) => error.severity === 'Error');
  if (broken) {
    const line = firstLine + lineAt(text, broken.labels[0]?.start ?? 0) - 1;
    throw new UnreadableFileError(line, broken.message);
  }
  walk(program, text, firstLine, found);
}

function readAstro(text: string, found: FoundImport[]): void {
  const { ast, diagnostics } = parseAstro(text);
  const broken = diagnostics.find((diagnostic) => diagnostic.severity === 'error');
  if (broken) {
    throw new UnreadableFileError(broken.labels[0]?.line ?? 1, broken.text);
  }
  walk(ast, text, 1, found);
}

/** A node of an MDX tree, as far as code can be in it. */
interface MdxNode {
  type: string;
  value?: unknown;
  position?: { start: { line: number } };
  attributes?: Array<{ type: string; value?: unknown }>;
  children?: MdxNode[];
}

/** The code in an MDX node: an import block, an expression, the expressions of its attributes. */
function codeOf(node: MdxNode): Array<{ code: string; isModule: boolean }> {
  if (node.type === 'mdxjsEsm') return [{ code: String(node.value), isModule: true }];
  if (node.type === 'mdxFlowExpression' || node.type === 'mdxTextExpression') {
    return [{ code: String(node.value), isModule: false }];
  }
  return (node.attributes ?? []).flatMap(({ type, value }) => {
    if (type === 'mdxJsxExpressionAttribute') return [{ code: `{${value}}`, isModule: false }];
    const expression = value as { type?: string; value?: string } | null | undefined;
    return expression?.type === 'mdxJsxAttributeValueExpression'
      ? [{ code: String(expression.value), isModule: false }]
      : [];
  });
}

function readMdx(node: MdxNode, found: FoundImport[]): void {
  const line = node.position?.start.line ?? 1;
  for (const { code, isModule } of codeOf(node)) {
    // A comment alone is an expression of MDX and none of JavaScript.
    const script = isModule ? code : `void (async () => (0, ${code}\n));`;
    const onlyComment = !isModule && /^\s*(?:\/\*[\s\S]*\*\/\s*)*$/.test(code);
    if (!onlyComment) readScript('fragment.tsx', script, line, found);
  }
  for (const child of node.children ?? []) readMdx(child, found);
}

/**
 * The imports of a file, in the order in which they stand there.
 * @param name the file's name; its extension decides the parser.
 * @throws UnreadableFileError when the text is not what the extension says.
 */
export function readImports(name: string, text: string): FoundImport[] {
  const found: FoundImport[] = [];
  if (name.endsWith('.astro')) readAstro(text, found);
  else if (name.endsWith('.mdx')) {
    let tree: unknown;
    try {
      tree = mdxToMdast(text, { position: true });
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause);
      throw new UnreadableFileError(1, message, { cause });
    }
    readMdx(tree as MdxNode, found);
  } else readScript(name, text, 1, found);
  return found;
}
