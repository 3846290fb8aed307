/** How a table is built: columns or attributes, keys, indexes, constraints, partitions, sizes. */
import type { ComponentChildren } from 'preact';
import type {
  ColumnDescription,
  DatabaseDescription,
  IndexDescription,
  TableDescription,
} from '../../../engine/lab/inspect.ts';
import type { Change } from '../../../engine/lab/inspect-rows.ts';
import { count } from '../names.ts';
import { CHANGE_SIGN, size, tableName } from './words.ts';

interface Props {
  table: TableDescription;
  database: DatabaseDescription;
}

/** Folded up behind one line that says the most important. */
export function Structure({ table, database }: Props) {
  const { columns, indexes, key, bytes, dynamodb, postgres, comment } = table;
  const referring = database.dependencies.filter(
    ({ to, kind }) => tableName(to) === tableName(table) && kind !== 'foreign key',
  );
  return (
    <details class="kj-data-structure">
      <summary>
        Structure <span class="kj-data-quiet">{inShort(table)}</span>
      </summary>
      {comment && <p>{comment}</p>}
      <Part title={dynamodb ? 'Key attributes' : 'Columns'}>
        {columns.map((column) => (
          <Entry key={column.name} change={column.change}>
            <code>{column.name}</code>{' '}
            <span class="kj-data-quiet">{describeColumn(column, table)}</span>
          </Entry>
        ))}
      </Part>
      {dynamodb && (
        <p>
          Every other attribute may be there or not, item by item. The table is {dynamodb.status}{' '}
          and paid {dynamodb.billing === 'on-demand' ? 'by request' : 'by provisioned throughput'}.
          {dynamodb.stream !== undefined && ` A stream shows ${dynamodb.stream}.`}
          {dynamodb.timeToLive !== undefined && ` Items expire by ${dynamodb.timeToLive}.`}
        </p>
      )}
      {indexes.length > 0 && (
        <Part title="Indexes">
          {indexes.map((index) => (
            <Entry key={index.name} change={index.change}>
              <code>{index.name}</code> <span class="kj-data-quiet">{describeIndex(index)}</span>
            </Entry>
          ))}
        </Part>
      )}
      {postgres && postgres.constraints.length > 0 && (
        <Part title="Constraints">
          {postgres.constraints
            .filter(({ kind }) => kind !== 'not null')
            .map(({ name, definition, change, validated }) => (
              <Entry key={name} change={change}>
                <code>{name}</code>{' '}
                <span class="kj-data-quiet">
                  {definition}
                  {!validated && !definition.includes('NOT ') && ', not validated'}
                </span>
              </Entry>
            ))}
        </Part>
      )}
      {postgres && postgres.triggers.length > 0 && (
        <Part title="Triggers">
          {postgres.triggers.map(({ name, definition, enabled }) => (
            <Entry key={name}>
              <code>{definition}</code> {!enabled && <span class="kj-data-quiet">disabled</span>}
            </Entry>
          ))}
        </Part>
      )}
      {postgres && postgres.policies.length > 0 && (
        <Part title={`Policies, row-level security ${postgres.rowSecurity ? 'on' : 'off'}`}>
          {postgres.policies.map(({ name, command, roles, using }) => (
            <Entry key={name}>
              <code>{name}</code>{' '}
              <span class="kj-data-quiet">
                {command} for {roles.join(', ')}
                {using && `: ${using}`}
              </span>
            </Entry>
          ))}
        </Part>
      )}
      {referring.length > 0 && (
        <Part title="Built on this table">
          {referring.map(({ kind, from }) => (
            <Entry key={kind + tableName(from)}>
              {kind} <code>{tableName(from)}</code>
            </Entry>
          ))}
        </Part>
      )}
      {dynamodb && <Partitions table={table} />}
      <p class="kj-data-quiet">
        {size(bytes.table)} in the table, {size(bytes.indexes)} in indexes
        {bytes.toast ? `, ${size(bytes.toast)} of large values apart` : ''}
        {postgres && `; ${count(postgres.pages, 'page')} of 8 KiB`}
        {key.length === 0 && postgres && '; no primary key'}.
      </p>
    </details>
  );
}

function inShort({ columns, key, indexes, dynamodb }: TableDescription): string {
  const own = key.length > 0 ? `key ${key.join(', ')}` : 'no primary key';
  const parts = dynamodb ? [own] : [count(columns.length, 'column'), own];
  return [...parts, count(indexes.length, 'index', 'indexes')].join(' · ');
}

function describeColumn(column: ColumnDescription, { key, dynamodb }: TableDescription): string {
  const { name, type, nullable, identity, generated } = column;
  const parts = [type];
  if (dynamodb) {
    if (dynamodb.partitionKey.includes(name)) parts.push('partition key');
    else if (key.includes(name)) parts.push('sort key');
    else parts.push('of an index');
    return parts.join(', ');
  }
  if (key.includes(name)) parts.push('primary key');
  else if (!nullable) parts.push('NOT NULL');
  if (column.default !== undefined) parts.push(`default ${column.default}`);
  if (identity) parts.push(`identity, ${identity}`);
  if (generated) parts.push(`generated: ${generated}`);
  return parts.join(', ');
}

function describeIndex({
  kind,
  keys,
  includes,
  rows,
  bytes,
  postgres,
  dynamodb,
}: IndexDescription) {
  const parts = [postgres?.unique && !postgres.primary ? `unique ${kind}` : kind];
  if (postgres?.primary) parts.push('primary key');
  parts.push(`on ${keys.join(', ')}`);
  if (includes.includes('*')) parts.push('with all attributes');
  else if (includes.length > 0) parts.push(`with ${includes.join(', ')}`);
  if (dynamodb?.vector) {
    parts.push(`${dynamodb.vector.dimensions} dimensions`, dynamodb.vector.distance);
  }
  if (postgres?.predicate) parts.push(`where ${postgres.predicate}`);
  if (postgres?.valid === false) parts.push('not valid');
  if (dynamodb && dynamodb.status !== 'ACTIVE') parts.push(dynamodb.status);
  if (rows) parts.push(count(rows.count, 'entry', 'entries'));
  return [...parts, size(bytes)].join(', ');
}

/** Partitions as bars: AWS shows none of this. */
function Partitions({ table: { dynamodb } }: { table: TableDescription }) {
  const partitions = dynamodb?.partitions ?? [];
  const most = Math.max(1, ...partitions.map(({ bytes }) => bytes));
  return (
    <Part title="Partitions, which AWS never shows">
      {partitions.map(({ index, id, items, bytes, from, to }) => (
        <Entry key={`${index} ${id}`}>
          {index === undefined ? '' : `${index}: `}
          {id}
          <meter min={0} max={most} value={bytes} aria-hidden="true" />
          <span class="kj-data-quiet">
            {count(items, 'item')}, {size(bytes)}, hashes from {percent(from)} to {percent(to)}
          </span>
        </Entry>
      ))}
    </Part>
  );
}

const percent = (share: number) => `${Math.round(share * 100)} %`;

function Part({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <>
      <p class="kj-data-part">{title}</p>
      <ul>{children}</ul>
    </>
  );
}

function Entry({ change, children }: { change?: Change | undefined; children: ComponentChildren }) {
  return (
    <li data-change={change}>
      {change && (
        <span class="kj-data-mark" data-change={change}>
          <span aria-hidden="true">{CHANGE_SIGN[change]} </span>
          {change}
        </span>
      )}{' '}
      {children}
    </li>
  );
}
