/** What the page needs of a lab to draw one of its sides, put together at build time. */
import { DIALECTS, type Dialect } from '../../engine/lab/dialects.ts';
import type {
  DynamoDBStep,
  LabRun,
  PostgresStep,
  Recording,
  Side,
} from '../../engine/lab/result.ts';
import type { Lab } from '../../engine/lab/schema.ts';
import { type AlignedStep, type StepBlock, stepBlocks } from '../../engine/lab/steps.ts';
import type { Translation } from '../../engine/lab/translate.ts';
import type { PlacedClause } from './clauses.ts';
import { type Panel, sidesOf } from './names.ts';
import { type BlockPlace, placeLine, placeSteps } from './place.ts';
import type { LineOf } from './results/StepResult.tsx';

/** What a step did: on one side, or on both, where one program is for both databases. */
export interface SideStep {
  dynamodb?: DynamoDBStep;
  postgres?: PostgresStep;
}

/** A row of one side. Without a block the step exists on the other side only. */
export interface RowView {
  block: StepBlock | undefined;
  /** The heading; empty when the lab has no steps. */
  title: string;
  /** Counts the named steps from 1. */
  number: number | undefined;
  slug: string;
  /** Whether this side stands first among those that have the step: it carries the anchor. */
  first: boolean;
  /** Whether the other side has a step of the same name. */
  paired: boolean;
  /** What has a counterpart on the other side. */
  clauses: PlacedClause[];
  /** A list of what corresponds stands below the code of this row. */
  translated: boolean;
  results: SideStep[];
  lineOf: LineOf;
}

/** One side of a lab. */
export interface SideView {
  panel: Panel;
  /** Whose program it is; of one for both, where that stands. */
  side: Side;
  /** Of DynamoDB's side, where it is not the SDK's. */
  dialect?: Dialect;
  rows: RowView[];
}

/** The heading of code that stands before the first step. */
export const SET_UP = 'Set-up';

/** Lays the recorded run over the rows of one side. */
export function sideView(
  panel: Panel,
  rows: readonly AlignedStep[],
  expected: LabRun,
  translations: readonly Translation[] = [],
): SideView {
  const side = panel === 'both' ? 'dynamodb' : panel;
  const blocks = rows.flatMap((row) => row[side] ?? []);
  const places = blocks.map(blockPlace);
  const steps = stepsWithSide(expected, panel);
  const at = placeSteps(
    places,
    steps.map(({ name }) => ({ name })),
  );
  let number = 0;
  return {
    panel,
    side,
    rows: rows.map((row) => {
      const block = row[side];
      const index = block ? blocks.indexOf(block) : -1;
      if (row.name !== '') number += 1;
      return {
        block,
        title: row.name === '' && rows.length > 1 ? SET_UP : row.name,
        number: row.name === '' ? undefined : number,
        slug: slug(row.name || SET_UP),
        first: side === 'dynamodb' || row.dynamodb === undefined,
        paired: row.dynamodb !== undefined && row.postgres !== undefined,
        clauses: block ? clausesIn(block, side, translations) : [],
        translated: translations.some((translation) => isListedAt(translation, row, rows)),
        results: steps.filter((_, step) => at[step] === index).map(({ step }) => step),
        lineOf: lineOf(places, index),
      };
    }),
  };
}

/** A lab's rows; where only a dialect has code before the first step, there is a row for that. */
export function withSetUp(
  rows: readonly AlignedStep[],
  { dialects }: Pick<Lab, 'dialects'>,
): readonly AlignedStep[] {
  const has = DIALECTS.some((dialect) => blocksOf(dialects, dialect)[0]?.name === '');
  return has && rows[0]?.name !== '' ? [{ name: '' }, ...rows] : rows;
}

/** DynamoDB's side in a dialect, step beside step with the SDK's. */
export function dialectView(
  dialect: Dialect,
  rows: readonly AlignedStep[],
  { dialects }: Pick<Lab, 'dialects'>,
  recording: Recording,
  translations: readonly Translation[],
): SideView {
  const blocks = blocksOf(dialects, dialect);
  const own = rows.map(({ dynamodb: _, ...row }): AlignedStep => {
    const block = blocks.find(({ name }) => name === row.name);
    return block ? { ...row, dynamodb: block } : row;
  });
  const run = recording.dialects?.[dialect];
  const view = sideView('dynamodb', own, run ? { dynamodb: run } : {});
  // The list of what corresponds is about the SDK's code, but its place is there in each dialect.
  const isListed = sideView('dynamodb', rows, {}, translations).rows.map((row) => row.translated);
  const translated = view.rows.map((row, n) => ({ ...row, translated: isListed[n] ?? false }));
  return {
    ...view,
    dialect,
    // What only the SDK's program has, as its set-up, has no place here.
    rows: translated.filter((_, n) => own[n]?.dynamodb || own[n]?.postgres),
  };
}

const blocksOf = (dialects: Lab['dialects'], dialect: Dialect) =>
  stepBlocks(dialects[dialect] ?? '', dialect);

/** What is listed below the code of a row, and on which line of the lab's grid. */
export interface TranslationList {
  step: string;
  gridRow: number;
  translations: Translation[];
}

/** Rows of the grid that each side has above its steps: its head and its problem. */
const ABOVE = 2;
/** Those of a step: its head, its code, its answers; and one for a list. */
const OF_STEP = 3;

/** The lists of a lab, one for each row that has translations, and how many rows its grid has. */
export function translationLists(
  rows: readonly AlignedStep[],
  translations: readonly Translation[],
): { lists: TranslationList[]; gridRows: number } {
  const lists: TranslationList[] = [];
  let gridRow = ABOVE;
  for (const row of rows) {
    const own = translations.filter((translation) => isListedAt(translation, row, rows));
    if (own.length > 0) {
      // Below the head and the code.
      lists.push({ step: row.name, gridRow: gridRow + 3, translations: own });
      gridRow += 1;
    }
    gridRow += OF_STEP;
  }
  // The last one is that of the costs.
  return { lists, gridRows: gridRow + 1 };
}

/** Of a pair of rows the lower one: there both sides' code has been read. */
function isListedAt(
  { steps }: Translation,
  row: AlignedStep,
  rows: readonly AlignedStep[],
): boolean {
  return row === rows.findLast(({ name }) => Object.values(steps).includes(name));
}

/** Pieces of a block's lines; the lines of translations are those of the file. */
function clausesIn(
  { text, startLine }: StepBlock,
  side: Side,
  translations: readonly Translation[],
): PlacedClause[] {
  const lines = text.split('\n').length;
  return translations.flatMap(({ number, clauses }) =>
    clauses[side].flatMap(({ line, from, to }) => {
      const within = line - startLine + 1;
      return within >= 1 && within <= lines ? { line: within, from, to, number } : [];
    }),
  );
}

/** The lines that a block takes in its file. */
export function blockPlace({ name, text, startLine }: StepBlock): BlockPlace {
  return { name, startLine, lines: text.split('\n').length };
}

/** Finds lines of one block; a line of another block is none of its own. */
export function lineOf(places: readonly BlockPlace[], block: number): LineOf {
  return (fileLine) => {
    const place = fileLine === undefined ? undefined : placeLine(places, fileLine);
    return place?.block === block ? place.line : undefined;
  };
}

/** The steps of a run's panel, each in the form that says which side it is of. */
export function stepsWithSide(run: LabRun, panel: Panel): Array<{ name: string; step: SideStep }> {
  const [first, second] = sidesOf(panel).map((side) =>
    (run[side]?.steps ?? []).map((step) => ({ name: step.name, step: { [side]: step } })),
  );
  return (first ?? []).map(({ name, step }, index) => ({
    name,
    step: { ...step, ...second?.[index]?.step },
  }));
}

/** A step's name as a part of an address. */
export function slug(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
}
