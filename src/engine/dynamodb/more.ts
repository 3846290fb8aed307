/** What a page loads of the engine when it is first needed. */
import type { More } from './engine.ts';
import { openGuard } from './iam/guard.ts';
import { moreOperations } from './operations/more.ts';

export const more: More = { operations: moreOperations, openGuard };
