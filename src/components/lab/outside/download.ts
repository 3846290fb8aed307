/** Hands a lab to the reader as a ZIP file. Loaded when that is asked for. */
import { strToU8, zipSync } from 'fflate';
import { href } from '../../../config/href.ts';
import { saveFile } from '../save-file.ts';
import { type Outside, outsideFiles } from './files.ts';

/**
 * Fetches the lab's dataset and saves everything. Answers what to say about it.
 * @throws {TypeError} when the dataset cannot be fetched.
 */
export async function download(lab: Omit<Outside, 'dataset'>): Promise<string> {
  const dataset = async (ending: string) => {
    const response = await fetch(href(`/datasets/${lab.lab.dataset}.${ending}`));
    if (!response.ok) throw new TypeError(`${response.url}: ${response.status}`);
    return response.text();
  };
  const [postgres, dynamodb] = await Promise.all([dataset('sql'), dataset('json')]);
  const files = outsideFiles({ ...lab, dataset: { postgres, dynamodb } });
  const name = lab.lab.id.replace('/', '-');
  const folder = Object.fromEntries(
    Object.entries(files).map(([path, text]) => [`${name}/${path}`, strToU8(text)]),
  );
  saveFile(`${name}.zip`, 'application/zip', zipSync(folder));
  return `${name}.zip is saved: ${Object.keys(files).length} files. Its README.md says how to run them.`;
}
