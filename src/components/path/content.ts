/** The learning paths of the content, as the page shows them. For the build only. */
import { getCollection, getEntry } from 'astro:content';
import { readFile } from 'node:fs/promises';
import { LineCounter, parseDocument } from 'yaml';
import { listLabs, readLab } from '../../engine/lab/load.ts';
import { labAddress, labIds } from '../lab/pages.ts';
import {
  type KnownChapter,
  type KnownLab,
  type LearningPath,
  PathError,
  resolvePaths,
} from './stops.ts';
import { wordsOf } from './times.ts';

const FILE = 'src/content/paths.yaml';

/**
 * Reads the paths.
 * @throws {PathError} for a stop that is not there.
 */
export async function learningPaths(): Promise<LearningPath[]> {
  const entry = await getEntry('paths', 'paths');
  if (!entry) throw new PathError(`${FILE} is missing`);
  const lineOf = lines(await readFile(FILE, 'utf8'));
  const labs = await labsOnPages();
  return resolvePaths(entry.data, await chapters(labs), labs, (keys, message) => {
    throw new PathError(`${FILE}:${lineOf(keys)}: ${message}`);
  });
}

/** Labs and exercises that a page shows. */
async function labsOnPages(): Promise<KnownLab[]> {
  const found = await Promise.all(
    (await listLabs()).map(async (id) => {
      const address = await labAddress(id);
      if (address === undefined) return [];
      const { title, exercise } = await readLab(id);
      return [{ id, title, address, exercise: exercise !== undefined }];
    }),
  );
  return found.flat();
}

async function chapters(labs: readonly KnownLab[]): Promise<KnownChapter[]> {
  const pages = await getCollection('docs', ({ data }) => data.chapter !== undefined);
  return Promise.all(
    pages.map(async ({ filePath, id, data }) => {
      const source = await readFile(filePath as string, 'utf8');
      const shown = labIds(source);
      return {
        id: id.slice(id.lastIndexOf('/') + 1),
        number: data.chapter?.number ?? 0,
        title: data.title,
        address: `/${id}/`,
        planned: data.chapter?.status === 'planned',
        words: wordsOf(source),
        labs: labs.filter((lab) => shown.includes(lab.id)),
      };
    }),
  );
}

/** Finds the line of a field of a YAML text by its path. */
function lines(text: string): (keys: readonly PropertyKey[]) => number {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter });
  return (keys) => {
    const node = document.getIn(keys, true) as { range?: [number, number, number] } | undefined;
    return counter.linePos(node?.range?.[0] ?? 0).line;
  };
}
