/** The buttons below a result's table, and below what a long result leaves out. */
import { showRest } from '../lab/show-rest.ts';

/** Does what was pressed, if it is such a button. Answers the sentence to say about it. */
export async function pressResult(target: Element): Promise<string | undefined> {
  const button = target.closest<HTMLElement>('button');
  if (button?.matches('[data-show-rest]')) showRest(button);
  if (!button?.closest('[data-result]')) return undefined;
  try {
    const { pressTable } = await import('../lab/tables.ts');
    return await pressTable(button);
  } catch (error) {
    console.error('The table could not be used:', error);
    return 'That could not be done. Try again.';
  }
}
