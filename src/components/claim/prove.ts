/** Runs proofs in the page: one that was pressed, or all of a lab at once. Loaded when it is needed. */
import { h, render } from 'preact';
import type { CheckResult } from '../../engine/lab/check.ts';
import type { LabRun } from '../../engine/lab/result.ts';
import type { Play } from '../../engine/sessions/play.ts';
import { gradePlay, proofRequest } from '../../engine/sessions/prove.ts';
import { Recording } from '../../engine/sessions/recording.ts';
import { door } from '../lab/jobs.ts';
import { engineProblem } from '../lab/problems.ts';
import { inTurn } from '../lab/queue.ts';
import { fetchScenario } from '../sessions/fetch.ts';
import { ProofPanel } from './ProofPanel.tsx';
import type { PlayProof, ProofElement } from './proof-element.ts';
import { fetchProofLab, type ProofLab } from './proof-lab.ts';

const going = new WeakMap<ProofElement, AbortController>();

/** The reader pressed a proof's button: run it, or stop it. */
export async function press(proof: ProofElement): Promise<void> {
  const before = going.get(proof);
  if (before) {
    before.abort();
    return;
  }
  const abort = new AbortController();
  going.set(proof, abort);
  try {
    const run = await proveTogether([proof], abort.signal);
    if (run) showPanel(proof, run.lab, run.run);
  } finally {
    going.delete(proof);
  }
}

/** What a run for proofs has answered. */
interface Proved {
  lab: ProofLab;
  run: LabRun;
}

/**
 * Runs a lab once for all of its proofs and shows on each whether it holds. Undefined when it was
 * stopped or could not run; the proofs say so.
 */
export async function proveTogether(
  proofs: readonly ProofElement[],
  signal: AbortSignal,
): Promise<Proved | undefined> {
  const show = (state: Parameters<ProofElement['show']>[0], sentence?: string) => {
    for (const proof of proofs) proof.show(state, sentence);
  };
  const [first] = proofs;
  if (first === undefined) return undefined;
  const id = first.lab;
  try {
    show('running');
    if (first.play) {
      for (const proof of proofs) {
        await inTurn(
          () => provePlay(proof, signal),
          signal,
          () => proof.show('queued', 'Another lab is running; this one waits for its turn.'),
        );
        if (signal.aborted && proof.state !== 'holds') proof.show('stopped', 'Stopped.');
      }
      return undefined;
    }
    const lab = await fetchProofLab(id);
    const answer = await inTurn(
      () => runOnce(lab, proofs, signal),
      signal,
      () => show('queued', 'Another lab is running; this one waits for its turn.'),
    );
    if (!answer || signal.aborted) {
      show('stopped', 'Stopped.');
      return undefined;
    }
    for (const proof of proofs) tell(proof, answer.results.get(proof) ?? []);
    return { lab, run: answer.run };
  } catch (error) {
    const { message, cause } = engineProblem(error, 'postgres');
    show('dead', `${message} ${cause ?? ''}`);
    console.error('A proof could not run:', error);
    return undefined;
  }
}

async function runOnce(lab: ProofLab, proofs: readonly ProofElement[], signal: AbortSignal) {
  const checks = proofs.map((proof) => lab.proofs[proof.claim]?.checks ?? []);
  for (const proof of proofs) proof.show('running', 'Running.');
  const { check } = await door();
  const { run, results } = await check({
    lab: lab.data,
    sides: lab.sides,
    sources: lab.sources,
    signal,
    onProgress: ({ engine, step }) => {
      if (step === 'ready') return;
      const name = engine === 'postgres' ? 'PostgreSQL' : 'DynamoDB';
      for (const proof of proofs) proof.show('running', `${name} is loading.`);
    },
    checks: checks.flat(),
  });
  const graded = new Map<ProofElement, CheckResult[]>();
  let next = 0;
  proofs.forEach((proof, index) => {
    const count = checks[index]?.length ?? 0;
    graded.set(proof, results.slice(next, next + count));
    next += count;
  });
  return { run, results: graded };
}

/**
 * Plays a proof's steps in live sessions. Where they cannot be played here, what is checked is how a
 * server has played them.
 */
async function provePlay(proof: ProofElement, signal: AbortSignal): Promise<void> {
  const proved = proof.play as PlayProof;
  const data = await fetchScenario(proved.scenario);
  const { playLive } = await import('../../engine/postgres/sessions/client.ts');
  const onProgress = () => proof.show('running', 'PostgreSQL is loading.');
  const request = proofRequest(data.scenario, proved);
  let play: Play | undefined;
  let problem = '';
  try {
    play = await playLive(request, { signal, onProgress });
  } catch (error) {
    if (signal.aborted) return proof.show('stopped', 'Stopped.');
    problem = error instanceof Error ? error.message : String(error);
    play = new Recording(data.recording).play(proved.level, proved.order);
  }
  if (!play) throw new Error(`${proved.order} at ${proved.level} was not recorded`);
  const results = gradePlay(proved, play);
  proof.grade(results);
  const failed = results.filter(({ passed }) => !passed).length;
  const server = `PostgreSQL ${data.recorded.server}`;
  if (failed > 0) proof.show('fails', `${failed} of ${results.length} did not come out.`);
  else if (problem) proof.show('recorded', `${problem} So ${server} has played it, on a server.`);
  else proof.show('holds', `The claim holds: played just now, and so by ${server} on a server.`);
}

function tell(proof: ProofElement, results: readonly CheckResult[]): void {
  proof.grade(results);
  const failed = results.filter(({ passed }) => !passed).length;
  if (results.length > 0 && failed === 0) proof.show('holds', 'The claim holds: all was found.');
  else proof.show('fails', `${failed} of ${results.length} did not come out.`);
}

/** Shows what the proof's step did on both sides. */
function showPanel(proof: ProofElement, lab: ProofLab, run: LabRun): void {
  const step = lab.proofs[proof.claim]?.step ?? '';
  render(h(ProofPanel, { lab, run, step }), proof.find('[data-panel]'));
}
