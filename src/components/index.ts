/** The components that a chapter may import. */
export { default as ChapterList } from './site/ChapterList.astro';
