/** The prices of the content, for components that print or add them up. */
import { getEntry } from 'astro:content';
import type { Prices } from '../../config/price.ts';

/** Reads src/content/prices.yaml. Throws an Error when it is missing. */
export async function allPrices(): Promise<Prices> {
  const entry = await getEntry('prices', 'prices');
  if (!entry) throw new Error('src/content/prices.yaml is missing');
  return entry.data;
}
