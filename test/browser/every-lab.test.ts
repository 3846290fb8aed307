/** Every lab, live: what the page answers is what is recorded. A short run takes some chapters. */

import type { Page } from 'playwright-core';
import { describe } from 'vitest';
import { labAddress } from '../../src/components/lab/pages.ts';
import { listLabs } from '../../src/engine/lab/load.ts';
import { LabPage } from './lab-page.ts';
import { sample } from './sample.ts';
import { expect, test } from './support.ts';

/** The page that shows a lab: the start page where no other does. */
const pageOf = async (id: string) => (await labAddress(id))?.slice(1).replace(/#.*/, '') ?? '';

describe('what is recorded is what the page answers', async () => {
  const chapters = Map.groupBy(await listLabs(), (id) => id.split('/')[0] as string);
  for (const [chapter, labs] of sample([...chapters], 2)) {
    test(`in every lab of ${chapter}`, async ({ open }) => {
      // Under a base path, so that a wrong address of an asset shows.
      let page: Page | undefined;
      let shown: string | undefined;
      for (const id of labs) {
        const address = await pageOf(id);
        if (!page || address !== shown) page = await open(address, { underBase: true });
        shown = address;
        const lab = new LabPage(page, id.split('/')[1] as string);
        const recorded = await lab.shown();
        expect(await lab.run(), id).toBe('ok');
        expect(await lab.shown(), id).toEqual(recorded);
      }
    });
  }
});
