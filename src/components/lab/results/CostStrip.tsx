/** What a side's run cost: units and items, or pages and rows. Never time: a page is no database server. */
import type { ComponentChildren } from 'preact';
import type { DynamoDBStep, PostgresStep, TableUnits } from '../../../engine/lab/result.ts';
import { dynamoDbCost, postgresCost } from '../cost.ts';
import { count, units } from '../names.ts';
import { dateWords, dollars, perMillion, type UnitPrices } from '../prices.ts';
import { Scroll } from './Scroll.tsx';

interface Props {
  side: { dynamodb: DynamoDBStep[]; prices: UnitPrices | undefined } | { postgres: PostgresStep[] };
  /** Whether the details are unfolded. */
  open?: boolean;
}

/** The strip below a side: the most telling figures, the rest unfolds. */
export function CostStrip({ side, open }: Props) {
  return 'dynamodb' in side ? (
    <DynamoDBStrip steps={side.dynamodb} prices={side.prices} open={open} />
  ) : (
    <PostgresStrip steps={side.postgres} open={open} />
  );
}

interface DynamoDBProps {
  steps: DynamoDBStep[];
  prices: UnitPrices | undefined;
  open: boolean | undefined;
}

function DynamoDBStrip({ steps, prices, open }: DynamoDBProps) {
  const cost = dynamoDbCost(steps);
  const made = steps.filter(({ calls }) => calls.length > 0);
  const price = prices && perMillion(cost, prices);
  const items = [
    cost.itemsRead > 0
      ? `${count(cost.itemsRead, 'item')} read, ${figure(cost.itemsReturned)} returned`
      : '',
    cost.itemsWritten > 0 ? `${count(cost.itemsWritten, 'item')} written` : '',
  ].filter(Boolean);
  let soFar = 0;
  return (
    <Unfolding
      open={open}
      figures={[
        ...(cost.read > 0 ? [<Figure value={units(cost.read)} unit="RCU" />] : []),
        ...(cost.write > 0 ? [<Figure value={units(cost.write)} unit="WCU" />] : []),
        ...(cost.read + cost.write > 0 ? [] : [<Figure value="0" unit="units" />]),
        count(cost.requests, 'request'),
        ...items,
        ...(price ? [`${dollars(price.onDemand)} for a million runs`] : []),
      ]}
    >
      <Table
        caption="DynamoDB, step by step"
        columns={['Requests', 'RCU', 'WCU', ...(prices ? ['A million', 'So far'] : [])]}
        rows={made.map((step) => {
          const own = dynamoDbCost([step]);
          const million = prices ? perMillion(own, prices).onDemand : 0;
          soFar += million;
          return {
            name: step.name,
            cells: [
              figure(own.requests),
              units(own.read),
              units(own.write),
              ...(prices ? [dollars(million), dollars(soFar)] : []),
            ],
          };
        })}
      />
      <ul>
        {cost.tables.map((table) => (
          <li key={table.table}>
            {table.table}: {shares(table)}
          </li>
        ))}
        {cost.pages > 0 && (
          <li>
            {figure(cost.pages)} of the requests are pages of one read, or parts of one batch.
          </li>
        )}
      </ul>
      {prices && price && (
        <p>
          On demand, <a href={prices.url}>list prices</a> of {dateWords(prices.asOf.onDemand)},{' '}
          {prices.regionName}, Standard class: {dollars(prices.onDemand.read)} for a million read
          units, {dollars(prices.onDemand.write)} for a million write units. With provisioned
          capacity that is always in use, a million runs are {dollars(price.provisioned)} (prices of{' '}
          {dateWords(prices.asOf.provisioned)}). Storage, backups and transfer are not in it.
          {steps.some(({ calls }) => calls.some(({ region }) => region !== undefined)) &&
            ' Other Regions have prices of their own, and the writes that a global table makes there are not counted.'}
        </p>
      )}
    </Unfolding>
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

function PostgresStrip({ steps, open }: { steps: PostgresStep[]; open: boolean | undefined }) {
  const cost = postgresCost(steps);
  const made = steps.filter(({ statements }) => statements.length > 0);
  let soFar = 0;
  return (
    <Unfolding
      open={open}
      figures={[
        <Figure value={figure(cost.buffers)} unit={cost.buffers === 1 ? 'buffer' : 'buffers'} />,
        count(cost.statements, 'statement'),
        `${count(cost.rowsScanned, 'row')} scanned, ${figure(cost.rowsReturned)} returned`,
      ]}
    >
      <Table
        caption="PostgreSQL, step by step"
        columns={['Statements', 'Scanned', 'Returned', 'Buffers', 'So far']}
        rows={made.map((step) => {
          const own = postgresCost([step]);
          soFar += own.buffers;
          return {
            name: step.name,
            cells: [own.statements, own.rowsScanned, own.rowsReturned, own.buffers, soFar].map(
              figure,
            ),
          };
        })}
      />
      <ul>
        {cost.walBytes > 0 && <li>{count(cost.walBytes, 'byte')} of WAL</li>}
        {cost.indexes.length > 0 && (
          <li>
            {cost.indexes.length === 1 ? 'index' : 'indexes'} {cost.indexes.join(', ')}
          </li>
        )}
        {cost.scanned.length > 0 && <li>read from end to end: {cost.scanned.join(', ')}</li>}
      </ul>
      <p>
        A buffer is a page of 8 kB. PostgreSQL has no price for a statement: you pay for a server by
        its size and by the hour, for storage, and with some services for what is read from and
        written to storage, whether there are many statements or none.
      </p>
    </Unfolding>
  );
}

interface UnfoldingProps {
  figures: ComponentChildren[];
  open: boolean | undefined;
  children: ComponentChildren;
}

/** Figures on one line that unfolds. */
function Unfolding({ figures, open = false, children }: UnfoldingProps) {
  return (
    <details open={open}>
      <summary>
        <span class="kj-hidden">What it cost: </span>
        {figures.map((one, index) => (
          <span key={index}>
            {one}
            {index < figures.length - 1 && <span class="kj-hidden">,</span>}{' '}
          </span>
        ))}
      </summary>
      {children}
    </details>
  );
}

interface TableProps {
  caption: string;
  columns: string[];
  rows: Array<{ name: string; cells: string[] }>;
}

/** Figures of each step, and what they add up to. */
function Table({ caption, columns, rows }: TableProps) {
  if (rows.length < 2) return null;
  return (
    <Scroll label={caption}>
      <table>
        <caption class="kj-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Step</th>
            {columns.map((column) => (
              <th key={column} scope="col" class="kj-num">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, cells }, index) => (
            <tr key={index}>
              <th scope="row">{name || 'Before the first step'}</th>
              {cells.map((cell, column) => (
                <td key={column} class="kj-num">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Figure({ value, unit }: { value: string; unit: string }) {
  return (
    <>
      <b>{value}</b> {unit}
    </>
  );
}

const figure = (amount: number) => amount.toLocaleString('en');
