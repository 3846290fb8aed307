/** Dated list prices: the file `src/content/prices.yaml`. */
import { z } from 'astro/zod';
import { checkedOn, kebab } from './evidence.ts';

/** One price. */
const priceSchema = z.strictObject({
  id: kebab.describe('Unique; what calculations ask for'),
  service: z.string().describe('The service that charges it, as `DynamoDB`'),
  what: z.string().describe('What is paid for, with the size of its unit'),
  per: z.string().describe('The amount that the price is for, as `million RRU`, `GB-month`'),
  usd: z.number().min(0).describe('Dollars'),
  asOf: z
    .string()
    .regex(/^\d{4}(-\d{2}(-\d{2})?)?$/)
    .optional()
    .describe('Day, month or year in which it was the price. Absent where the source has no date'),
  evidence: z
    .enum(['aws', 'price-list', 'secondary', 'not-checked'])
    .describe(
      'Read in what AWS publishes; in an extract of its price list that somebody else made; in other text; nowhere',
    ),
  sources: z.array(kebab).min(1).describe('Ids of `sources`'),
  note: z.string().optional(),
});

/** The file. */
export const pricesSchema = z
  .strictObject({
    currency: z.literal('USD'),
    region: z.string().describe('The Region of all prices, as AWS names it in code'),
    regionName: z.string().describe('The same in words'),
    hoursPerMonth: z.number().describe('Hours that AWS counts as a month'),
    checked: checkedOn,
    sources: z.array(
      z.strictObject({
        id: kebab,
        title: z.string().describe('What was read'),
        url: z.url().describe('That text, or the page on which AWS has the price today'),
      }),
    ),
    prices: z.array(priceSchema),
  })
  .refine(({ prices }) => new Set(prices.map(({ id }) => id)).size === prices.length, {
    error: 'two prices have the same id',
  })
  .refine(
    ({ prices, sources }) =>
      prices.every((price) =>
        price.sources.every((source) => sources.some(({ id }) => id === source)),
      ),
    { error: 'a price names a source that is not in `sources`' },
  );

/** The file as read. */
export type Prices = z.infer<typeof pricesSchema>;
