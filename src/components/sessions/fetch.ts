/** Fetches a scenario with its recording, once a page. */
import { href } from '../../config/href.ts';
import { Recording } from '../../engine/sessions/recording.ts';
import type { ScenarioData } from './data.ts';

const fetched = new Map<string, Promise<ScenarioData>>();

/**
 * A scenario by its name. A fetch that failed is tried again by the next call.
 * @throws {Error} that names the scenario, when it cannot be fetched or read.
 */
export function fetchScenario(name: string): Promise<ScenarioData> {
  const known = fetched.get(name);
  if (known) return known;
  const work = (async () => {
    const response = await fetch(href(`/sessions/${name}.json`));
    if (!response.ok) throw new Error(`${name}: the server answered ${response.status}`);
    const data = (await response.json()) as ScenarioData;
    Recording.read(data.recording);
    return data;
  })();
  fetched.set(name, work);
  work.catch(() => fetched.delete(name));
  return work;
}
