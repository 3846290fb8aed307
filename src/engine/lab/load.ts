/** Reads a lab's folder. Node only: the page gets its labs from the build. */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { FileError, type LineOf, parseYaml } from '../yaml-file.ts';
import { sideOf } from './check-schema.ts';
import { DIALECT_FILES, DIALECTS, type Dialect } from './dialects.ts';
import { didYouMean } from './nearest.ts';
import type { Recording, Side } from './result.ts';
import { type Lab, labFields, labSchema, type Sources } from './schema.ts';
import { stepBlocks } from './steps.ts';
import { translate } from './translate.ts';
import { worldSchema } from './world.ts';

/** A mistake in a lab's folder: which file, which line, what is wrong and what is right. */
export class LabError extends FileError {
  override readonly name = 'LabError';
}

/** The folder that holds the chapters' labs, from the project's root. */
export const EXAMPLES = 'examples';

const SIDES = ['dynamodb', 'postgres'] as const;
/** The files of a lab's program, and of each program of an exercise. */
const SOURCES = { dynamodb: 'dynamodb.ts', postgres: 'postgres.sql' } as const;
const VARIANTS = ['starter', 'solution', 'decoy'] as const;
const ENDINGS = { dynamodb: 'ts', postgres: 'sql' } as const;
const FILES = ['lab.yaml', ...Object.values(SOURCES), 'expected.json'];
/** Files that a lab has where it offers the dialect. */
const OPTIONAL = DIALECTS.map((dialect) => DIALECT_FILES[dialect].file);
/** The file of a program for both databases, in place of one for each. */
const MAIN_FILE = 'main.ts';
const MAIN_FILES = ['lab.yaml', MAIN_FILE, 'expected.json'];
const exerciseFiles = (sides: readonly Side[]) => [
  'lab.yaml',
  ...VARIANTS.flatMap((variant) => sides.map((side) => `${variant}.${ENDINGS[side]}`)),
  'expected.json',
];
/** Folders of `examples` that hold no labs. */
const NOT_CHAPTERS = ['datasets', 'sessions'];

/** Ids of all labs, `chapter/name`, sorted. */
export async function listLabs(root = process.cwd()): Promise<string[]> {
  const ids: string[] = [];
  const top = path.join(root, EXAMPLES);
  for (const chapter of await readdir(top, { withFileTypes: true })) {
    if (!chapter.isDirectory() || NOT_CHAPTERS.includes(chapter.name)) continue;
    for (const lab of await readdir(path.join(top, chapter.name), { withFileTypes: true })) {
      if (lab.isDirectory()) ids.push(`${chapter.name}/${lab.name}`);
    }
  }
  return ids.sort();
}

/**
 * Reads a lab and checks it.
 * @throws {LabError} that names the file, the line and the way to put it right.
 */
export async function readLab(id: string, root = process.cwd()): Promise<Lab> {
  const folder = path.join(EXAMPLES, id);
  if (!existsSync(path.join(root, folder))) {
    const near = didYouMean(id, await listLabs(root));
    throw new LabError(folder, undefined, `there is no such lab${near}`);
  }
  const there = await readdir(path.join(root, folder));
  const read = (file: string) => readFile(path.join(root, folder, file), 'utf8');
  const missing = (file: string, has: string) =>
    new LabError(path.join(folder, file), undefined, `the file is missing; ${has}`);
  if (!there.includes('lab.yaml')) {
    throw missing('lab.yaml', `a lab has ${FILES.join(', ')}`);
  }
  const meta = parseMeta(await read('lab.yaml'), path.join(folder, 'lab.yaml'));
  const { exercise } = meta.value;
  const main = exercise ? exercise.main === true : there.includes(MAIN_FILE);
  /** The sides that have files. */
  const written: readonly Side[] = main ? ['dynamodb'] : SIDES;
  const usual = main ? MAIN_FILES : [...FILES, ...OPTIONAL];
  const files = exercise ? exerciseFiles(written) : usual;
  const has = exercise
    ? `an exercise ${main ? 'for both databases in one program ' : ''}has ${files.join(', ')}`
    : main
      ? `a lab with ${MAIN_FILE} has ${MAIN_FILES.join(', ')}`
      : `a lab has ${FILES.join(', ')}, and perhaps ${OPTIONAL.join(', ')}; or ${MAIN_FILES.join(', ')}`;
  for (const file of there) {
    if (files.includes(file)) continue;
    const near = didYouMean(file, files);
    throw new LabError(
      path.join(folder, file),
      undefined,
      `no ${exercise ? 'exercise' : 'lab'} has a file of this name${near} (${has})`,
    );
  }
  const sides =
    exercise && !main
      ? SIDES.filter((side) => there.some((file) => file.endsWith(`.${ENDINGS[side]}`)))
      : SIDES;
  if (sides.length === 0) throw missing('starter.sql', `${has}, of one side or of both`);
  const fileOf = (side: Side) => (main ? MAIN_FILE : SOURCES[side]);
  const sourcesOf = async (name: (side: Side) => string): Promise<Sources> => {
    const sources: Sources = { dynamodb: '', postgres: '' };
    for (const side of main ? written : sides) {
      const file = name(side);
      if (!there.includes(file)) throw missing(file, has);
      sources[side] = await read(file);
    }
    return sources;
  };
  const variant = (name: (typeof VARIANTS)[number]) =>
    sourcesOf((side) => `${name}.${ENDINGS[side]}`);
  const { sources, translations } = translate(
    exercise ? await variant('starter') : await sourcesOf(fileOf),
    meta.value,
    (at, message) => {
      if ('keys' in at) {
        throw new LabError(path.join(folder, 'lab.yaml'), meta.lineOf(at.keys), message);
      }
      const file = exercise ? `starter.${ENDINGS[at.side]}` : fileOf(at.side);
      throw new LabError(path.join(folder, file), at.line, message);
    },
  );
  const lab: Lab = {
    ...meta.value,
    id,
    sides,
    main,
    sources,
    dialects: {},
    translations,
    ...(exercise && {
      variants: { solution: await variant('solution'), decoy: await variant('decoy') },
    }),
  };
  for (const dialect of main ? [] : DIALECTS) {
    const { file } = DIALECT_FILES[dialect];
    if (there.includes(file)) lab.dialects[dialect] = await read(file);
  }
  checkSteps(lab, folder, meta.lineOf);
  checkDialects(lab, folder, meta.lineOf);
  return lab;
}

/**
 * Reads a lab with its recorded run.
 * @throws {LabError} also when expected.json is missing: `npm run examples -- ID --update` records it.
 */
export async function loadLab(
  id: string,
  root = process.cwd(),
): Promise<{ lab: Lab; expected: Recording }> {
  const lab = await readLab(id, root);
  const file = path.join(EXAMPLES, id, 'expected.json');
  const text = await readFile(path.join(root, file), 'utf8').catch(() => {
    throw new LabError(file, undefined, `not recorded yet: npm run examples -- ${id} --update`);
  });
  return { lab, expected: JSON.parse(text) as Recording };
}

/** Parses lab.yaml; `lineOf` finds the line of a field by its path. */
export function parseMeta(text: string, file: string) {
  const fieldsAt = ([first]: readonly PropertyKey[]) =>
    Object.keys(first === 'world' ? worldSchema.shape : labFields.shape);
  try {
    return parseYaml(text, file, labSchema, fieldsAt);
  } catch (error) {
    if (error instanceof FileError) throw new LabError(file, error.line, error.mistake);
    throw error;
  }
}

/** Every step that lab.yaml names must be in a source, and what a check asks about in the lab. */
function checkSteps(lab: Lab, folder: string, lineOf: LineOf): void {
  const names = new Set(
    [lab.sources, ...Object.values(lab.variants ?? {})].flatMap((sources) =>
      SIDES.flatMap((side) => stepBlocks(sources[side], side).map((block) => block.name)),
    ),
  );
  const known = (name: string, at: PropertyKey[]) => {
    if (names.has(name)) return;
    const near = didYouMean(name, [...names]);
    throw new LabError(
      path.join(folder, 'lab.yaml'),
      lineOf(at),
      `no step is named '${name}'${near}`,
    );
  };
  lab.compare.forEach((pair, index) => {
    for (const name of Object.values(pair)) known(name, ['compare', index]);
  });
  for (const name of Object.keys(lab.expect)) known(name, ['expect', name]);
  for (const name of Object.keys(lab.world?.advance ?? {})) known(name, ['world', 'advance', name]);
  lab.checks.forEach((check, index) => {
    if ('step' in check && check.step !== undefined) known(check.step, ['checks', index, 'step']);
    const side = sideOf(check);
    if (lab.sides.includes(side)) return;
    throw new LabError(
      path.join(folder, 'lab.yaml'),
      lineOf(['checks', index]),
      `checks.${index}: it asks about ${side === 'dynamodb' ? 'DynamoDB' : 'PostgreSQL'}, and there is no starter.${ENDINGS[side]}`,
    );
  });
}

/** A dialect has the steps of dynamodb.ts, in its order, and a check asks about a dialect that is there. */
function checkDialects(lab: Lab, folder: string, lineOf: LineOf): void {
  const named = (source: string, program: 'dynamodb' | Dialect) =>
    stepBlocks(source, program).filter(({ name }) => name !== '');
  const wanted = named(lab.sources.dynamodb, 'dynamodb').map(({ name }) => name);
  for (const dialect of DIALECTS) {
    const source = lab.dialects[dialect];
    if (source === undefined) continue;
    const found = named(source, dialect);
    const file = path.join(folder, DIALECT_FILES[dialect].file);
    for (const [index, { name, startLine }] of found.entries()) {
      if (name === wanted[index]) continue;
      const message = wanted.includes(name)
        ? `the step '${name}' is out of order: dynamodb.ts has '${wanted[index] ?? 'none'}' here`
        : `dynamodb.ts has no step '${name}'${didYouMean(name, wanted)}`;
      throw new LabError(file, startLine - 1, message);
    }
    const missing = wanted[found.length];
    if (missing === undefined) continue;
    throw new LabError(file, undefined, `the step '${missing}' of dynamodb.ts is missing`);
  }
  const there = ['sdk', ...Object.keys(lab.dialects)];
  lab.checks.forEach((check, index) => {
    if (!('dialect' in check) || check.dialect === undefined) return;
    if (there.length > 1 && there.includes(check.dialect)) return;
    throw new LabError(
      path.join(folder, 'lab.yaml'),
      lineOf(['checks', index, 'dialect']),
      `checks.${index}: the lab has no dialect '${check.dialect}' to tell from others`,
    );
  });
}
