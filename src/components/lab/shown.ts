/** What stands under each block of a side: of which run, whether it is older than the code, and the last good one. */
import { joinBlocks } from '../../engine/lab/steps.ts';
import type { Panel } from './names.ts';
import { type BlockPlace, placeSteps } from './place.ts';
import { errorOf, isCodeOf, isGood, type Original, type Result, type Texts } from './state.ts';
import { type SideStep, stepsWithSide } from './view.ts';

/** A block's share of a result. */
export interface Share {
  result: Result;
  steps: SideStep[];
  /** Where the blocks stood in the program that was run. */
  places: readonly BlockPlace[];
}

/** What is shown under a block. */
export interface Shown {
  /** Undefined: what the page came with. */
  share: Share | undefined;
  /** What it is, where the side's head does not say it already; empty otherwise. */
  words: string;
  /** The code has changed since. */
  older: boolean;
  /** Where the step failed: its last good answer, or the recorded one. */
  good: Share | 'recorded' | undefined;
}

interface Block {
  name: string;
}

/** `results` are newest first; `texts` is the code as it is now. */
export function shownUnder(
  blocks: readonly Block[],
  panel: Panel,
  results: readonly Result[],
  first: Original,
  texts: Texts,
): Shown[] {
  const parts = results.map((result) => sharesOf(blocks, panel, result));
  return blocks.map((_, index) => {
    const shares = parts.flatMap((part) => part[index] ?? []);
    const [share] = shares;
    const own = share?.result.texts ?? first.texts;
    const older = !isCodeOf(own.slice(0, index + 1), texts) && !(first.state === 'idle' && !share);
    const whence = origin(share?.result, results, first);
    const words = [whence, older && 'before the edit'].filter(Boolean).join(', ');
    return { share, words, older, good: share && lastGood(share, shares, panel, first) };
  });
}

/** Where the blocks of a side stand in the program that a result is of. */
export function placesOf(blocks: readonly Block[], panel: Panel, texts: Texts): BlockPlace[] {
  const named = blocks.map(({ name }, index) => ({ name, text: texts[index] ?? '' }));
  const { startLines } = joinBlocks(named, panel === 'both' ? 'dynamodb' : panel);
  return named.map(({ name, text }, index) => ({
    name,
    startLine: startLines[index] ?? 1,
    lines: text.split('\n').length,
  }));
}

/** What a result has for each block; nothing for those that it did not run. */
function sharesOf(
  blocks: readonly Block[],
  panel: Panel,
  result: Result,
): Array<Share | undefined> {
  const places = placesOf(blocks, panel, result.texts);
  const all = stepsWithSide(result.run, panel);
  const at = placeSteps(places, all);
  return blocks.map((_, index) =>
    index < result.texts.length
      ? { result, places, steps: all.flatMap(({ step }, n) => (at[n] === index ? step : [])) }
      : undefined,
  );
}

function origin(
  result: Result | undefined,
  results: readonly Result[],
  first: Original,
): string | false {
  if (results.length === 0 || result === results[0]) return false;
  if (result) return 'from an earlier run';
  return first.state === 'stored' ? 'recorded output' : 'not run';
}

function lastGood(
  share: Share,
  shares: readonly Share[],
  panel: Panel,
  first: Original,
): Shown['good'] {
  const failed = errorOf(share.result.run, panel) !== undefined || !share.steps.every(isGoodStep);
  if (!failed) return undefined;
  const good = shares.find(({ steps }) => steps.length > 0 && steps.every(isGoodStep));
  return good ?? (first.state === 'stored' ? 'recorded' : undefined);
}

const isGoodStep = ({ dynamodb, postgres }: SideStep) =>
  [dynamodb, postgres].every((step) => step === undefined || isGood(step.status));
