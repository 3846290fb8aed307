/** The ledger of claims: every chapter's file, in the guide's order, with the labs that prove them. Node only. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'astro/zod';
import { LineCounter, parseDocument } from 'yaml';
import { type Claim, claimsSchema, type RunProof } from '../../config/claim.ts';
import { chapterLinks } from '../../config/sidebar.ts';
import type { Check } from '../../engine/lab/check-schema.ts';
import { listLabs, readLab } from '../../engine/lab/load.ts';
import { didYouMean } from '../../engine/lab/nearest.ts';
import { claimChecks } from '../../engine/lab/prove-claim.ts';
import type { Lab } from '../../engine/lab/schema.ts';
import { stepBlocks } from '../../engine/lab/steps.ts';
import type { PlayCondition } from '../../engine/sessions/conditions.ts';
import { labAddress } from '../lab/pages.ts';
import { isPlayed, playedProblems, type ScenariosOfClaims, scenariosOf } from './played.ts';

const CLAIMS = 'src/content/claims';
const CHAPTERS = 'src/content/docs/guide';

/** A mistake in the ledger: which file, which line, what is wrong and what is right. */
export class ClaimError extends Error {
  override readonly name = 'ClaimError';
}

/** A claim with its place. */
export interface LedgerEntry {
  /** Its permanent name: `chapter--id`. */
  name: string;
  chapter: string;
  claim: Claim;
  /** `file:line` of its entry. */
  place: string;
}

/** A claim that a run proves. */
export type Provable = LedgerEntry & { claim: { proof: RunProof } };

/** Whether a run proves a claim. */
export const isProvable = (entry: LedgerEntry): entry is Provable =>
  entry.claim.proof.kind === 'run';

/**
 * All claims in the guide's order.
 * @throws {ClaimError} for a file that is none of a chapter's, or that breaks the schema.
 */
export async function readLedger(root = process.cwd()): Promise<LedgerEntry[]> {
  const chapters = chapterLinks(path.join(root, CHAPTERS)).map(({ slug }) => slug.split('/')[1]);
  const files = (await readdir(path.join(root, CLAIMS))).map((file) => file.replace(/\.yaml$/, ''));
  const stray = files.find((file) => !chapters.includes(file));
  if (stray !== undefined) {
    throw new ClaimError(
      `${CLAIMS}/${stray}.yaml: no chapter is named '${stray}'${didYouMean(stray, chapters as string[])}`,
    );
  }
  const entries: LedgerEntry[] = [];
  for (const chapter of chapters) {
    if (chapter !== undefined && files.includes(chapter)) {
      entries.push(...(await readChapter(chapter, root)));
    }
  }
  return entries;
}

async function readChapter(chapter: string, root: string): Promise<LedgerEntry[]> {
  const file = `${CLAIMS}/${chapter}.yaml`;
  const lines = new LineCounter();
  const text = await readFile(path.join(root, file), 'utf8');
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [broken] = document.errors;
  if (broken) {
    const { line } = lines.linePos(broken.pos[0]);
    throw new ClaimError(`${file}:${line}: not YAML: ${broken.message}`);
  }
  const lineOf = (keys: readonly PropertyKey[]): number => {
    const node = document.getIn(keys, true) as { range?: [number, number, number] } | undefined;
    if (node?.range) return lines.linePos(node.range[0]).line;
    return keys.length === 0 ? 1 : lineOf(keys.slice(0, -1));
  };
  const read = claimsSchema.safeParse(document.toJS());
  if (!read.success) {
    const [issue] = read.error.issues;
    const at = issue?.path ?? [];
    throw new ClaimError(`${file}:${lineOf(at)}: ${z.prettifyError(read.error)}`);
  }
  return read.data.claims.map((claim, index) => ({
    name: `${chapter}--${claim.id}`,
    chapter,
    claim,
    place: `${file}:${lineOf(['claims', index])}`,
  }));
}

/** The labs that proofs name, by id, with the address at which a page shows them. */
export type LabsOfClaims = ReadonlyMap<string, { lab: Lab; address: string | undefined }>;

/** Reads the labs that prove claims. Those that are not there are left out. */
export async function labsOf(
  entries: readonly LedgerEntry[],
  root = process.cwd(),
): Promise<LabsOfClaims> {
  const all = new Set(await listLabs(root));
  const named = new Set(entries.filter(isProvable).map(({ claim }) => claim.proof.lab));
  const labs = new Map<string, { lab: Lab; address: string | undefined }>();
  for (const id of named) {
    if (all.has(id)) labs.set(id, { lab: await readLab(id, root), address: await labAddress(id) });
  }
  return labs;
}

/** All that is wrong with the ledger as a whole, a sentence each, with file and line. */
export function ledgerProblems(
  entries: readonly LedgerEntry[],
  labs: LabsOfClaims,
  played: ScenariosOfClaims,
): string[] {
  const problems: string[] = [];
  const names = new Map<string, string>();
  const assertions = new Map<string, string>();
  for (const entry of entries) {
    const { name, place } = entry;
    const other = names.get(name);
    if (other) problems.push(`${place}: '${name}' stands at ${other} already`);
    names.set(name, place);
    problems.push(...proofProblems(entry, labs, played).map((problem) => `${place}: ${problem}`));
    for (const [where, assertion] of assertionsOf(entry)) {
      const key = `${where} ${assertion}`;
      const twin = assertions.get(key);
      if (twin) problems.push(`${place}: '${twin}' rests on the same check: ${assertion}`);
      assertions.set(key, name);
    }
  }
  return problems;
}

function proofProblems(
  entry: LedgerEntry,
  labs: LabsOfClaims,
  played: ScenariosOfClaims,
): string[] {
  if (isPlayed(entry)) return playedProblems(entry, played);
  return isProvable(entry) ? runProblems(entry, labs) : [];
}

/** What a claim's proof asserts, and of what. */
function assertionsOf(entry: LedgerEntry): Array<[where: string, assertion: string]> {
  if (isPlayed(entry)) {
    const { scenario, level, order, holds } = entry.claim.proof;
    return holds.map((condition) => [`${scenario} ${level} ${order}`, assertionOf(condition)]);
  }
  if (!isProvable(entry)) return [];
  const { proof } = entry.claim;
  return claimChecks(proof).map((check) => [proof.lab, assertionOf(check)]);
}

function runProblems({ claim: { proof } }: Provable, labs: LabsOfClaims): string[] {
  const found = labs.get(proof.lab);
  if (!found) return [`no lab is named '${proof.lab}'${didYouMean(proof.lab, [...labs.keys()])}`];
  const { lab, address } = found;
  if (address === undefined) return [`no page shows the lab ${proof.lab} that proves it`];
  if (lab.exercise) return [`${proof.lab} is an exercise: a claim is proved by a lab`];
  const steps = lab.sides.flatMap((side) =>
    stepBlocks(lab.sources[side], side).map((block) => block.name),
  );
  const asked = [proof.step, ...claimChecks(proof).flatMap((c) => ('step' in c ? [c.step] : []))];
  return [...new Set(asked)].flatMap((step) =>
    step === undefined || steps.includes(step)
      ? []
      : [`${proof.lab} has no step '${step}'${didYouMean(step, steps)}`],
  );
}

/** What a check asserts, whatever it is called and in whatever order it says it. */
function assertionOf(check: Check | PlayCondition): string {
  const { name: _name, why: _why, ...assertion } = check as Check;
  return JSON.stringify(assertion, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

/** The ledger with all that its proofs rest on. */
export interface SoundLedger {
  entries: LedgerEntry[];
  labs: LabsOfClaims;
  played: ScenariosOfClaims;
}

let sound: Promise<SoundLedger> | undefined;

/**
 * The ledger for the pages, read once a build. While pages are written it is read each time, and
 * what is wrong with it is told and does not keep the page from being shown.
 * @throws {ClaimError} in a build, when anything is wrong with it.
 */
export function soundLedger(): Promise<SoundLedger> {
  if (import.meta.env?.DEV) return readSound((problem) => console.error(`[claims] ${problem}`));
  sound ??= readSound((problem) => {
    throw new ClaimError(problem);
  });
  return sound;
}

async function readSound(complain: (problems: string) => void): Promise<SoundLedger> {
  const entries = await readLedger();
  const labs = await labsOf(entries);
  const played = await scenariosOf(entries);
  const problems = ledgerProblems(entries, labs, played);
  if (problems.length > 0) complain(problems.join('\n'));
  return { entries, labs, played };
}
