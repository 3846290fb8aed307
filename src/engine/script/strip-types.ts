/** Takes the types out of TypeScript by writing blanks over them: every line and column stays. */
import { tsPlugin } from '@sveltejs/acorn-typescript';
import { Parser } from 'acorn';
import { type Node, nodesIn, ScriptSyntaxError, skipBlanks, syntaxError } from './syntax.ts';

const TypeScriptParser = Parser.extend(tsPlugin());

/** TypeScript that is more than types: no program runs when it is merely taken out. */
const NOT_ERASABLE: Record<string, string> = {
  TSEnumDeclaration: 'An enum is not only a type. Write a `const` object instead.',
  TSModuleDeclaration:
    'A namespace is not only a type. Write plain functions and constants instead.',
  TSParameterProperty:
    'A parameter property is not only a type. Declare the field and assign it in the constructor.',
  TSImportEqualsDeclaration: '`import x = require()` does not run. Write `import { x } from`.',
  TSExportAssignment: '`export =` does not run. A program exports nothing: leave it out.',
  Decorator: 'Decorators do not run yet in browsers. Call the function yourself.',
};

/** Declarations that are types and nothing else. */
const DECLARATIONS = new Set([
  'TSInterfaceDeclaration',
  'TSTypeAliasDeclaration',
  'TSDeclareFunction',
  'TSIndexSignature',
]);

/** Types that follow a name, a parameter list or a call. */
const ANNOTATIONS = new Set([
  'TSTypeAnnotation',
  'TSTypeParameterDeclaration',
  'TSTypeParameterInstantiation',
]);

/** Words before a class member's name that only TypeScript knows. */
const MODIFIERS = /\b(?:public|private|protected|readonly|override)\b/g;

/**
 * JavaScript of the same length, with every line and column where it was.
 * The rule is that of Node's type stripping: what is more than a type is refused.
 * @throws {ScriptSyntaxError} with the place.
 */
export function stripTypes(source: string): string {
  try {
    const program: unknown = TypeScriptParser.parse(source, {
      ecmaVersion: 'latest',
      sourceType: 'module',
    });
    return new Eraser(source).erase(program as Node);
  } catch (error) {
    throw syntaxError(source, error);
  }
}

/** Collects what is written over, node by node. */
class Eraser {
  readonly source: string;
  /** The text, a UTF-16 unit each. */
  readonly out: string[];

  constructor(source: string) {
    this.source = source;
    this.out = source.split('');
  }

  erase(program: Node): string {
    this.visit(program);
    return this.out.join('');
  }

  /** Blanks `[start, end)`, line breaks excepted. */
  private blank(start: number, end: number): void {
    for (let at = start; at < end; at += 1) {
      if (!/[\r\n\u2028\u2029]/.test(this.out[at] as string)) this.out[at] = ' ';
    }
  }

  /**
   * Blanks a whole declaration or class member. A semicolon takes its place: the statement before
   * it, if it ends without one, must not run on into the one after it.
   */
  private drop(node: Node): void {
    this.blank(node.start, node.end);
    this.out[node.start] = ';';
  }

  /** Where the next `character` after `from` stands, comments left out. */
  private find(from: number, character: string): number {
    let at = skipBlanks(this.source, from);
    while (at < this.source.length && this.source[at] !== character) {
      at = skipBlanks(this.source, at + 1);
    }
    return at;
  }

  private visit(node: Node, parent?: Node): void {
    const { type } = node;
    const refused = NOT_ERASABLE[type];
    if (refused !== undefined && !node.declare) {
      throw new ScriptSyntaxError(refused, this.source, node.start);
    }
    if (this.isOnlyAType(node)) this.drop(node);
    else if (ANNOTATIONS.has(type)) this.eraseAnnotation(node, parent);
    else if (type === 'ImportSpecifier' && node.importKind === 'type') this.eraseListed(node);
    else this.eraseWithin(node, parent);
  }

  /** What stays of a node: it loses its marks, and the nodes below it their types. */
  private eraseWithin(node: Node, parent: Node | undefined): void {
    this.eraseMarks(node);
    if (node.type.startsWith('Class')) this.eraseClassHead(node);
    for (const child of nodesIn(node)) this.visit(child, node);
    this.eraseOperator(node);
    if (!parent?.type.startsWith('For')) this.endStatement(node);
  }

  private isOnlyAType(node: Node): boolean {
    return (
      DECLARATIONS.has(node.type) ||
      node.declare === true ||
      (node.type === 'ImportDeclaration' && node.importKind === 'type') ||
      (node.type === 'ExportNamedDeclaration' && node.exportKind === 'type') ||
      (node.type === 'ExportDefaultDeclaration' &&
        DECLARATIONS.has((node.declaration as Node).type)) ||
      (node.type === 'PropertyDefinition' && node.abstract === true) ||
      (node.type === 'MethodDefinition' && (node.value as Node).type === 'TSDeclareMethod')
    );
  }

  private eraseAnnotation(node: Node, parent: Node | undefined): void {
    this.blank(node.start, node.end);
    // `): {` ... `} =>`: no line may break before the arrow, so the parenthesis moves to it.
    const isResult = parent?.type === 'ArrowFunctionExpression' && parent.returnType === node;
    if (isResult && /[\r\n]/.test(this.source.slice(node.start, node.end))) {
      this.out[this.source.lastIndexOf(')', node.start)] = ' ';
      this.out[node.end - 1] = ')';
    }
  }

  /** Blanks an entry of a list with the comma after it. */
  private eraseListed(node: Node): void {
    const after = skipBlanks(this.source, node.end);
    this.blank(node.start, this.source[after] === ',' ? after + 1 : node.end);
  }

  /** `?` of an optional parameter or member, `!` of a definite one, the parameter `this`. */
  private eraseMarks(node: Node): void {
    for (const parameter of (node.params ?? []) as Node[]) {
      if (parameter.type === 'Identifier' && parameter.name === 'this') this.eraseListed(parameter);
    }
    if (node.type === 'Identifier' && node.optional) {
      const mark = this.find(node.start, '?');
      this.blank(mark, mark + 1);
    } else if (node.type === 'VariableDeclarator' && node.definite) {
      const mark = this.find((node.id as Node).start, '!');
      this.blank(mark, mark + 1);
    } else if (node.type === 'PropertyDefinition' || node.type === 'MethodDefinition') {
      const key = node.key as Node;
      if (node.optional || node.definite) {
        const mark = this.find(key.end, node.optional ? '?' : '!');
        this.blank(mark, mark + 1);
      }
      for (const { index, 0: word } of this.source
        .slice(node.start, key.start)
        .matchAll(MODIFIERS)) {
        this.blank(node.start + index, node.start + index + word.length);
        // A member before this one, without a semicolon, must not take `[name]` for an index.
        if (index === 0) this.out[node.start] = ';';
      }
    }
  }

  /** `abstract` and `implements A, B`. */
  private eraseClassHead(node: Node): void {
    if (node.abstract) this.blank(node.start, node.start + 'abstract'.length);
    const [first, ...more] = (node.implements ?? []) as Node[];
    if (first) {
      const word = this.source.lastIndexOf('implements', first.start);
      this.blank(word, (more.at(-1) ?? first).end);
      node.implements = [];
    }
  }

  /** `x as T`, `x satisfies T`, `x!`, `<T>x`. */
  private eraseOperator(node: Node): void {
    if (node.type === 'TSAsExpression' || node.type === 'TSSatisfiesExpression') {
      let word = skipBlanks(this.source, (node.expression as Node).end);
      while (this.source[word] === ')') word = skipBlanks(this.source, word + 1);
      this.blank(word, node.end);
    } else if (node.type === 'TSNonNullExpression') {
      this.blank(node.end - 1, node.end);
    } else if (node.type === 'TSTypeAssertion') {
      this.blank(node.start, this.find((node.typeAnnotation as Node).end, '>') + 1);
    }
  }

  /** A statement that ended with a type and no semicolon gets one, lest the next line joins it. */
  private endStatement(node: Node): void {
    const ends =
      /^(?:ExpressionStatement|VariableDeclaration|PropertyDefinition|ReturnStatement|ThrowStatement)$/;
    const last = node.end - 1;
    if (ends.test(node.type) && this.out[last] === ' ' && this.source[last] !== ' ') {
      this.out[last] = ';';
    }
  }
}
