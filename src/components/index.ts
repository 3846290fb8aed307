/** The components that a chapter may import. */
export { default as Claims } from './claim/Claims.astro';
export { default as Conformance } from './difference/Conformance.astro';
export { default as Differences } from './difference/Differences.astro';
export { default as ErrorIndex } from './error/ErrorIndex.astro';
export { default as SqlstateTable } from './error/SqlstateTable.astro';
export { default as Lab } from './lab/Lab.astro';
export { default as ChapterList } from './site/ChapterList.astro';
