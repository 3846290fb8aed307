/** What a side's run cost: units and items, or pages and rows. Never time: a page is no database server. */
import type { DynamoDBStep, PostgresStep, TableUnits } from '../../../engine/lab/result.ts';
import { dynamoDbCost, postgresCost } from '../cost.ts';
import { count, units } from '../names.ts';

/** The strip below a side. */
export function CostStrip({
  side,
}: {
  side: { dynamodb: DynamoDBStep[] } | { postgres: PostgresStep[] };
}) {
  return 'dynamodb' in side ? (
    <DynamoDBStrip steps={side.dynamodb} />
  ) : (
    <PostgresStrip steps={side.postgres} />
  );
}

function DynamoDBStrip({ steps }: { steps: DynamoDBStep[] }) {
  const cost = dynamoDbCost(steps);
  return (
    <ul class="kj-cost-list" aria-label="What it cost on DynamoDB">
      <Figure value={cost.requests} unit={cost.requests === 1 ? 'request' : 'requests'} />
      <Figure value={units(cost.read)} unit="RCU" />
      <Figure value={units(cost.write)} unit="WCU" />
      <li>
        <b>{cost.itemsRead}</b> {cost.itemsRead === 1 ? 'item' : 'items'} read,{' '}
        <b>{cost.itemsReturned}</b> returned, <b>{cost.itemsWritten}</b> written
      </li>
      {cost.tables.map((table) => (
        <li key={table.table} class="kj-share">
          {table.table}: {shares(table)}
        </li>
      ))}
    </ul>
  );
}

/** `8 WCU (table 4, by-status 4), 0.5 RCU`. */
function shares(table: TableUnits): string {
  const parts = (['read', 'write'] as const).flatMap((kind) => {
    if (table[kind] === 0) return [];
    const whole = `${units(table[kind])} ${kind === 'read' ? 'RCU' : 'WCU'}`;
    const indexes = table.indexes
      .filter((index) => index[kind] > 0)
      .map((index) => `${index.index} ${units(index[kind])}`);
    if (indexes.length === 0) return whole;
    const base = table.base[kind] > 0 ? [`table ${units(table.base[kind])}`] : [];
    return `${whole} (${[...base, ...indexes].join(', ')})`;
  });
  return parts.join(', ') || 'nothing';
}

function PostgresStrip({ steps }: { steps: PostgresStep[] }) {
  const cost = postgresCost(steps);
  return (
    <ul class="kj-cost-list" aria-label="What it cost on PostgreSQL">
      <Figure value={cost.statements} unit={cost.statements === 1 ? 'statement' : 'statements'} />
      <Figure value={cost.buffers} unit={cost.buffers === 1 ? 'buffer' : 'buffers'} />
      <li>
        <b>{cost.rowsScanned}</b> {cost.rowsScanned === 1 ? 'row' : 'rows'} scanned,{' '}
        <b>{cost.rowsReturned}</b> returned
      </li>
      {cost.walBytes > 0 && <li>{count(cost.walBytes, 'byte')} of WAL</li>}
      {cost.indexes.length > 0 && (
        <li class="kj-share">
          {cost.indexes.length === 1 ? 'index' : 'indexes'} {cost.indexes.join(', ')}
        </li>
      )}
      {cost.scanned.length > 0 && (
        <li class="kj-share">read from end to end: {cost.scanned.join(', ')}</li>
      )}
    </ul>
  );
}

function Figure({ value, unit }: { value: number | string; unit: string }) {
  return (
    <li>
      <b>{value}</b> {unit}
    </li>
  );
}
