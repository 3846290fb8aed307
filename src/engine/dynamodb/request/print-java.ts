/** Values as DynamoDB's validation messages print them, which is how its Java objects print themselves. */
import type { Json } from '../../lab/result.ts';
import type { Shape, Shapes } from './shape.ts';

/** `[a, b]` for lists, `{k=v}` for maps, `Name(member=value)` for structures. */
export function printJava(value: Json | undefined, shape: string | Shape): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value !== 'object') return String(value);
  const { type, children } =
    typeof shape === 'string' ? { type: shape, children: undefined } : shape;
  const inner = children as string | Shape;
  if (Array.isArray(value))
    return `[${value.map((element) => printJava(element, inner)).join(', ')}]`;
  if (type.startsWith('AttrStruct')) return `AttributeValue(${printAttribute(value)})`;
  if (/^\w*Map\b/.test(type)) {
    return `{${Object.entries(value)
      .map(([key, element]) => `${key}=${printJava(element, inner)}`)
      .join(', ')}}`;
  }
  const members = Object.entries(children as Shapes).map(
    ([name, member]) =>
      `${name[0]?.toLowerCase()}${name.slice(1)}=${printJava(value[name], member)}`,
  );
  return `${/<(.+)>/.exec(type)?.[1]}(${members.join(', ')})`;
}

function printAttribute(value: { [type: string]: Json }): string {
  return Object.entries(value)
    .map(
      ([type, inner]) =>
        `${type.toLowerCase()}=${typeof inner === 'object' ? JSON.stringify(inner) : inner}`,
    )
    .join(', ');
}
