/** Imports of a learner's program, as reads of the modules that the sandbox has. */
import { closest, distance } from 'fastest-levenshtein';
import { MODULES, moduleNamed } from './modules.ts';
import { type Node, placeOf, ScriptSyntaxError } from './syntax.ts';

/** What a program may import, and what it has imported so far. */
export interface Imports {
  /** Whether PostgreSQL is at hand. */
  postgres: boolean;
  modules: Set<string>;
}

/**
 * The code that stands for an import. Names that only types use are left out, as TypeScript does.
 * Whether the package has a name is found when the program starts: its place goes along.
 * @throws {ScriptSyntaxError} for a package that the sandbox does not have.
 */
export function importCode(
  source: string,
  node: Node,
  used: ReadonlySet<string>,
  program: string,
  imports: Imports,
): string {
  const from = node.source as Node;
  const name = String(from.value);
  const module = moduleNamed(name);
  if (!module || (module.postgres && !imports.postgres)) {
    throw new ScriptSyntaxError(unknownModule(name, imports.postgres), source, from.start);
  }
  imports.modules.add(name);
  const names: string[] = [];
  const places: Array<[string, number, number]> = [];
  let namespace: string | undefined;
  for (const specifier of node.specifiers as Node[]) {
    const local = (specifier.local as Node).name as string;
    const isDefault = specifier.type === 'ImportDefaultSpecifier';
    if (isDefault && !module.default) {
      const message = `'${name}' has no default export. Write \`import { ${local} } from '${name}'\`.`;
      throw new ScriptSyntaxError(message, source, specifier.start);
    }
    if (specifier.type === 'ImportNamespaceSpecifier') {
      namespace = local;
    } else if (used.has(local)) {
      const imported = specifier.imported as Node;
      const key = isDefault ? 'default' : String(imported.name ?? imported.value);
      const { line, column } = placeOf(source, specifier.start);
      names.push(`${JSON.stringify(key)}:${local}`);
      places.push([key, line, column]);
    }
  }
  const read = `${program}.import(${JSON.stringify(name)},${JSON.stringify(places)})`;
  if (namespace !== undefined) return `const ${namespace}=${read};`;
  return `const {${names.join()}}=${read};`;
}

function unknownModule(name: string, postgres: boolean): string {
  const allowed = MODULES.filter((module) => postgres || !moduleNamed(module)?.postgres);
  const known = allowed.map((module) => `'${module}'`).join(', ');
  const near = closest(name, allowed);
  const guess = name !== near && distance(name, near) <= 6 ? ` Did you mean '${near}'?` : '';
  const other = moduleNamed(name)
    ? ' It is there for programs for both databases (main.ts) only.'
    : guess;
  return `'${name}' cannot be imported here.${other} A program may import ${known}.`;
}
