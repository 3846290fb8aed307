/** The live sessions of PGlite answer as the server did: every recorded play, played anew without its recording. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LiveSessions } from '../../src/engine/postgres/sessions/live.ts';
import { listScenarios, readRecording, readScenario } from '../../src/engine/sessions/load.ts';
import { inOrder } from '../../src/engine/sessions/orders.ts';
import { stepsOf } from '../../src/engine/sessions/scenario.ts';
import { openLiveSessions } from '../../tools/engines/postgres-sessions.ts';
import { playsOf } from '../../tools/sessions/plays.ts';
import { sample } from '../browser/sample.ts';

/** Plays of each scenario that a short run plays. */
const SOME = 5;

const scenarios = await Promise.all((await listScenarios()).map((name) => readScenario(name)));

describe('live sessions', () => {
  let live: LiveSessions;
  beforeAll(async () => {
    live = await openLiveSessions();
  });
  afterAll(() => live.close());

  test.each(scenarios.map((scenario) => [scenario.name, scenario] as const))(
    'play %s as it was recorded: rows, errors, waits and the final state',
    async (name, scenario) => {
      const recording = await readRecording(name);
      const { setup, final } = scenario;
      for (const { level, order } of sample(playsOf(scenario), SOME)) {
        const steps = inOrder(stepsOf(scenario, level), order);
        const { events, final: end } = await live.play({ setup, final, steps });
        const recorded = recording.play(level, order);
        expect({ level, order, events, end }).toEqual({
          level,
          order,
          events: recorded?.events,
          end: recorded?.final,
        });
      }
    },
    600_000,
  );
});
