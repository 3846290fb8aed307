/** What the step that proves a claim said and answered, on both sides. */
import type { LabRun, Side } from '../../engine/lab/result.ts';
import { stepBlocks } from '../../engine/lab/steps.ts';
import { SIDE_NAMES } from '../lab/names.ts';
import { StepResult } from '../lab/results/StepResult.tsx';
import { stepsWithSide } from '../lab/view.ts';
import type { ProofLab } from './proof-lab.ts';

interface Props {
  lab: Pick<ProofLab, 'sides' | 'sources'>;
  run: LabRun;
  step: string;
}

/** The sides that have the step, beside each other where there is room. */
export function ProofPanel({ lab, run, step }: Props) {
  return (
    <div class="kj-lab">
      <div class="kj-proof-panel">
        {lab.sides.map((side) => (
          <SidePanel key={side} side={side} source={lab.sources[side]} run={run} step={step} />
        ))}
      </div>
    </div>
  );
}

function SidePanel(props: { side: Side; source: string; run: LabRun; step: string }) {
  const { side, source, run, step } = props;
  const block = stepBlocks(source, side).find(({ name }) => name === step);
  const results = stepsWithSide(run, side).filter(({ name }) => name === step);
  if (!block && results.length === 0) return null;
  const startLine = block?.startLine ?? 1;
  const lineOf = (line: number | undefined) => (line === undefined ? line : line - startLine + 1);
  return (
    <section class="kj-proof-half" data-of={side} aria-label={SIDE_NAMES[side].name}>
      <p class="kj-proof-side">{SIDE_NAMES[side].name}</p>
      {block && (
        <div class="kj-code">
          <pre>
            <code>{block.text}</code>
          </pre>
        </div>
      )}
      {results.map(({ step: one }, index) => (
        <StepResult key={index} step={one} lineOf={lineOf} />
      ))}
    </section>
  );
}
