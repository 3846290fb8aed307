/** The parts that a lab's program takes hold of in the markup. */

/** A part that the markup of a lab always has. */
export function part(root: HTMLElement, selector: string): HTMLElement {
  const found = root.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`The lab's markup has no ${selector}.`);
  return found;
}
