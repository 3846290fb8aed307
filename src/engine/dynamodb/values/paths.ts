/** Reading values by document path, and projections. */
import { type AttributeValue, emptyItem, type Item, type Path } from './attribute.ts';

/** The value at a path, or undefined when a part of the path is not there. */
export function valueAt(item: Item, path: Path): AttributeValue | undefined {
  let value: AttributeValue | undefined = item[path[0] as string];
  for (let index = 1; index < path.length && value !== undefined; index++) {
    const step = path[index] as string | number;
    value = typeof step === 'number' ? value.L?.[step] : value.M?.[step];
  }
  return value;
}

/**
 * Only what the paths name, in the item's own structure; list elements close up in their order.
 * Source: DynamoDB Developer Guide, "Using projection expressions".
 */
export function project(item: Item, paths: readonly Path[]): Item {
  const projected = emptyItem();
  const lists: Array<AttributeValue[]> = [];
  for (const path of paths) {
    const value = valueAt(item, path);
    if (value === undefined) continue;
    let container: AttributeValue = { M: projected };
    for (let index = 0; index < path.length; index++) {
      const step = path[index] as string | number;
      const last = index === path.length - 1;
      const next: AttributeValue = last
        ? value
        : typeof path[index + 1] === 'number'
          ? { L: [] }
          : { M: emptyItem() };
      if (typeof step === 'number') {
        const list = container.L as AttributeValue[];
        if (!lists.includes(list)) lists.push(list);
        list[step] = last ? next : (list[step] ?? next);
        container = list[step] as AttributeValue;
      } else {
        const map = container.M as Item;
        map[step] = last ? next : (map[step] ?? next);
        container = map[step] as AttributeValue;
      }
    }
  }
  // The elements were set at their original positions: close the gaps between them.
  for (const list of lists) list.splice(0, list.length, ...list.filter(() => true));
  return projected;
}
