/** Turns a learner's TypeScript into a program that runs step by step in the sandbox. */
import { type Comment, parse } from 'acorn';
import type { CompiledScript } from '../lab/engines.ts';
import { declaredNames, mentionedNames } from './declared-names.ts';
import { type Imports, importCode } from './imports.ts';
import { bundlesOf } from './modules.ts';
import { stripTypes } from './strip-types.ts';
import { allNodes, type Node, placeOf, ScriptSyntaxError, syntaxError } from './syntax.ts';

export { ScriptSyntaxError } from './syntax.ts';

/** The one name that a compiled program takes from its surroundings: see runtime/program.ts. */
const PROGRAM = '__program';

/** A step marker: a comment of the form `// step: Name`. */
interface Marker {
  type: 'marker';
  start: number;
  end: number;
  name: string;
  line: number;
}

/** What a program is for. */
export interface Purpose {
  /** The name of its file, in traces. */
  file: string;
  /** Whether it may reach PostgreSQL. */
  postgres: boolean;
}

/** DynamoDB's side of a lab. */
const DYNAMODB: Purpose = { file: 'dynamodb.ts', postgres: false };
/** One program for both sides. */
export const MAIN: Purpose = { file: 'main.ts', postgres: true };

/** Statements that run one after the other in one step, with nothing else between them. */
interface Run {
  /** End of what stands before; -1 at the beginning of the program. */
  after: number;
  step: number;
  statements: Node[];
}

/**
 * Compiles a program. Types go, imports become reads of the sandbox's own modules, and each step
 * becomes a function of its own, so that a step that throws does not end the program.
 * Line n of the source is line n + 1 of the code; columns stay.
 * @param textAt the offset at which an unnamed step of its own begins.
 * @throws {ScriptSyntaxError} for what cannot run, with line and column.
 */
export function compileScript(
  source: string,
  textAt?: number,
  { file, postgres }: Purpose = DYNAMODB,
): CompiledScript {
  const js = stripTypes(source);
  const comments: Comment[] = [];
  const body = topLevel(source, js, comments);
  for (const node of body) refuseWhatCannotRun(source, node);
  const markers = stepMarkers(source, js, comments, body);
  if (textAt !== undefined) {
    // What stands before the text is a step, with a marker or without one.
    if (markers.length === 0) markers.push(unnamed(source, 0));
    markers.push(unnamed(source, textAt));
    markers.sort((a, b) => a.start - b.start);
  }
  const steps = markers.map(({ name, line }) => ({ name, line }));
  const imports: Imports = { postgres, modules: new Set() };
  return {
    code: assemble(source, js, body, markers, imports),
    file,
    bundles: bundlesOf(imports.modules),
    steps: steps.length > 0 ? steps : [{ name: '', line: 1 }],
  };
}

/**
 * The statements of a program, `js` being its source without types. Its comments go to `comments`.
 * @throws {ScriptSyntaxError} where it cannot be read.
 */
export function topLevel(source: string, js: string, comments: Comment[] = []): Node[] {
  try {
    const program: unknown = parse(js, {
      ecmaVersion: 'latest',
      sourceType: 'module',
      onComment: comments,
    });
    return (program as { body: Node[] }).body;
  } catch (error) {
    throw syntaxError(source, error);
  }
}

/** A marker that is not written in the source. */
function unnamed(source: string, at: number): Marker {
  return { type: 'marker', start: at, end: at, name: '', line: placeOf(source, at).line };
}

/** @throws {ScriptSyntaxError} for what is JavaScript but has no meaning in the sandbox. */
function refuseWhatCannotRun(source: string, root: Node): void {
  const refuse = (node: Node, message: string) => {
    throw new ScriptSyntaxError(message, source, node.start);
  };
  if (root.type.startsWith('Export') && !isEmptyExport(root)) {
    refuse(root, 'A program exports nothing: it runs by itself. Leave out `export`.');
  }
  for (const node of allNodes(root)) {
    if (node.type === 'ImportExpression') {
      refuse(node, "import() cannot run here. Write `import { ... } from '...'` instead.");
    } else if (node.type === 'MetaProperty' && (node.meta as Node).name === 'import') {
      refuse(node, 'import.meta has no meaning here: the program is not a file.');
    } else if (node.type === 'Identifier' && node.name === PROGRAM) {
      refuse(node, `The name ${PROGRAM} is taken by the sandbox. Choose another.`);
    }
  }
}

/** `export {}`, which only tells TypeScript that the file is a module. */
function isEmptyExport(node: Node): boolean {
  return (
    node.type === 'ExportNamedDeclaration' &&
    !node.declaration &&
    !node.source &&
    (node.specifiers as Node[]).length === 0
  );
}

/**
 * The markers in order. Text that only looks like one, inside a string, is left alone.
 * @throws {ScriptSyntaxError} for a marker that is misspelt, inside a statement, or a second one of
 * the same name.
 */
function stepMarkers(
  source: string,
  js: string,
  comments: readonly Comment[],
  body: readonly Node[],
): Marker[] {
  const markers = new Map<string, Marker>();
  const isComment = new Set(comments.map(({ start }) => start));
  for (const { index, 0: text } of source.matchAll(/\/\/[^\S\r\n]*step:[^\r\n]*/gi)) {
    const inType = js[index] === ' ';
    if (!isComment.has(index) && !inType) continue;
    const { line, column } = placeOf(source, index);
    const name = /^\/\/ step: (.*\S)\s*$/.exec(text)?.[1];
    const fault = (message: string) => new ScriptSyntaxError(message, source, index);
    if (name === undefined || column !== 1) {
      throw fault('Write a step marker as `// step: Name`, at the beginning of a line of its own.');
    }
    if (inType || body.some(({ start, end }) => start < index && index < end)) {
      throw fault(
        `The step marker '${name}' stands inside a statement. Move it between two; is a semicolon missing before it?`,
      );
    }
    const twin = markers.get(name);
    if (twin) throw fault(`There is a step '${name}' already, on line ${twin.line}. Rename one.`);
    markers.set(name, { type: 'marker', start: index, end: index + text.length, name, line });
  }
  return [...markers.values()];
}

/**
 * The code: imports and functions stay where they are, at the top of one function; the statements
 * between them become functions of the steps. Every insertion stands on a line of its own or behind
 * what is already there, so that no statement moves.
 */
function assemble(
  source: string,
  js: string,
  body: readonly Node[],
  markers: readonly Marker[],
  imports: Imports,
): string {
  const statements = body.filter(({ type }) => type !== 'EmptyStatement');
  // A marker without text stands before the statement that begins where it does.
  const parts = [...markers, ...statements].sort((a, b) => a.start - b.start);
  const used = mentionedNames(statements.filter(({ type }) => type !== 'ImportDeclaration'));
  const runs = runsOf(parts);
  const opening = openings(source, statements, runs);
  const openAfter = new Map(runs.map((run, index) => [run.after, opening[index] as string]));
  const lastOfRun = new Set(runs.map((run) => run.statements.at(-1)));

  let code = `export default(${PROGRAM})=>{${openAfter.get(-1) ?? ''}\n`;
  let copied = 0;
  for (const part of parts) {
    if (part.type === 'marker' || part.type === 'ImportDeclaration' || isExport(part)) {
      code += js.slice(copied, part.start);
      if (part.type === 'ImportDeclaration')
        code += importCode(source, part as Node, used, PROGRAM, imports);
      code += js.slice(part.start, part.end).replace(/[^\r\n]/g, '');
    } else {
      code += js.slice(copied, part.end);
    }
    copied = part.end;
    if (lastOfRun.has(part as Node)) code += ';});';
    code += openAfter.get(part.end) ?? '';
    openAfter.delete(part.end);
  }
  // A shebang line is for the shell.
  return `${code}${js.slice(copied)}\n}`.replace(/\n#!/, '\n//');
}

const isExport = ({ type }: { type: string }) => type.startsWith('Export');

/** Groups the statements that run. Functions, imports and markers stand between the groups. */
function runsOf(parts: ReadonlyArray<Node | Marker>): Run[] {
  const runs: Run[] = [];
  let open: Run | undefined;
  let after = -1;
  let markers = 0;
  for (const part of parts) {
    if (part.type === 'marker') markers += 1;
    if (/^(?:marker|ImportDeclaration|FunctionDeclaration|Export)/.test(part.type)) {
      open = undefined;
      after = part.end;
      continue;
    }
    if (!open) {
      // What stands before the first marker belongs to the first step.
      open = { after, step: Math.max(0, markers - 1), statements: [] };
      runs.push(open);
    }
    open.statements.push(part as Node);
  }
  return runs;
}

/**
 * How each run begins: it tells its step, and hands out those of its names that others mention.
 * @throws {ScriptSyntaxError} for a `var` that two runs declare: they would not share its value.
 */
function openings(source: string, statements: readonly Node[], runs: readonly Run[]): string[] {
  const declared = new Set<string>();
  return runs.map((run) => {
    const own = new Set(run.statements);
    const others = mentionedNames(statements.filter((statement) => !own.has(statement)));
    const shared = new Set<string>();
    for (const statement of run.statements) {
      for (const name of declaredNames(statement)) {
        if (declared.has(name) && !shared.has(name)) {
          const message = `'${name}' is declared twice with \`var\`. Declare it once, with \`let\`.`;
          throw new ScriptSyntaxError(message, source, statement.start);
        }
        if (others.has(name)) {
          declared.add(name);
          shared.add(name);
        }
      }
    }
    const names = [...shared];
    const bindings = names.map(
      (name) => `[${JSON.stringify(name)},()=>${name},${PROGRAM}=>{${name}=${PROGRAM}}]`,
    );
    const share = names.length > 0 ? `${PROGRAM}.share([${bindings.join()}]);` : '';
    return `${PROGRAM}.step(${run.step},${JSON.stringify(names)},async()=>{${share}`;
  });
}
