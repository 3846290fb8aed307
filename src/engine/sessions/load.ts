/** Reads scenarios and their recordings from their folders. Node only: the page gets them from the build. */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { didYouMean } from '../lab/nearest.ts';
import { FileError, parseYaml } from '../yaml-file.ts';
import type { Level } from './conditions.ts';
import { ProgramError, programBlocks } from './dynamodb.ts';
import { Recording } from './recording.ts';
import { type NamedScenario, stepsOf } from './scenario.ts';
import { scenarioFields, scenarioSchema } from './scenario-schema.ts';

/** The folder that holds the scenarios, from the project's root. */
export const SCENARIOS = 'examples/sessions';
/** What all recordings were made on, and when. */
export const RECORDED = 'recorded.json';
const FILES = ['scenario.yaml', 'dynamodb.ts', 'recording.json'];

/** A mistake in a scenario's folder: which file, which line, what is wrong and what is right. */
export class ScenarioError extends FileError {
  override readonly name = 'ScenarioError';
}

const recordedSchema = z.strictObject({
  server: z.string().describe('As the server tells its version: 18.4'),
  date: z.iso.date().describe('Of the newest recording'),
});

/** What recordings were made on, and when. */
export type Recorded = z.infer<typeof recordedSchema>;

/** Names of all scenarios, sorted. */
export async function listScenarios(root = process.cwd()): Promise<string[]> {
  const folder = path.join(root, SCENARIOS);
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/**
 * Reads a scenario and checks it.
 * @throws {ScenarioError} that names the file, the line and the way to put it right.
 */
export async function readScenario(name: string, root = process.cwd()): Promise<NamedScenario> {
  const folder = path.join(SCENARIOS, name);
  if (!existsSync(path.join(root, folder))) {
    const near = didYouMean(name, await listScenarios(root));
    throw new ScenarioError(folder, undefined, `there is no such scenario${near}`);
  }
  const there = await readdir(path.join(root, folder));
  const stray = there.find((file) => !FILES.includes(file));
  if (stray !== undefined) {
    const near = didYouMean(stray, FILES);
    const message = `no scenario has a file of this name${near} (it has ${FILES.join(', ')})`;
    throw new ScenarioError(path.join(folder, stray), undefined, message);
  }
  const read = async (file: string) => {
    if (there.includes(file)) return readFile(path.join(root, folder, file), 'utf8');
    const message = `the file is missing; a scenario has ${FILES.join(', ')}`;
    throw new ScenarioError(path.join(folder, file), undefined, message);
  };
  const scenario = parseScenario(await read('scenario.yaml'), path.join(folder, 'scenario.yaml'));
  const program = await read('dynamodb.ts');
  try {
    programBlocks(program, stepsOf(scenario, scenario.levels[0] as Level));
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    throw new ScenarioError(path.join(folder, 'dynamodb.ts'), undefined, error.message);
  }
  return { ...scenario, name, program };
}

/**
 * Parses scenario.yaml.
 * @throws {ScenarioError} as `readScenario`.
 */
export function parseScenario(text: string, file: string) {
  try {
    return parseYaml(text, file, scenarioSchema, () => scenarioFields).value;
  } catch (error) {
    if (error instanceof FileError) throw new ScenarioError(file, error.line, error.mistake);
    throw error;
  }
}

/**
 * Reads a scenario's recording.
 * @throws {ScenarioError} when there is none yet, or it cannot be read.
 */
export async function readRecording(name: string, root = process.cwd()): Promise<Recording> {
  const file = path.join(SCENARIOS, name, 'recording.json');
  const text = await readFile(path.join(root, file), 'utf8').catch(() => {
    throw new ScenarioError(file, undefined, `not recorded yet: npm run record -- ${name}`);
  });
  return understood(file, `npm run record -- ${name}`, () => Recording.read(JSON.parse(text)));
}

/** What a recorded file holds; where it cannot be read, it is recorded anew, not mended. */
function understood<T>(file: string, command: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new ScenarioError(file, undefined, `${message}; record it anew: ${command}`);
  }
}

/**
 * Reads on what the recordings were made.
 * @throws {ScenarioError} when nothing was recorded yet, or it cannot be read.
 */
export async function readRecorded(root = process.cwd()): Promise<Recorded> {
  const file = path.join(SCENARIOS, RECORDED);
  const text = await readFile(path.join(root, file), 'utf8').catch(() => {
    throw new ScenarioError(file, undefined, 'nothing was recorded yet: npm run record');
  });
  return understood(file, 'npm run record', () => recordedSchema.parse(JSON.parse(text)));
}
