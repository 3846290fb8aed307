/** What the tests of capacity share. */
import { type Bench, S, text } from './support.ts';

export const key = { pk: S('a') };

/** An item of `pk`, `body` and that many bytes in all. */
export const sized = (bytes: number) => ({ ...key, body: text(bytes - 7) });

/** Units of the last request: all, and the shares of table and indexes. */
export const cost = (bench: Bench) => {
  const [table] = bench.metering.tables;
  const kind = table && table.read > 0 ? 'read' : 'write';
  return {
    all: table?.[kind],
    base: table?.base[kind],
    ...Object.fromEntries((table?.indexes ?? []).map((index) => [index.index, index[kind]])),
  };
};
