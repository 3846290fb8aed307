/** The steps of a lab's sources: cut at the markers, lined up side by side, joined again. */

import { COMMENT, type Program } from './dialects.ts';
import type { Lab } from './schema.ts';

/** A part of a source file: a step without its marker line, or what stands before the first marker. */
export interface StepBlock {
  /** The marker's name; empty for what stands before the first marker. */
  name: string;
  text: string;
  /** 1-based line of the file on which `text` begins. */
  startLine: number;
}

/** One row of a lab: the same step on both sides, or on one of them. */
export interface AlignedStep {
  name: string;
  dynamodb?: StepBlock;
  postgres?: StepBlock;
}

const MARKER: Record<Program, RegExp> = {
  dynamodb: /^\/\/ step: (.*\S)\s*$/,
  postgres: /^-- step: (.*\S)\s*$/,
  partiql: /^-- step: (.*\S)\s*$/,
  cli: /^# step: (.*\S)\s*$/,
};

/**
 * Cuts a source at its markers. A marker stands at the beginning of a line; that it also stands
 * between statements is for the parsers of the languages to say.
 * Blank lines round a block are left out of its text; a block without text is left out unless named.
 */
export function stepBlocks(source: string, program: Program): StepBlock[] {
  const blocks: Array<{ name: string; lines: string[]; startLine: number }> = [
    { name: '', lines: [], startLine: 1 },
  ];
  source.split(/\r?\n/).forEach((line, index) => {
    const name = MARKER[program].exec(line)?.[1];
    if (name !== undefined) blocks.push({ name, lines: [], startLine: index + 2 });
    else blocks.at(-1)?.lines.push(line);
  });
  return blocks
    .map(({ name, lines, startLine }) => {
      const first = Math.max(
        0,
        lines.findIndex((line) => line.trim() !== ''),
      );
      return { name, text: lines.slice(first).join('\n').trimEnd(), startLine: startLine + first };
    })
    .filter((block) => block.name !== '' || block.text !== '');
}

/** The step in which an offset of a source stands: from behind its marker to the next marker. */
export function stepAt(
  source: string,
  program: Program,
  offset: number,
): { name: string; start: number; end: number } {
  let step = { name: '', start: 0 };
  let lineStart = 0;
  for (const line of source.split('\n')) {
    const lineEnd = Math.min(source.length, lineStart + line.length + 1);
    const name = MARKER[program].exec(line)?.[1];
    if (name !== undefined) {
      if (lineStart > offset) return { ...step, end: lineStart };
      step = { name, start: lineEnd };
    }
    lineStart = lineEnd;
  }
  return { ...step, end: source.length };
}

/**
 * Puts blocks together into a source, one blank line between them.
 * Answers also the line on which each block's text begins, to find an error's block again, and the
 * offset of its first character.
 */
export function joinBlocks(
  blocks: ReadonlyArray<Pick<StepBlock, 'name' | 'text'>>,
  program: Program,
): { source: string; startLines: number[]; offsets: number[] } {
  const lines: string[] = [];
  const startLines: number[] = [];
  for (const block of blocks) {
    if (lines.length > 0) lines.push('');
    if (block.name !== '') lines.push(`${COMMENT[program]} step: ${block.name}`);
    startLines.push(lines.length + 1);
    lines.push(...block.text.split('\n'));
  }
  const offsets = startLines.map(
    (line) => lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0),
  );
  return { source: `${lines.join('\n')}\n`, startLines, offsets };
}

/** Lines up the steps of both sources by name, keeping the order of each. */
export function alignSteps(lab: Pick<Lab, 'sources'>): AlignedStep[] {
  const left = stepBlocks(lab.sources.dynamodb, 'dynamodb');
  const right = stepBlocks(lab.sources.postgres, 'postgres');
  const rows: AlignedStep[] = [];
  let next = 0;
  for (const block of left) {
    const twin = right.findIndex((other, index) => index >= next && other.name === block.name);
    if (twin === -1) {
      rows.push({ name: block.name, dynamodb: block });
      continue;
    }
    for (const other of right.slice(next, twin)) rows.push({ name: other.name, postgres: other });
    rows.push({ name: block.name, dynamodb: block, postgres: right[twin] as StepBlock });
    next = twin + 1;
  }
  for (const other of right.slice(next)) rows.push({ name: other.name, postgres: other });
  return rows;
}
