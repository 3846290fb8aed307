/** Which edition of an exercise a page shows. For the build only. */
import { createHash } from 'node:crypto';
import type { Lab } from '../../engine/lab/schema.ts';

/** A short text that is another one when the task, the starter or a check is. */
export function editionOf({ exercise, sources, checks }: Lab): string {
  const text = JSON.stringify([exercise?.task, sources, checks]);
  return createHash('sha256').update(text).digest('base64url').slice(0, 8);
}
