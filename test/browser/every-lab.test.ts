/** Every lab, live: what the page answers is what is recorded. */
import { describe } from 'vitest';
import { listLabs } from '../../src/engine/lab/load.ts';
import { LabPage } from './lab-page.ts';
import { expect, test } from './support.ts';

/** Folders of labs that are shown elsewhere than in the chapter of their name. */
const PAGES: Record<string, string> = {
  introduction: '',
  'dynamodb-engine': 'engines/dynamodb/',
  playground: 'playground/',
};

const pageOf = (folder: string) => PAGES[folder] ?? `guide/${folder}/`;

describe('what is recorded is what the page answers', async () => {
  const chapters = Map.groupBy(await listLabs(), (id) => id.split('/')[0] as string);
  for (const [chapter, labs] of chapters) {
    test(`in every lab of ${chapter}`, async ({ open }) => {
      // Under a base path, so that a wrong address of an asset shows.
      const page = await open(pageOf(chapter), { underBase: true });
      for (const id of labs) {
        const lab = new LabPage(page, id.split('/')[1] as string);
        const recorded = await lab.shown();
        expect(await lab.run(), id).toBe('ok');
        expect(await lab.shown(), id).toEqual(recorded);
      }
    });
  }
});
