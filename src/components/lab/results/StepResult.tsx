/** What one step answered: how it ended, and what each side shows of it. */
import type { ComponentChildren } from 'preact';
import type { DynamoDBStep, PostgresStep, StepStatus } from '../../../engine/lab/result.ts';
import { STATUS_WORDS } from '../names.ts';
import type { UnitPrices } from '../prices.ts';
import { DynamoDBOutput } from './DynamoDBOutput.tsx';
import { PostgresOutput } from './PostgresOutput.tsx';

/** Turns a line of the file into a line of the step's own code block. */
export type LineOf = (fileLine: number | undefined) => number | undefined;

interface Props {
  step: { dynamodb: DynamoDBStep } | { postgres: PostgresStep };
  lineOf: LineOf;
  /** What DynamoDB's units cost; without them no dollars are shown. */
  prices?: UnitPrices | undefined;
  /** The run goes on: of a great many requests only the first are drawn. */
  live?: boolean;
}

/** A step's result; `lineOf` knows where the step's block stands in the file. */
export function StepResult({ step, lineOf, prices, live = false }: Props) {
  if ('dynamodb' in step) {
    return (
      <Output status={step.dynamodb.status}>
        <DynamoDBOutput step={step.dynamodb} lineOf={lineOf} prices={prices} live={live} />
      </Output>
    );
  }
  return (
    <Output status={step.postgres.status}>
      <PostgresOutput step={step.postgres} lineOf={lineOf} />
    </Output>
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
