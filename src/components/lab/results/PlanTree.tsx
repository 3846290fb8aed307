/** PostgreSQL's plan as it was run, as a tree. */
import type { PlanNode } from '../../../engine/lab/result.ts';
import { planWork } from '../work.ts';
import { WorkTree } from './WorkTree.tsx';

/** The plan's nodes; figures are totals over all loops, a node's buffers include its children's. */
export function PlanTree({ plan }: { plan: PlanNode }) {
  return <WorkTree work={planWork(plan)} />;
}
