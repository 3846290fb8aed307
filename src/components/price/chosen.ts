/** Prices picked by their id, each with its source, in words for a table. */
import type { Prices } from '../../config/price.ts';

type Price = Prices['prices'][number];

/** How a price was read, as readers are told. */
export const EVIDENCE: Record<Price['evidence'], string> = {
  aws: 'published by AWS',
  'price-list': "an extract of AWS's price list",
  secondary: 'a text of others',
  'not-checked': 'not checked',
};

/** The prices of those ids, in their order. Throws an Error that names an id that is missing or has no date. */
export function chosenPrices({ prices, sources }: Prices, ids: readonly string[]) {
  return ids.map((id) => {
    const price = prices.find((one) => one.id === id);
    if (!price) throw new Error(`src/content/prices.yaml has no price '${id}'`);
    if (price.asOf === undefined) {
      throw new Error(`the price '${id}' has no date: it cannot be shown as a price`);
    }
    const source = sources.find((one) => one.id === price.sources[0]);
    if (!source) throw new Error(`the price '${id}' names a source that is not there`);
    return { ...price, asOf: price.asOf, source };
  });
}

/** `$0.000130`, `$0.115`, `$150`: a list price in full, with cents at least where it is less than 100. */
export function priceText(usd: number): string {
  const decimals = String(usd).split('.')[1]?.length ?? 0;
  return usd.toLocaleString('en', {
    style: 'currency',
    currency: 'USD',
    minimumFractionDigits: Math.max(usd < 100 ? 2 : 0, decimals),
  });
}
