/** Chapters with their labs and exercises, in the order in which they stand. For the build only. */

import { getCollection } from 'astro:content';
import { readFile } from 'node:fs/promises';
import { readLab } from '../../engine/lab/load.ts';
import { labIds } from '../lab/pages.ts';

/** A lab or an exercise of a chapter. */
export interface ChapterLab {
  id: string;
  title: string;
  /** Its address, without the base. */
  address: string;
  exercise: boolean;
}

/** A chapter that has labs. */
export interface ChapterContents {
  number: number;
  title: string;
  address: string;
  labs: ChapterLab[];
}

/** All chapters that have labs, in order. */
export async function contents(): Promise<ChapterContents[]> {
  const pages = await getCollection('docs', ({ data }) => data.chapter !== undefined);
  const chapters = await Promise.all(
    pages.map(async ({ filePath, id, data }) => {
      const address = `/${id}/`;
      const ids = labIds(await readFile(filePath as string, 'utf8'));
      return {
        number: data.chapter?.number ?? 0,
        title: data.title,
        address,
        labs: await Promise.all(ids.map((lab) => chapterLab(lab, address))),
      };
    }),
  );
  return chapters.filter(({ labs }) => labs.length > 0).sort((a, b) => a.number - b.number);
}

async function chapterLab(id: string, page: string): Promise<ChapterLab> {
  const { title, exercise } = await readLab(id);
  return {
    id,
    title,
    address: `${page}#${id.split('/').at(-1)}`,
    exercise: exercise !== undefined,
  };
}
