/** Which names a top-level statement declares, and which names a piece of a program mentions. */
import { allNodes, type Node, nodesIn } from './syntax.ts';

/** Names that the statement adds to the program's scope, `var`s in its inner blocks included. */
export function declaredNames(statement: Node): string[] {
  if (statement.type === 'ClassDeclaration') return [(statement.id as Node).name as string];
  if (statement.type === 'VariableDeclaration') return declaratorNames(statement);
  return varNames(statement);
}

/** Every identifier in the text, whatever it stands for: names, properties, labels. */
export function mentionedNames(nodes: readonly Node[]): Set<string> {
  const names = new Set<string>();
  for (const root of nodes) {
    for (const node of allNodes(root)) {
      if (node.type === 'Identifier') names.add(node.name as string);
    }
  }
  return names;
}

function declaratorNames(declaration: Node): string[] {
  return (declaration.declarations as Node[]).flatMap(({ id }) => patternNames(id as Node));
}

/** `var` belongs to the nearest function: here the whole program, so functions are left out. */
function varNames(node: Node): string[] {
  if (/Function|Class/.test(node.type)) return [];
  const own =
    node.type === 'VariableDeclaration' && node.kind === 'var' ? declaratorNames(node) : [];
  return [...own, ...[...nodesIn(node)].flatMap(varNames)];
}

function patternNames(pattern: Node): string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name as string];
    case 'ObjectPattern':
      return (pattern.properties as Node[]).flatMap(patternNames);
    case 'Property':
      return patternNames(pattern.value as Node);
    case 'ArrayPattern':
      return (pattern.elements as Array<Node | null>).flatMap((one) =>
        one ? patternNames(one) : [],
      );
    case 'AssignmentPattern':
      return patternNames(pattern.left as Node);
    default: // RestElement
      return patternNames(pattern.argument as Node);
  }
}
