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
  return (
    <li>
      <b>{title(node)}</b>
      <p>{figures(node)}</p>
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

function title({ node, operation, index, relation }: PlanNode): string {
  const parts = [operation ?? node];
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
  walBytes,
}: PlanNode): string {
  const parts = [`${count(rows, 'row')} (${rowsPlanned.toLocaleString('en')} planned)`];
  if (loops > 1) parts.push(count(loops, 'loop'));
  parts.push(count(buffersHit + buffersRead, 'buffer'));
  if (walBytes > 0) parts.push(`${count(walBytes, 'byte')} of WAL`);
  return parts.join(', ');
}
