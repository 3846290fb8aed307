/** The same order on DynamoDB: each step's code beside what PostgreSQL answered, and what a run of it did. */
import { answersOf } from '../../engine/sessions/conditions.ts';
import { isStep, SET_UP } from '../../engine/sessions/dynamodb.ts';
import type { Play, PlayStep, StepId } from '../../engine/sessions/play.ts';
import { stepsOf } from '../../engine/sessions/scenario.ts';
import { CostStrip } from '../lab/results/CostStrip.tsx';
import { DynamoDBOutput } from '../lab/results/DynamoDBOutput.tsx';
import { Badge } from './Board.tsx';
import { type Choice, doesOf, type ScenarioData } from './data.ts';
import type { DynamoDBRun, RanStep } from './dynamodb-run.ts';
import { idsOf } from './moves.ts';
import { Text } from './Text.tsx';

interface Props {
  data: ScenarioData;
  choice: Choice;
  play: Play;
  anchor: string;
  run: DynamoDBRun | undefined;
  /** Absent when the page is built. */
  start?: (() => void) | undefined;
  /** The reader is about to press it. */
  warm?: (() => void) | undefined;
}

const SAID: Record<DynamoDBRun['state'], string> = {
  busy: 'runs',
  ran: 'ran just now',
  broken: 'could not run',
};

/** The other database's turn at the story. */
export function DynamoDBSide({ data, choice, play, anchor, run, start, warm }: Props) {
  const { scenario, dynamodb: code } = data;
  const steps = stepsOf(scenario, choice.level);
  const ids = idsOf(steps, choice.order);
  const ran = run?.state === 'ran' ? run : undefined;
  return (
    <section class="kj-ses-dynamodb" data-side="dynamodb" aria-labelledby={`${anchor}-dynamodb`}>
      <div class="kj-side-head">
        <b id={`${anchor}-dynamodb`}>The same order on DynamoDB</b>
        <span class="kj-say" data-dynamodb-says>
          {run ? SAID[run.state] : 'not run yet'}
        </span>
        <button
          type="button"
          class="kj-run-side"
          data-run-dynamodb
          aria-label="Run DynamoDB in this order"
          aria-disabled={run?.state === 'busy' || undefined}
          onClick={start}
          onPointerOver={warm}
          onFocus={warm}
        >
          Run
        </button>
      </div>
      <p class="kj-hidden" role="status" data-dynamodb-live>
        {run && sentenceOf(run)}
      </p>
      <p class="kj-ses-says">
        <Text text={scenario.dynamodb.says} />
      </p>
      {run && run.state !== 'ran' && (
        <p class="kj-ses-says" data-broken={run.state === 'broken' ? '' : undefined}>
          {run.says}
        </p>
      )}
      <details class="kj-ses-set-up">
        <summary>Clients, table and items</summary>
        <Code
          html={[code['head'], code[SET_UP]].filter(Boolean).join('\n\n')}
          label="Set-up of DynamoDB"
        />
        <Ran ran={ran?.steps.get(SET_UP)} />
      </details>
      <ol class="kj-ses-pairs" aria-label="Steps in this order, on both databases">
        {ids.map((id) => (
          <li key={id} data-pair={id} data-absent={code[id] === undefined ? '' : undefined}>
            <p class="kj-ses-pair-name">
              <Badge name={id} /> {doesOf(scenario, id)}
              <span class="kj-ses-pair-answer">PostgreSQL: {shortAnswer(play, id)}</span>
            </p>
            {code[id] === undefined ? (
              <p class="kj-ses-no-step">{noStepWords(steps.find((step) => step.id === id))}</p>
            ) : (
              <>
                <Code html={code[id] ?? ''} label={`DynamoDB code of ${id}`} />
                <Ran ran={ran?.steps.get(id)} />
              </>
            )}
          </li>
        ))}
      </ol>
      {ran && (
        <div class="kj-cost">
          <CostStrip
            side={{ dynamodb: ran.all.filter(({ name }) => isStep(name)), prices: undefined }}
          />
        </div>
      )}
    </section>
  );
}

function Code({ html, label }: { html: string; label: string }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must reach what scrolls
    <pre class="kj-ses-code" role="group" aria-label={label} tabIndex={0}>
      <code dangerouslySetInnerHTML={{ __html: html }} />
    </pre>
  );
}

function Ran({ ran }: { ran: RanStep | undefined }) {
  if (!ran) return null;
  const { step, startLine } = ran;
  const lineOf = (line: number | undefined) => (line === undefined ? line : line - startLine + 1);
  return (
    <div class="kj-output kj-ses-ran">
      {step.status === 'ok' || step.status === 'failed' ? (
        <DynamoDBOutput step={step} lineOf={lineOf} live={false} />
      ) : (
        <p class="kj-nothing">Not run.</p>
      )}
    </div>
  );
}

/** Why a step has nothing beside it. */
function noStepWords(step: PlayStep | undefined): string {
  const isFrame = /^(begin|start|commit|end|rollback|abort|savepoint|release|set)\b/i;
  return isFrame.test(step?.sql ?? '')
    ? 'No counterpart: no transaction stays open here.'
    : 'No counterpart.';
}

/** What PostgreSQL answered, in a few words: `UPDATE 1`, `waits, then 40001`. */
function shortAnswer(play: Play, id: StepId): string {
  const answer = answersOf(play).get(id);
  const waits = play.events.some(({ kind, step }) => kind === 'waits' && step === id);
  const rows = answer?.rows?.length === 1 ? answer.rows[0] : undefined;
  const isShort = rows !== undefined && rows.length <= 3 && rows.some((value) => value !== '');
  const values = isShort ? `: ${rows.map((value) => value ?? 'NULL').join(', ')}` : '';
  const words = answer?.error?.code ?? `${answer?.tag ?? 'no answer'}${values}`;
  return waits ? `waits, then ${words}` : words;
}

/** `DynamoDB has run in this order. A3 ends in ConditionalCheckFailedException.` */
function sentenceOf(run: DynamoDBRun): string {
  if (run.state !== 'ran') return run.says;
  const failed = [...run.steps].flatMap(([name, { step }]) =>
    step.error ? [`${name} ends in ${step.error.name}`] : [],
  );
  return `DynamoDB has run in this order. ${failed.join(', ') || 'Nothing fails'}.`;
}
