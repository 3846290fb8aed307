/** What one step answered: how it ended, and what each side shows of it. */
import type { ComponentChildren } from 'preact';
import type { Side, StepStatus } from '../../../engine/lab/result.ts';
import { SIDE_NAMES, STATUS_WORDS } from '../names.ts';
import type { UnitPrices } from '../prices.ts';
import type { SideStep } from '../view.ts';
import { DynamoDBOutput, hasProgramOutput, ProgramOutput } from './DynamoDBOutput.tsx';
import { PostgresOutput } from './PostgresOutput.tsx';

/** Turns a line of the file into a line of the step's own code block. */
export type LineOf = (fileLine: number | undefined) => number | undefined;

interface Props {
  step: SideStep;
  lineOf: LineOf;
  /** What DynamoDB's units cost; without them no dollars are shown. */
  prices?: UnitPrices | undefined;
  /** The run goes on: of a great many requests only the first are drawn. */
  live?: boolean;
}

/**
 * A step's result; `lineOf` knows where the step's block stands in the file. Of a program for both
 * databases, what each of them was asked and answered stands beside each other.
 */
export function StepResult({ step, lineOf, prices, live = false }: Props) {
  const { dynamodb, postgres } = step;
  const both = dynamodb !== undefined && postgres !== undefined;
  const left = dynamodb && (
    <Output status={dynamodb.status}>
      <DynamoDBOutput step={dynamodb} lineOf={lineOf} prices={prices} live={live} apart={both} />
    </Output>
  );
  const right = postgres && (
    <Output status={postgres.status}>
      <PostgresOutput step={postgres} lineOf={lineOf} />
    </Output>
  );
  if (!both) return left ?? right ?? null;
  return (
    <>
      <div class="kj-both">
        <Half side="dynamodb">{left}</Half>
        <Half side="postgres">{right}</Half>
      </div>
      {hasProgramOutput(dynamodb) && (
        <div class="kj-output kj-program">
          <ProgramOutput step={dynamodb} lineOf={lineOf} live={live} />
        </div>
      )}
    </>
  );
}

function Half({ side, children }: { side: Side; children: ComponentChildren }) {
  const { name } = SIDE_NAMES[side];
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls
    <div class="kj-half" data-of={side} role="group" aria-label={name}>
      <p class="kj-half-name">{name}</p>
      {children}
    </div>
  );
}

interface OutputProps {
  status: StepStatus;
  /** What stands for the status, where its own words do not fit. */
  words?: string;
  children?: ComponentChildren;
}

/** The frame round a step's output, with a word on how it ended. */
export function Output({ status, words = STATUS_WORDS[status], children }: OutputProps) {
  return (
    <div class="kj-output" data-status={status}>
      {words && <p class="kj-status">{words}</p>}
      {children}
    </div>
  );
}
