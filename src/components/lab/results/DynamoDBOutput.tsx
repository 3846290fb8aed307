/** What a step did on the DynamoDB side: its requests, the items that came back, what was printed. */
import { Fragment } from 'preact';
import { type LogicalCall, logicalCalls } from '../../../engine/lab/logical-reads.ts';
import type {
  ConsoleLine,
  DynamoDBCall,
  DynamoDBStep,
  Json,
  WorldEvent,
} from '../../../engine/lab/result.ts';
import { keptItems, tellingRequest } from '../../../engine/lab/telling-dynamodb.ts';
import {
  answeredItems,
  type ItemGroup,
  isObject,
  isSparse,
  itemGrid,
  keyNames,
  prettyJson,
  targets,
  transactActions,
} from '../attributes.ts';
import { count, units } from '../names.ts';
import type { UnitPrices } from '../prices.ts';
import { requestWork } from '../request-work.ts';
import { DataTable, ShowRest } from './DataTable.tsx';
import { ErrorBox } from './ErrorBox.tsx';
import { Nth } from './Nth.tsx';
import { Scroll } from './Scroll.tsx';
import type { LineOf } from './StepResult.tsx';
import { WorkTree } from './WorkTree.tsx';

/** Requests, or reads of several pages, shown before the reader asks for the rest. */
const SHOWN_CALLS = 20;
/** Printed lines shown before. */
const SHOWN_LINES = 200;
/** Requests that are looked at while the run goes on, for every time that it is drawn. */
const LIVE_CALLS = 200;

interface Props {
  step: DynamoDBStep;
  lineOf: LineOf;
  /** Without them no dollars are shown. */
  prices?: UnitPrices | undefined;
  /** Whether more may come. */
  live: boolean;
  /** What the program itself did stands elsewhere. */
  apart?: boolean;
}

/** Where the program was left, in words. */
function placeWords({ error }: DynamoDBStep, lineOf: LineOf): string | undefined {
  const line = lineOf(error?.line);
  return line === undefined ? undefined : `Line ${line}.`;
}

/** Whether the request that failed already says what the error says. */
function isTold({ calls, error }: DynamoDBStep): boolean {
  const last = calls.at(-1);
  return last !== undefined && last.status >= 400 && errorName(last.response) === error?.name;
}

/** What the program of a step did beside its requests: an error of its own, and what it printed. */
export function ProgramOutput({ step, lineOf, live }: Omit<Props, 'prices' | 'apart'>) {
  const { error, status } = step;
  return (
    <>
      {error && !isTold(step) && (
        <ErrorBox
          code={status === 'stopped' ? undefined : error.name}
          message={error.message}
          facts={[placeWords(step, lineOf)]}
        >
          <Reasons reasons={error.reasons} request={null} />
        </ErrorBox>
      )}
      <Printed lines={step.console} live={live} />
    </>
  );
}

/** Whether there is any of that. */
export const hasProgramOutput = (step: DynamoDBStep): boolean =>
  step.console.length > 0 || (step.error !== undefined && !isTold(step));

/** Requests, printed lines and the error that left the program, if one did. */
export function DynamoDBOutput({ step, lineOf, prices, live, apart = false }: Props) {
  const { calls, error, status } = step;
  const at = placeWords(step, lineOf);
  const last = calls.at(-1);
  const told = isTold(step);
  const logical = logicalCalls(live ? calls.slice(0, LIVE_CALLS) : calls);
  const shown = logical.slice(0, SHOWN_CALLS);
  const sentences = shown.map(tellingRequest);
  const rest = logical.slice(SHOWN_CALLS);
  const further = calls.length - shown.flat().length;
  return (
    <>
      <World events={step.world} />
      {shown.map((call, index) => (
        <Call
          key={index}
          logical={call}
          at={told && call.at(-1) === last ? at : undefined}
          // Said once of requests that follow each other.
          telling={sentences[index] === sentences[index - 1] ? undefined : sentences[index]}
          prices={prices}
        />
      ))}
      {live && further > 0 && <p class="kj-nothing">and {count(further, 'request')} more so far</p>}
      {!live && rest.length > 0 && (
        <>
          <div data-rest hidden tabIndex={-1}>
            {rest.map((call, index) => (
              <p class="kj-act" key={index}>
                <CallHead logical={call} />
              </p>
            ))}
          </div>
          <ShowRest what={`all ${count(calls.length, 'request')}`} />
        </>
      )}
      {!apart && <ProgramOutput step={step} lineOf={lineOf} live={live} />}
      {apart && calls.length === 0 && <p class="kj-nothing">No request.</p>}
      {!apart && calls.length === 0 && step.console.length === 0 && !error && status === 'ok' && (
        <p class="kj-nothing">No request, nothing printed.</p>
      )}
    </>
  );
}

/** What the program printed. */
function Printed({ lines, live }: { lines: readonly ConsoleLine[]; live: boolean }) {
  if (lines.length === 0) return null;
  const list = (some: readonly ConsoleLine[]) => (
    <ul class="kj-console" aria-label="Printed">
      {some.map(({ level, text }, index) => (
        <li key={index} data-level={level}>
          {text}
        </li>
      ))}
    </ul>
  );
  const further = lines.length - SHOWN_LINES;
  return (
    <>
      {list(lines.slice(0, SHOWN_LINES))}
      {live && further > 0 && <p class="kj-nothing">and {count(further, 'line')} more so far</p>}
      {!live && further > 0 && (
        <>
          <div data-rest hidden tabIndex={-1}>
            {list(lines.slice(SHOWN_LINES))}
          </div>
          <ShowRest what={`all ${count(lines.length, 'printed line')}`} />
        </>
      )}
    </>
  );
}

interface CallProps {
  /** A request, or the pages of one read. */
  logical: LogicalCall;
  /** Where the program was left by this request's error. */
  at: string | undefined;
  /** What is most telling about it. */
  telling: string | undefined;
  prices: UnitPrices | undefined;
}

function Call({ logical, at, telling, prices }: CallProps) {
  const last = logical.at(-1) ?? logical[0];
  const events = logical.flatMap(({ world }) => world ?? []);
  return (
    <>
      <details class="kj-act">
        <summary>
          <CallHead logical={logical} />
        </summary>
        <WorkTree work={requestWork(logical, prices)} open />
        {logical.map((call, index) => {
          const trip = logical.length > 1 ? ` ${index + 1} of ${logical.length}` : '';
          return (
            <Fragment key={index}>
              <Raw label={`Request${trip}`} value={call.request} />
              <Raw label={`Response${trip}, HTTP ${call.status}`} value={call.response} />
            </Fragment>
          );
        })}
      </details>
      {telling && <p class="kj-act kj-fact">{telling}</p>}
      <World events={events} />
      <Items logical={logical} />
      {last.status >= 400 && (
        <ErrorBox
          code={errorName(last.response)}
          message={errorMessage(last.response)}
          facts={[at]}
        >
          <Reasons reasons={field(last.response, 'CancellationReasons')} request={last.request} />
        </ErrorBox>
      )}
    </>
  );
}

function CallHead({ logical }: { logical: LogicalCall }) {
  const [call] = logical;
  return (
    <>
      <Nth nth={call.nth} />
      <b>{call.operation}</b> <span>{targets(call).join(', ')}</span>{' '}
      {call.region && <span>in {call.region} </span>}
      <span class="kj-figures">{figures(logical)}</span>
    </>
  );
}

/** What the world around DynamoDB did, where a lab has switched it on. */
function World({ events = [] }: { events: WorldEvent[] | undefined }) {
  if (events.length === 0) return null;
  return (
    <ul class="kj-world" aria-label="What happened around DynamoDB">
      {events.map(({ kind, text }, index) => (
        <li key={index} data-kind={kind}>
          {text}
        </li>
      ))}
    </ul>
  );
}

/** What a request did and cost, in a few words. */
function figures(logical: LogicalCall): string {
  const sum = (of: (call: DynamoDBCall) => number) =>
    logical.reduce((total, call) => total + of(call), 0);
  const { operation, response, status } = logical.at(-1) ?? logical[0];
  const itemsRead = sum(({ metering }) => metering.itemsRead);
  const itemsWritten = sum(({ metering }) => metering.itemsWritten);
  const tables = logical.flatMap(({ metering }) => metering.tables);
  const read = tables.reduce((total, table) => total + table.read, 0);
  const write = tables.reduce((total, table) => total + table.write, 0);
  const parts: string[] = [];
  if (status < 400) {
    if (itemsWritten > 0) parts.push(`${count(itemsWritten, 'item')} written`);
    else if (operation === 'Query' || operation === 'Scan') {
      const kept = sum(keptItems);
      parts.push(
        kept === itemsRead
          ? count(kept, 'item')
          : `${kept.toLocaleString('en')} of ${count(itemsRead, 'item')}`,
      );
    } else if (/Get/.test(operation) && sum(keptItems) === 0) parts.push('no item');
    if (field(response, 'LastEvaluatedKey') !== undefined) parts.push('more to read');
    if (
      hasEntries(field(response, 'UnprocessedItems')) ||
      hasEntries(field(response, 'UnprocessedKeys'))
    ) {
      parts.push('some unprocessed');
    }
  }
  if (logical.length > 1) parts.push(count(logical.length, 'round trip'));
  if (read > 0) parts.push(`${units(read)} RCU`);
  if (write > 0) parts.push(`${units(write)} WCU`);
  // A figure and its unit stay on one line.
  return parts.map((part) => part.replaceAll(' ', '\u00a0')).join('\u00a0· ');
}

/** What came back, a table for each table of DynamoDB's, or JSON first; the pages of a read together. */
function Items({ logical }: { logical: LogicalCall }) {
  const [call] = logical;
  const names = logical.reduce<string[]>(
    (found, one) => (found.length ? found : keyNames(one)),
    [],
  );
  const groups = together(logical.filter(({ status }) => status < 400).flatMap(answeredItems));
  return (
    <>
      {groups.map(({ label, items }) => {
        const of = targets(call).includes(label)
          ? label
          : `${label} of ${targets(call).join(', ')}`;
        const caption = `${of}: ${count(items.length, 'item')}`;
        const grid = itemGrid(items, names);
        return (
          <DataTable
            key={label}
            caption={caption}
            titled={groups.length > 1}
            {...grid}
            other={{ json: isSparse(grid) ? 'first' : 'second' }}
          />
        );
      })}
    </>
  );
}

/** Items of several pages under one label. */
function together(pages: readonly ItemGroup[]): ItemGroup[] {
  const labels = [...new Set(pages.map(({ label }) => label))];
  return labels.map((label) => ({
    label,
    items: pages.flatMap((page) => (page.label === label ? page.items : [])),
  }));
}

/** Why a transaction was cancelled, action by action. */
function Reasons({ reasons, request }: { reasons: Json | undefined; request: Json }) {
  if (!Array.isArray(reasons)) return null;
  const actions = transactActions(request);
  return (
    <ol class="kj-reasons" aria-label="Reasons, one for each action">
      {reasons.map((reason, index) => {
        const code = String(field(reason, 'Code') ?? 'None');
        const message = field(reason, 'Message');
        const action = actions[index];
        return (
          <li key={index} data-code={code}>
            {action && `${[action.action, action.table, action.key].filter(Boolean).join(' ')}: `}
            {code === 'None' ? code : <b>{code}</b>}
            {typeof message === 'string' && ` ${message}`}
          </li>
        );
      })}
    </ol>
  );
}

function Raw({ label, value }: { label: string; value: Json }) {
  return (
    <figure class="kj-raw">
      <figcaption>{label}</figcaption>
      <Scroll label={label}>
        <pre>{prettyJson(value)}</pre>
      </Scroll>
    </figure>
  );
}

const field = (value: Json, name: string): Json | undefined =>
  isObject(value) ? value[name] : undefined;

const hasEntries = (value: Json | undefined) => isObject(value) && Object.keys(value).length > 0;

/** `com.amazonaws.dynamodb.v20120810#ValidationException` is known by what follows the `#`. */
function errorName(response: Json): string {
  return String(field(response, '__type') ?? 'Error').replace(/^.*#/, '');
}

function errorMessage(response: Json): string {
  return String(field(response, 'message') ?? field(response, 'Message') ?? '');
}
