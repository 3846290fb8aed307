/** The runtime's entry: it waits for a program, runs it step by step, and tells the host what happens. */
import { PROTOCOL, type ToSandbox } from '../protocol.ts';
import { countTimers, idle } from './alive.ts';
import { answered, sendCallsTo } from './calls.ts';
import { createConsole } from './console.ts';
import { Traces } from './errors.ts';
import { addRandomUuid, explainWhatIsMissing } from './globals.ts';
import { rememberCallers } from './modules.ts';
import { openPlatform, type Platform } from './platform.ts';
import { Program } from './program.ts';

/** The SDK's middleware lies between a failed request and the line that made it. */
Error.stackTraceLimit = 100;

const traces = new Traces();

void openPlatform().then((platform) => {
  const proceed = () => Promise.withResolvers<boolean>();
  let decision = proceed();
  platform.listen((message: ToSandbox) => {
    switch (message.type) {
      case 'ping':
        return platform.post({ type: 'heartbeat' });
      case 'answer':
        return answered(message.id, message);
      case 'proceed':
        decision.resolve(message.proceed);
        decision = proceed();
        return undefined;
      case 'run':
        return void run(platform, message.code, message.steps, () => decision.promise);
    }
  });
  platform.post({ type: 'ready', protocol: PROTOCOL });
});

/** Runs a program from its first step to the last, or to the one after which the host says no. */
async function run(
  platform: Platform,
  code: string,
  steps: readonly string[],
  decision: () => Promise<boolean>,
): Promise<void> {
  let step = 0;
  let stray = Promise.withResolvers<never>();
  prepareGlobals((level, text) => platform.post({ type: 'console', step, level, text }));
  sendCallsTo((call) => platform.post({ ...call, step }));
  rememberCallers(traces);
  platform.onUncaught((error) => stray.reject(error));

  const url = platform.moduleUrl(code);
  traces.setUrl(url);
  const program = new Program(steps);
  const last = steps.length - 1;
  for (; step <= last; step += 1) {
    platform.post({ type: 'step', step });
    stray = Promise.withResolvers<never>();
    try {
      // An error outside of the step's own course (in a timer, in a promise that nobody awaits) ends it too.
      await Promise.race([course(program, url, step, step === last), stray.promise]);
    } catch (error) {
      platform.post({ type: 'failed', step, error: traces.describe(error) });
      if (!(await decision()) || !program.isLoaded) break;
    }
  }
  platform.post({ type: 'done' });
}

/** What a step does. The first one sets the program up; the last one waits for what is still open. */
async function course(program: Program, url: string, step: number, isLast: boolean): Promise<void> {
  if (step === 0) await program.load(url);
  await program.run(step);
  if (isLast) await idle();
}

function prepareGlobals(print: Parameters<typeof createConsole>[0]): void {
  Object.defineProperty(globalThis, 'console', {
    configurable: true,
    writable: true,
    value: createConsole(print),
  });
  countTimers();
  explainWhatIsMissing();
  addRandomUuid();
  traces.showErrors();
}
