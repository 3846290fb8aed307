/** A plan as it was run, as a nested list. */
import type { PlanNode } from '../../../engine/lab/result.ts';
import { count } from '../names.ts';

/** The plan's nodes; figures are totals over all loops, a node's buffers include its children's. */
export function PlanTree({ plan }: { plan: PlanNode }) {
  return (
    <ul class="kj-plan">
      <Node node={plan} />
    </ul>
  );
}

function Node({ node }: { node: PlanNode }) {
  const kept = storage(node);
  return (
    <li>
      <b>{title(node)}</b>
      <p>{figures(node)}</p>
      {kept && <p>{kept}</p>}
      {node.condition && <p>finds: {node.condition}</p>}
      {node.filter && (
        <p>
          drops: {node.filter}, {count(node.rowsRemoved, 'row')} dropped
        </p>
      )}
      {node.children.length > 0 && (
        <ul>
          {node.children.map((child, index) => (
            <Node key={index} node={child} />
          ))}
        </ul>
      )}
    </li>
  );
}

function title({ node, operation, index, relation, subplan }: PlanNode): string {
  const parts = [operation ?? node];
  if (subplan) parts.unshift(`${subplan}:`);
  if (index) parts.push(`using ${index}`);
  if (relation) parts.push(`on ${relation}`);
  return parts.join(' ');
}

function figures({
  rows,
  rowsPlanned,
  loops,
  buffersHit,
  buffersRead,
  buffersDirtied,
  walBytes,
  heapFetches,
}: PlanNode): string {
  const parts = [`${count(rows, 'row')} (${rowsPlanned.toLocaleString('en')} planned)`];
  if (loops !== 1) parts.push(count(loops, 'loop'));
  const fromDisk = buffersRead > 0 ? [`${buffersRead.toLocaleString('en')} read`] : [];
  const changed = buffersDirtied ? [`${buffersDirtied.toLocaleString('en')} dirtied`] : [];
  const kinds = [...fromDisk, ...changed].join(', ');
  parts.push(count(buffersHit + buffersRead, 'buffer') + (kinds && ` (${kinds})`));
  if (walBytes > 0) parts.push(`${count(walBytes, 'byte')} of WAL`);
  if (heapFetches) parts.push(`${count(heapFetches, 'row')} looked up in the table`);
  return parts.join(', ');
}

/** What a sort or a hash table did with its rows; empty for other nodes. */
function storage({ sortKeys, sortMethod, memoryKiB, diskKiB, batches }: PlanNode): string {
  const parts: string[] = [];
  if (sortKeys) parts.push(`sorts by ${sortKeys.join(', ')}`);
  if (sortMethod) parts.push(sortMethod);
  if (memoryKiB) parts.push(`${memoryKiB.toLocaleString('en')} kB of memory`);
  if (diskKiB) parts.push(`${diskKiB.toLocaleString('en')} kB on disk`);
  if (batches) parts.push(count(batches, 'batch', 'batches'));
  return parts.join(', ');
}
