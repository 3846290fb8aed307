/** Makes the patch for live sessions out of the package's own pglite.wasm, and checks it by its sums. */
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import {
  type Edit,
  KILL_MARK,
  patchProgram,
  type SessionsPatch,
  WAIT_MARK,
} from '../../src/engine/postgres/sessions/patch.ts';
import { type Body, operand, readFunctions } from '../lib/wasm-functions.ts';
import { writePackages } from '../licences/shipped.ts';

const PGLITE = dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite'));

/** The program that this patch was written for, and what becomes of it. */
const VERSION = '0.5.16';
const SOURCE = '5256d9ac379f631355f41ab30291e6a6d9f854242b5ee2a2d0940e28041d3fca';
const RESULT = '3d51aae960f2305d005ad7b1da3d4d8b1f2cbc1c05cadab095dfed00a1c0e41b';

/** Instructions: WebAssembly Core Specification, "Binary Format, Instructions". */
const LOCAL_GET = 0x20;
const I32_CONST = 0x41;
const I32_OR = 0x72;
const CALL = 0x10;
const DROP = 0x1a;
const NOP = 0x01;
const END = 0x0b;
const NO_LOCALS = 0x00;

/** `kill(pid, signal)` of Emscripten's C library: of one process, whose number is 42. */
const KILL = /^002000412a460440200110(?:..){1,5}0f0b41(?:..){1,5}413f360200417f0b$/;
/**
 * PostgreSQL's own signal handler, which calls the handler proper where `MyProcPid == getpid()`
 * (src/port/pqsignal.c); captured is the comparison with the one number that getpid() knows.
 */
const HANDLER = /^01017f41(?:..){1,5}280200210141(?:..){1,5}280200(412a47)04402000410010/;

/**
 * Three functions are changed, each in its place, so that everything else stays where it is:
 * waiting and signalling are left to JavaScript, and signals are handled in every process.
 * @throws {Error} where a function is not as it was when this was written.
 */
function editsOf(program: Uint8Array): Edit[] {
  const { imports, exports, bodies } = readFunctions(program);
  const poll = imports.get('env.__syscall_poll');
  const waitLatch = exports.get('WaitLatch');
  if (poll === undefined || waitLatch === undefined) {
    throw new Error('pglite.wasm has no __syscall_poll or no WaitLatch');
  }
  const wait = bodies[waitLatch - imports.size] as Body;
  const [kill] = onlyOne('kill', bodies, KILL);
  const [handler, match] = onlyOne('wrapper_handler', bodies, HANDLER);
  const comparison = handler.at + match[0].lastIndexOf(match[1] as string) / 2;
  // WaitLatch(latch, events, timeout, info): which latch is known, it is always the process's own.
  const waits = [
    LOCAL_GET,
    1,
    I32_CONST,
    ...operand(WAIT_MARK),
    I32_OR,
    LOCAL_GET,
    2,
    LOCAL_GET,
    3,
  ];
  const kills = [I32_CONST, ...operand(KILL_MARK), LOCAL_GET, 0, LOCAL_GET, 1];
  return [
    body('WaitLatch', wait, [...waits, CALL, ...operand(poll)]),
    body('kill', kill, [...kills, CALL, ...operand(poll)]),
    { name: 'wrapper_handler', at: comparison, bytes: hex([DROP, I32_CONST, 0]) },
  ];
}

/** Other instructions for a function, and nothing to do in the rest of its bytes. */
function body(name: string, { at, bytes }: Body, instructions: readonly number[]): Edit {
  const all = [NO_LOCALS, ...instructions];
  const rest = new Array<number>(bytes.length - all.length - 1).fill(NOP);
  return { name, at, bytes: hex([...all, ...rest, END]) };
}

function onlyOne(name: string, bodies: readonly Body[], pattern: RegExp): [Body, RegExpExecArray] {
  const found = bodies.flatMap((each): Array<[Body, RegExpExecArray]> => {
    if (each.bytes.length > 200) return [];
    const match = pattern.exec(hex(each.bytes));
    return match ? [[each, match]] : [];
  });
  const [first] = found;
  if (!first || found.length > 1) throw new Error(`pglite.wasm has ${found.length} of ${name}`);
  return first;
}

function hex(bytes: Iterable<number>): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The asset as `tools/assets.ts` knows it. */
export const asset = {
  name: 'postgres-sessions',
  inputs: [
    'src/engine/postgres/sessions/patch.ts',
    'src/engine/postgres/sessions/errors.ts',
    'tools/lib/wasm-functions.ts',
  ],
  /** Writes patch.json: a few hundred bytes, for the program that the page fetches anyway. */
  async build(outDir: string): Promise<void> {
    const { version } = JSON.parse(await readFile(join(PGLITE, '../package.json'), 'utf8'));
    if (version !== VERSION) {
      throw new Error(
        `live sessions are made for PGlite ${VERSION}, not ${version}: see src/engine/postgres/sessions/README.md`,
      );
    }
    const program = Uint8Array.from(await readFile(join(PGLITE, 'pglite.wasm')));
    const patch: SessionsPatch = {
      version,
      source: SOURCE,
      result: RESULT,
      edits: editsOf(program),
    };
    const patched = await patchProgram(program, patch);
    if (!WebAssembly.validate(patched)) throw new Error('the patched program is not valid');
    await writeFile(join(outDir, 'patch.json'), JSON.stringify(patch));
    // It says what is to be changed in PGlite, and has nothing of it.
    writePackages(outDir, []);
  },
};
