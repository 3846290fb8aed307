/** Short texts about a chapter that more than one component shows. */
import type { Chapter } from '../../config/chapter.ts';

/** `about 25 minutes`, or for a planned chapter `planned, about 25 minutes`. */
export function minutesText({ minutes, status }: Pick<Chapter, 'minutes' | 'status'>): string {
  return `${status === 'planned' ? 'planned, ' : ''}about ${minutes} minutes`;
}
