/** What a page needs to run the proofs of a lab: `/proofs/<chapter>/<lab>.json`. */
import { href } from '../../config/href.ts';
import type { Check } from '../../engine/lab/check-schema.ts';
import type { Lab } from '../../engine/lab/schema.ts';
import type { LabData } from '../lab/runs.ts';

/** A lab with the claims that it proves. */
export interface ProofLab {
  data: LabData;
  sides: Lab['sides'];
  sources: Lab['sources'];
  /** By the claim's permanent name. */
  proofs: Record<string, { step: string; checks: Check[] }>;
}

const fetched = new Map<string, Promise<ProofLab>>();

/**
 * Fetches a lab's proofs, once a page. A fetch that failed is tried again by the next call.
 * @throws {Error} that names the lab.
 */
export function fetchProofLab(lab: string): Promise<ProofLab> {
  const known = fetched.get(lab);
  if (known) return known;
  const work = (async () => {
    const response = await fetch(href(`/proofs/${lab}.json`));
    if (!response.ok) throw new Error(`${lab}: the server answered ${response.status}`);
    return (await response.json()) as ProofLab;
  })();
  fetched.set(lab, work);
  work.catch(() => fetched.delete(lab));
  return work;
}
