/** What a database did to answer, as a tree that both engines' plans are drawn from. */
import type { PlanNode } from '../../engine/lab/result.ts';
import { count } from './names.ts';

/** A part of the work. */
export interface WorkNode {
  /** What it is: `Index Scan`, `Query`. */
  title: string;
  /** What it worked on: `using posts_pkey on posts`. */
  on: string;
  /** What it gave to what stands above it: `3 rows`. */
  gave: string;
  /** Rows or items that it read itself, and what became of them; absent where it read none. */
  read?: { kept: number; dropped: number };
  /** Its own part of all work, without what stands below it: from 0 to 1, of the `buffers`. */
  share?: { part: number; of: string };
  /** What else there is to know, each with its name. */
  facts: Array<[name: string, fact: string]>;
  children: WorkNode[];
}

/** Fewer rows than this are seen at a glance. */
const HANDFUL = 10;
/** By how many times an estimate must be wrong to be worth a word. */
const MISJUDGED = 10;

/** A plan as it was run. Shares are of the buffers: PostgreSQL counts those of a node's children with it. */
export function planWork(plan: PlanNode): WorkNode {
  const all = buffers(plan);
  const work = (node: PlanNode): WorkNode => {
    const below = node.children.reduce((sum, child) => sum + buffers(child), 0);
    const own = Math.max(0, buffers(node) - below);
    return {
      title: node.subplan ? `${node.subplan}: ${name(node)}` : name(node),
      on: [node.index && `using ${node.index}`, node.relation && `on ${node.relation}`]
        .filter(Boolean)
        .join(' '),
      gave: answersNothing(node) ? '' : count(node.rows, 'row'),
      ...(isScan(node) && { read: { kept: node.rows, dropped: node.rowsRemoved } }),
      ...(all > 0 && { share: { part: own / all, of: 'buffers' } }),
      facts: planFacts(node, own),
      children: node.children.map(work),
    };
  };
  return work(plan);
}

const buffers = ({ buffersHit, buffersRead }: PlanNode) => buffersHit + buffersRead;
const name = ({ node, operation }: PlanNode) => operation ?? node;
/** A write without RETURNING has no rows to give. */
const answersNothing = ({ operation, rows }: PlanNode) => operation !== undefined && rows === 0;
/** Nodes that read rows themselves; a Bitmap Index Scan gives places of rows, not rows. */
const isScan = ({ node, children }: PlanNode) =>
  node === 'Bitmap Heap Scan' ||
  (node.endsWith('Scan') && children.length === 0 && node !== 'Bitmap Index Scan');

function planFacts(node: PlanNode, ownBuffers: number): WorkNode['facts'] {
  const facts: Array<[string, string] | undefined> = [
    answersNothing(node) ? undefined : ['Rows', estimate(node)],
    node.loops === 1 ? undefined : ['Loops', figure(node.loops)],
    node.condition ? ['Finds by', node.condition] : undefined,
    node.filter ? ['Filter', node.filter] : undefined,
    node.filter || node.rowsRemoved > 0
      ? ['Dropped by it', count(node.rowsRemoved, 'row')]
      : undefined,
    ['Buffers', buffersInWords(node, ownBuffers)],
    node.heapFetches ? ['Looked up in the table', count(node.heapFetches, 'row')] : undefined,
    node.sortKeys ? ['Sorts by', node.sortKeys.join(', ')] : undefined,
    node.sortMethod ? ['How', node.sortMethod] : undefined,
    node.memoryKiB ? ['Memory', `${figure(node.memoryKiB)} kB`] : undefined,
    node.diskKiB ? ['On disk', `${figure(node.diskKiB)} kB`] : undefined,
    node.batches ? ['Cut into', count(node.batches, 'batch', 'batches')] : undefined,
    node.walBytes > 0 ? ['WAL', count(node.walBytes, 'byte')] : undefined,
  ];
  return facts.filter((fact) => fact !== undefined);
}

/** `3, as planned`, `1,000, where 5 were planned (200 times as many)`. */
function estimate({ rows, rowsPlanned }: PlanNode): string {
  if (rows === rowsPlanned) return `${figure(rows)}, as planned`;
  const [less, more] = rows < rowsPlanned ? [rows, rowsPlanned] : [rowsPlanned, rows];
  const times = less > 0 ? Math.round(more / less) : 0;
  const off =
    times >= MISJUDGED ? ` (${figure(times)} times as ${rows > rowsPlanned ? 'many' : 'few'})` : '';
  return `${figure(rows)}, ${figure(rowsPlanned)} planned${off}`;
}

function buffersInWords(node: PlanNode, own: number): string {
  const parts = [
    node.children.length > 0 ? `${figure(own)} of its own` : '',
    node.buffersRead > 0 ? `${figure(node.buffersRead)} read into memory` : '',
    node.buffersDirtied ? `${figure(node.buffersDirtied)} changed` : '',
  ].filter(Boolean);
  return figure(buffers(node)) + (parts.length > 0 ? ` (${parts.join(', ')})` : '');
}

const figure = (amount: number) => amount.toLocaleString('en');

/** All nodes of a tree, parents first. */
function nodesOf(node: WorkNode): WorkNode[] {
  return [node, ...node.children.flatMap(nodesOf)];
}

/**
 * What bars of this tree are measured by: the most rows or items that one node read. Undefined where
 * bars would show nothing: one node alone that kept all it read, or a handful.
 */
export function barScale(tree: WorkNode): number | undefined {
  const reads = nodesOf(tree).flatMap(({ read }) => read ?? []);
  const telling = reads.length > 1 || reads.some(({ dropped }) => dropped > 0);
  const most = Math.max(0, ...reads.map(({ kept, dropped }) => kept + dropped));
  return telling && most >= HANDFUL ? most : undefined;
}
