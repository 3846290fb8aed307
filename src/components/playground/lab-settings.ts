/** What a workspace has of the lab that it was opened from: the world, extensions, and failures that are meant. */
import * as z from 'zod/mini';
import { href } from '../../config/href.ts';
import type { LabData } from '../lab/runs.ts';
import { ShareError } from '../lab/share-code.ts';

/** As a workspace keeps it. The site has made it, and only its outline is looked at. */
export const settingsShape = z.object({
  /** `chapter/name`. */
  lab: z.string(),
  title: z.string(),
  world: z.optional(z.custom<NonNullable<LabData['world']>>(isObject)),
  extensions: z.array(z.string()),
  expect: z.custom<LabData['expect']>(isObject),
  /** What is switched on, a phrase each. */
  words: z.array(z.string()),
  /** What the first run loads, where that is much. */
  loads: z.nullable(z.string()),
});

/** What a workspace has of a lab. */
export type LabSettings = z.infer<typeof settingsShape>;

const allShape = z.record(z.string(), z.omit(settingsShape, { lab: true }));

/**
 * What a lab switches on; undefined of one that switches on nothing.
 * @throws {ShareError} when it could not be fetched.
 */
export async function fetchSettings(lab: string): Promise<LabSettings | undefined> {
  try {
    const response = await fetch(href('/playground/labs.json'));
    if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
    const settings = allShape.parse(await response.json())[lab];
    return settings && { lab, ...settings };
  } catch (error) {
    console.error('What labs switch on could not be loaded:', error);
    throw new ShareError(
      'What this lab switches on could not be loaded. Look after the connection and open it again.',
    );
  }
}

/** What runs are told of them. */
export function forRuns(
  settings: LabSettings | undefined,
): Pick<LabData, 'world' | 'extensions' | 'expect'> {
  const { world, extensions = [], expect = {} } = settings ?? {};
  return { world, extensions, expect };
}

/** In words, for the line above the lab. */
export function settingsWords({ title, words, loads }: LabSettings): string {
  const on = `As in “${title}”: ${words.join('; ')}.`;
  return loads === null
    ? on
    : `${on} ${loads[0]?.toUpperCase()}${loads.slice(1)} PostGIS is under the GNU General Public License.`;
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
