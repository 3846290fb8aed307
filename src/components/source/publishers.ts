/** Who publishes a document, by its address. */

/** Publishers, by the ends of host names; the first that fits. */
export const PUBLISHERS: ReadonlyArray<readonly [string, RegExp]> = [
  [
    'Amazon Web Services',
    /(^|\.)(amazon\.com|amazonaws\.com|awsstatic\.com)$|^github\.com\/(aws|awsdocs|awslabs|aws-samples)\//,
  ],
  ['The PostgreSQL project', /(^|\.)postgresql\.org$|^github\.com\/postgres\//],
];
/** Whoever is neither. */
export const OTHERS = 'Others';

/** Who publishes what stands at this address. */
export function publisherOf(url: string): string {
  const { hostname, pathname } = new URL(url);
  const fits = ([, pattern]: (typeof PUBLISHERS)[number]) =>
    pattern.test(hostname) || pattern.test(`${hostname}${pathname}`);
  return PUBLISHERS.find(fits)?.[0] ?? OTHERS;
}
