/** How long the random tests go on: a sample of some seconds, or as long as the environment says. */

/** `FUZZ_SECONDS=300` lets each random test go on for that long; 0 for the sample. */
export const SECONDS = Number(process.env.FUZZ_SECONDS ?? 0);

/** `FUZZ_SEED=7` begins with other choices; a failure names the seed that repeats it. */
export const SEED = Number(process.env.FUZZ_SEED ?? 1);
