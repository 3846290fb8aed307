/** The components that a chapter may import. */

export { default as Timeline } from './change/Timeline.astro';
export { default as ClaimCounts } from './claim/ClaimCounts.astro';
export { default as Claims } from './claim/Claims.astro';
export { default as Ledger } from './claim/Ledger.astro';
export { default as Conformance } from './difference/Conformance.astro';
export { default as Differences } from './difference/Differences.astro';
export { default as ErrorIndex } from './error/ErrorIndex.astro';
export { default as SqlstateTable } from './error/SqlstateTable.astro';
export { default as Glossary } from './glossary/Glossary.astro';
export { default as Term } from './glossary/Term.astro';
export { default as Lab } from './lab/Lab.astro';
export { default as Paths } from './path/Paths.astro';
export { default as Playground } from './playground/Playground.astro';
export { default as Figures } from './postgres/Figures.astro';
export { default as PostgresCompared } from './postgres/PostgresCompared.astro';
export { default as PostgresExtensions } from './postgres/PostgresExtensions.astro';
export { default as PostgresSettings } from './postgres/PostgresSettings.astro';
export { default as PostgresTried } from './postgres/PostgresTried.astro';
export { default as PostgresVersion } from './postgres/PostgresVersion.astro';
export { default as PriceTable } from './price/PriceTable.astro';
export { default as Scenarios } from './price/Scenarios.astro';
export { default as Progress } from './progress/Progress.astro';
export { default as Interleavings } from './sessions/Interleavings.astro';
export { default as ScenarioList } from './sessions/ScenarioList.astro';
export { default as ChapterList } from './site/ChapterList.astro';
export { default as Sources } from './source/Sources.astro';
