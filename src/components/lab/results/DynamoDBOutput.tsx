/** What a step did on the DynamoDB side: its requests, the items that came back, what was printed. */
import type { DynamoDBCall, DynamoDBStep, Json, WorldEvent } from '../../../engine/lab/result.ts';
import {
  answeredItems,
  isObject,
  itemGrid,
  keyNames,
  plainItem,
  prettyJson,
  targets,
  transactActions,
} from '../attributes.ts';
import { count, units } from '../names.ts';
import { DataTable, ShowRest } from './DataTable.tsx';
import { ErrorBox } from './ErrorBox.tsx';
import { Scroll } from './Scroll.tsx';
import type { LineOf } from './StepResult.tsx';

/** Requests shown before the reader asks for the rest. */
const SHOWN_CALLS = 20;

/** Requests, printed lines and the error that left the program, if one did. */
export function DynamoDBOutput({ step, lineOf }: { step: DynamoDBStep; lineOf: LineOf }) {
  const { calls, error, status } = step;
  const line = lineOf(error?.line);
  const at = line === undefined ? undefined : `Line ${line}.`;
  const last = calls.at(-1);
  // The request that failed already says what the error says.
  const told = last !== undefined && last.status >= 400 && errorName(last.response) === error?.name;
  const rest = calls.slice(SHOWN_CALLS);
  return (
    <>
      <World events={step.world} />
      {calls.slice(0, SHOWN_CALLS).map((call, index) => (
        <Call key={index} call={call} at={told && call === last ? at : undefined} />
      ))}
      {rest.length > 0 && (
        <>
          <div data-rest hidden tabIndex={-1}>
            {rest.map((call, index) => (
              <p class="kj-act" key={index}>
                <CallHead call={call} />
              </p>
            ))}
          </div>
          <ShowRest what={`all ${count(calls.length, 'request')}`} />
        </>
      )}
      {error && !told && (
        <ErrorBox
          code={status === 'stopped' ? undefined : error.name}
          message={error.message}
          facts={[at]}
        >
          <Reasons reasons={error.reasons} request={null} />
        </ErrorBox>
      )}
      {step.console.length > 0 && (
        <ul class="kj-console" aria-label="Printed">
          {step.console.map(({ level, text }, index) => (
            <li key={index} data-level={level}>
              {text}
            </li>
          ))}
        </ul>
      )}
      {calls.length === 0 && step.console.length === 0 && !error && status === 'ok' && (
        <p class="kj-nothing">No request, nothing printed.</p>
      )}
    </>
  );
}

/** `at` says where the program was left by this request's error. */
function Call({ call, at }: { call: DynamoDBCall; at: string | undefined }) {
  const failed = call.status >= 400;
  return (
    <>
      <details class="kj-act">
        <summary>
          <CallHead call={call} />
        </summary>
        <Raw label="Request" value={call.request} />
        <Raw label={`Response, HTTP ${call.status}`} value={call.response} />
      </details>
      <World events={call.world} />
      {failed ? (
        <ErrorBox
          code={errorName(call.response)}
          message={errorMessage(call.response)}
          facts={[at]}
        >
          <Reasons reasons={field(call.response, 'CancellationReasons')} request={call.request} />
        </ErrorBox>
      ) : (
        <Items call={call} />
      )}
    </>
  );
}

function CallHead({ call }: { call: DynamoDBCall }) {
  return (
    <>
      <b>{call.operation}</b> <span>{targets(call).join(', ')}</span>{' '}
      {call.region && <span>in {call.region} </span>}
      <span class="kj-figures">{figures(call)}</span>
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
function figures({ metering, response, status, operation }: DynamoDBCall): string {
  const { itemsRead, itemsReturned, itemsWritten, tables } = metering;
  const read = tables.reduce((sum, table) => sum + table.read, 0);
  const write = tables.reduce((sum, table) => sum + table.write, 0);
  const counted = field(response, 'Count');
  const parts: string[] = [];
  if (status < 400) {
    if (itemsWritten > 0) parts.push(`${count(itemsWritten, 'item')} written`);
    else if (operation === 'Query' || operation === 'Scan') {
      const returned = typeof counted === 'number' ? counted : itemsReturned;
      parts.push(
        returned === itemsRead ? count(returned, 'item') : `${returned} of ${itemsRead} items`,
      );
    } else if (/Get/.test(operation) && itemsReturned === 0) parts.push('no item');
    if (field(response, 'LastEvaluatedKey') !== undefined) parts.push('more to read');
    if (
      hasEntries(field(response, 'UnprocessedItems')) ||
      hasEntries(field(response, 'UnprocessedKeys'))
    ) {
      parts.push('some unprocessed');
    }
  }
  if (read > 0) parts.push(`${units(read)} RCU`);
  if (write > 0) parts.push(`${units(write)} WCU`);
  // A figure and its unit stay on one line.
  return parts.map((part) => part.replaceAll(' ', '\u00a0')).join('\u00a0· ');
}

/** What came back, a table of its own for each table of DynamoDB's. */
function Items({ call }: { call: DynamoDBCall }) {
  const groups = answeredItems(call);
  return (
    <>
      {groups.map(({ label, items }) => {
        const of = targets(call).includes(label)
          ? label
          : `${label} of ${targets(call).join(', ')}`;
        const caption = `${of}: ${count(items.length, 'item')}`;
        const grid = itemGrid(items, keyNames(call));
        if (grid) return <DataTable caption={caption} titled={groups.length > 1} {...grid} />;
        return (
          <Scroll label={caption}>
            <pre>{items.map((item) => prettyJson(plainItem(item))).join('\n')}</pre>
          </Scroll>
        );
      })}
    </>
  );
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
