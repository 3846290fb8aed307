/** Live sessions in every browser answer as the server did: recorded plays, played without their recordings. */
import { describe } from 'vitest';
import { listScenarios, readRecording, readScenario } from '../../src/engine/sessions/load.ts';
import { inOrder } from '../../src/engine/sessions/orders.ts';
import { stepsOf } from '../../src/engine/sessions/scenario.ts';
import { playsOf } from '../../tools/sessions/plays.ts';
import { sample } from '../browser/sample.ts';
import { expect, test } from './support.ts';

/** Plays of each scenario in a short run. The full run plays all in Chromium, and so many elsewhere. */
const SOME = 4;
const ELSEWHERE = 12;

const scenarios = await Promise.all((await listScenarios()).map((name) => readScenario(name)));

describe('live sessions', () => {
  for (const scenario of scenarios) {
    const { name, setup, final } = scenario;
    test(`play ${name} as it was recorded`, { timeout: 300_000 }, async ({ page, task }) => {
      const chosen = sample(playsOf(scenario), SOME);
      const most = task.file.projectName === 'chromium' ? chosen.length : ELSEWHERE;
      const step = Math.max(1, Math.floor(chosen.length / most));
      const ids = chosen.filter((_, index) => index % step === 0);
      const recording = await readRecording(name);
      const plays = await page.play(
        ids.map(({ level, order }) => ({
          setup,
          final,
          steps: inOrder(stepsOf(scenario, level), order),
        })),
      );
      for (const [index, { level, order }] of ids.entries()) {
        const recorded = recording.play(level, order);
        expect({ level, order, ...plays[index] }).toEqual({
          level,
          order,
          events: recorded?.events,
          final: recorded?.final,
        });
      }
    });
  }
});
