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
        <section class="kj-output kj-program" aria-label="What the program says">
          <ProgramOutput step={dynamodb} lineOf={lineOf} live={live} />
        </section>
      )}
    </>
  );
}

function Half({ side, children }: { side: Side; children: ComponentChildren }) {
  const { name } = SIDE_NAMES[side];
  return (
    <section class="kj-half" data-of={side} aria-label={`${name}’s part of the step`}>
      <p class="kj-half-name">{name}</p>
      {children}
    </section>
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
