/** The versions of the watched rows after an event: who made each, who replaced or locked it. */
import type { RowVersion, TableVersions } from '../../engine/sessions/play.ts';
import { endWords, isDead, stateWords, transactionName } from './words.ts';

interface Props {
  tables: readonly TableVersions[];
  /** The step that led to it. */
  after: string;
}

/** Each table's versions in the order in which they lie in its page. */
export function VersionsView({ tables, after }: Props) {
  return (
    <>
      {tables.map(({ table, columns, versions }) => (
        <table class="kj-ses-versions" data-wide={columns.length > 3 ? '' : undefined} key={table}>
          <caption>
            {table} <span class="kj-hidden">after {after}</span>
          </caption>
          <thead>
            <tr>
              {[...columns, 'xmin', 'xmax'].map((name) => (
                <th scope="col" key={name}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {versions.map((version) => (
              <Version key={version.at} version={version} />
            ))}
          </tbody>
        </table>
      ))}
    </>
  );
}

function Version({ version }: { version: RowVersion }) {
  const { at, madeBy, made, endedBy, ended, values } = version;
  const dead = isDead(version);
  const Value = dead ? 's' : 'span';
  return (
    <tr data-dead={dead ? '' : undefined} data-open={made === 'open' ? '' : undefined} title={at}>
      {values.map((value, index) => (
        <td key={index}>
          <Value>{value ?? 'NULL'}</Value>
          {dead && index === 0 && <span class="kj-hidden"> (dead)</span>}
        </td>
      ))}
      <td>
        {transactionName(madeBy)} <small>{stateWords(madeBy, made)}</small>
      </td>
      <td>
        {endedBy && (
          <>
            {endedBy.by.map(transactionName).join(', ')}{' '}
            <small>{endWords(endedBy.how, ended)}</small>
          </>
        )}
      </td>
    </tr>
  );
}
