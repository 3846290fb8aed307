/** Which labs prove a claim: what each lab.yaml says of itself, turned round. */
import { listLabs, readLab } from '../../engine/lab/load.ts';

/** A lab that proves a claim. */
export interface LabProof {
  /** `chapter/name` of the lab. */
  lab: string;
  title: string;
}

let index: Promise<Map<string, LabProof[]>> | undefined;

/** The labs that name the claim `chapter--id`, in the order of their folders. */
export async function proofsOf(claim: string): Promise<LabProof[]> {
  index ??= readIndex();
  return (await index).get(claim) ?? [];
}

async function readIndex(): Promise<Map<string, LabProof[]>> {
  const proofs = new Map<string, LabProof[]>();
  for (const id of await listLabs()) {
    const { claims, title } = await readLab(id);
    for (const claim of claims) {
      proofs.set(claim, [...(proofs.get(claim) ?? []), { lab: id, title }]);
    }
  }
  return proofs;
}
