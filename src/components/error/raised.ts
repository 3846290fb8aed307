/** Which labs raise which error: what their recorded runs say, turned round. */
import { listLabs, loadLab } from '../../engine/lab/load.ts';
import { type Json, type LabRun, withMore } from '../../engine/lab/result.ts';
import { labAddress } from '../lab/pages.ts';
import { slug } from '../lab/view.ts';

/** A step that raises an error. */
export interface Raised {
  /** The lab's title, and the step's name where it has one. */
  title: string;
  /** The step's address, without the base. */
  address: string;
}

let index: Promise<Map<string, Raised[]>> | undefined;

/** The steps that raise this SQLSTATE, exception or reason, on pages of the site; one for each lab. */
export async function raisedBy(code: string): Promise<Raised[]> {
  index ??= readIndex();
  return (await index).get(code) ?? [];
}

async function readIndex(): Promise<Map<string, Raised[]>> {
  const raised = new Map<string, Raised[]>();
  for (const id of await listLabs()) {
    const address = await labAddress(id);
    if (address === undefined) continue;
    const { lab, expected } = await loadLab(id);
    for (const [code, step] of codesOf(expected)) {
      const at = { title: lab.title, address: step ? `${address}--${slug(step)}` : address };
      raised.set(code, [...(raised.get(code) ?? []), at]);
    }
  }
  return raised;
}

/** Every code that a run met, with the first step that met it. */
export function codesOf(run: LabRun): Map<string, string> {
  const codes = new Map<string, string>();
  const met = (code: string | undefined, step: string) => {
    if (code !== undefined && !codes.has(code)) codes.set(code, step);
  };
  for (const { name, calls, error } of run.dynamodb?.steps ?? []) {
    for (const { status, response } of calls) {
      if (status === 200) continue;
      const { __type, CancellationReasons } = response as { [field: string]: Json };
      met(String(__type).split('#').at(-1), name);
      for (const reason of (CancellationReasons ?? []) as Array<{ Code?: string }>) {
        met(reason.Code, name);
      }
    }
    if (error && /Exception$|^InternalServerError$/.test(error.name)) met(error.name, name);
  }
  for (const { name, statements } of run.postgres?.steps ?? []) {
    for (const { error } of statements.flatMap(withMore)) met(error?.code, name);
  }
  return codes;
}
