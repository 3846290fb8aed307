/** What the labs switch on beside their dataset, for the playground. Node only: the page fetches it. */
import { listLabs, readLab } from '../../engine/lab/load.ts';
import { loadWords } from '../lab/loads.ts';
import { worldWords } from '../lab/world.ts';
import type { LabSettings } from './lab-settings.ts';

/** By the ids of labs; a lab that switches nothing on, and declares no failure, is not in it. */
export async function labSettings(): Promise<Record<string, Omit<LabSettings, 'lab'>>> {
  const all: Record<string, Omit<LabSettings, 'lab'>> = {};
  for (const id of await listLabs()) {
    const { title, world, extensions, expect } = await readLab(id);
    if (!world && extensions.length === 0 && Object.keys(expect).length === 0) continue;
    all[id] = {
      title,
      expect,
      extensions,
      ...(world && { world }),
      words: [
        ...(world ? worldWords(world) : []),
        ...(extensions.length > 0 ? [`the extension ${extensions.join(', ')} can be created`] : []),
        ...(Object.keys(expect).length > 0 ? ['the failures that it declares count as meant'] : []),
      ],
      loads: loadWords(extensions) ?? null,
    };
  }
  return all;
}
