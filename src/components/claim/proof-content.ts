/** The labs that prove claims, with what a page needs to run them. For the build only. */
import { claimChecks } from '../../engine/lab/prove-claim.ts';
import { isProvable, soundLedger } from './ledger.ts';
import type { ProofLab } from './proof-lab.ts';

/** All labs that prove claims, by id. */
export async function proofLabs(): Promise<Map<string, ProofLab>> {
  const { entries, labs } = await soundLedger();
  const found = new Map<string, ProofLab>();
  for (const { name, claim } of entries.filter(isProvable)) {
    const { proof } = claim;
    const lab = labs.get(proof.lab)?.lab;
    if (!lab) continue;
    const content = found.get(lab.id) ?? {
      data: {
        id: lab.id,
        dataset: lab.dataset,
        expect: lab.expect,
        world: lab.world,
        extensions: lab.extensions,
        ...(lab.main && { main: true as const }),
      },
      sides: lab.sides,
      sources: lab.sources,
      proofs: {},
    };
    content.proofs[name] = { step: proof.step, checks: claimChecks(proof) };
    found.set(lab.id, content);
  }
  return found;
}
