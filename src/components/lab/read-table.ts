/** Reads a result's table back from the page: what was recorded and what was run come as the same markup. */
import type { Grid, GridColumn } from './attributes.ts';
import { withRest } from './shown-rows.ts';

/** The values and types of a table as `results/DataTable.tsx` draws it, with the rows that wait in its attribute. */
export function readTable(result: HTMLElement): Grid {
  const table = result.querySelector('table') as HTMLTableElement;
  const lines = [...(table.tBodies[0]?.rows ?? [])].map((row) => [...row.cells]);
  const columns = [...(table.tHead?.rows[0]?.cells ?? [])].map((head, column): GridColumn => {
    const name = head.firstElementChild?.textContent ?? '';
    const type = head.querySelector('small')?.textContent?.trim();
    return type ? { name, type } : { name, types: lines.map((cells) => typeOf(cells[column])) };
  });
  const grid = { columns, rows: lines.map((cells) => cells.map(valueIn)) };
  const { restRows } = result.dataset;
  return restRows === undefined ? grid : withRest(grid, restRows);
}

const typeOf = (cell: HTMLElement | undefined) => cell?.dataset['type'];

function valueIn({ dataset, textContent }: HTMLElement): string | null | undefined {
  switch (dataset['is']) {
    case 'absent':
      return undefined;
    case 'null':
      return null;
    case 'empty':
      return '';
    default:
      return dataset['text'] ?? textContent ?? '';
  }
}
