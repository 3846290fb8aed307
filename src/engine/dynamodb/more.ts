/** What a page loads of the engine when it is first needed. */
export { moreOperations } from './operations/more.ts';
