/** The prices of the content, as labs need them. */
import { getEntry } from 'astro:content';
import { type UnitPrices, unitPrices } from './prices.ts';

/** Reads src/content/prices.yaml. Throws an Error when it is missing, or a price in it. */
export async function listPrices(): Promise<UnitPrices> {
  const entry = await getEntry('prices', 'prices');
  if (!entry) throw new Error('src/content/prices.yaml is missing');
  return unitPrices(entry.data);
}
