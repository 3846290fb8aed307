/** Scenarios with their recordings, and the code as the page shows it. For the build only. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { programBlocks, SET_UP } from '../../engine/sessions/dynamodb.ts';
import {
  listScenarios,
  readRecorded,
  readRecording,
  readScenario,
  SCENARIOS,
  ScenarioError,
} from '../../engine/sessions/load.ts';
import type { PlayStep } from '../../engine/sessions/play.ts';
import type { PackedRecording } from '../../engine/sessions/recording.ts';
import { type NamedScenario, stepsOf } from '../../engine/sessions/scenario.ts';
import { codeHtml } from '../lab/clauses.ts';
import { firstChoice, type ScenarioData } from './data.ts';

export { listScenarios };

/**
 * A scenario with all that its page needs.
 * @throws {ScenarioError} for what is wrong in its folder, or when the recording lacks what is shown first.
 */
export async function readScenarioData(name: string, root = process.cwd()): Promise<ScenarioData> {
  const scenario = await readScenario(name, root);
  const recording = await readRecording(name, root);
  const file = path.join(SCENARIOS, name, 'recording.json');
  const { order, level: first } = firstChoice(scenario);
  for (const level of scenario.levels) {
    if (recording.play(level, order)) continue;
    const message = `there is no ${order} at ${level} in it: npm run record -- ${name}`;
    throw new ScenarioError(file, undefined, message);
  }
  return {
    scenario,
    recording: JSON.parse(await readFile(path.join(root, file), 'utf8')) as PackedRecording,
    recorded: await readRecorded(root),
    sql: sqlOf(scenario),
    dynamodb: codeOf(scenario.program, stepsOf(scenario, first)),
  };
}

/** Highlighted statements; those that name the level, once for each. */
function sqlOf(scenario: NamedScenario): ScenarioData['sql'] {
  const perLevel = scenario.levels.map((level) => ({ level, steps: stepsOf(scenario, level) }));
  const ids = perLevel[0]?.steps.map(({ id }) => id) ?? [];
  return Object.fromEntries(
    ids.map((id, index) => {
      const texts = perLevel.map(({ level, steps }) => [level, steps[index]?.sql ?? ''] as const);
      const [[, first] = ['', '']] = texts;
      const isOne = texts.every(([, sql]) => sql === first);
      const html = (sql: string) => codeHtml(sql, 'postgres', []);
      return [
        id,
        isOne ? html(first) : Object.fromEntries(texts.map(([level, sql]) => [level, html(sql)])),
      ];
    }),
  );
}

/** The highlighted parts of dynamodb.ts. */
function codeOf(program: string, steps: readonly PlayStep[]): ScenarioData['dynamodb'] {
  const { head, setUp, steps: blocks } = programBlocks(program, steps);
  const parts = [['head', head], [SET_UP, setUp], ...blocks] as const;
  return Object.fromEntries(
    parts.flatMap(([name, block]) =>
      block ? [[name, codeHtml(block.text.trim(), 'dynamodb', [])]] : [],
    ),
  );
}
