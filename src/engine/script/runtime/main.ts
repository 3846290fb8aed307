/** The runtime's entry: it waits for a program, runs it step by step, and tells the host what happens. */
import { PROTOCOL, type ToSandbox } from '../protocol.ts';
import { countTimers, idle } from './alive.ts';
import { answered, sendCallsTo } from './calls.ts';
import { createConsole } from './console.ts';
import { Traces } from './errors.ts';
import { addRandomUuid, explainWhatIsMissing } from './globals.ts';
import { addBundle, rememberCallers } from './modules.ts';
import { openPlatform, type Platform } from './platform.ts';
import { Program } from './program.ts';
import { Uncaught } from './uncaught.ts';

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
      case 'exchanged':
        return answered(message.id, message.answer);
      case 'proceed':
        decision.resolve(message.proceed);
        decision = proceed();
        return undefined;
      case 'run':
        return void run(platform, message, () => decision.promise);
    }
  });
  platform.post({ type: 'ready', protocol: PROTOCOL });
});

/** Runs a program from its first step to the last, or to the one after which the host says no. */
async function run(
  platform: Platform,
  { code, steps, file, bundles }: Extract<ToSandbox, { type: 'run' }>,
  decision: () => Promise<boolean>,
): Promise<void> {
  let step = 0;
  prepareGlobals((level, text) => platform.post({ type: 'console', step, level, text }));
  sendCallsTo((request) => platform.post({ ...request, step }));
  const url = platform.moduleUrl(code);
  traces.setProgram(url, file);
  const program = new Program(steps);
  const uncaught = new Uncaught(platform);
  const last = steps.length - 1;
  // The first step sets the program up; the last one waits for what is still open.
  const course = async (step: number) => {
    if (step === 0) {
      for (const text of bundles) await addBundle(platform.moduleUrl(text), traces);
      rememberCallers(traces);
      await program.load(url);
    }
    await program.run(step);
    if (step < last) return;
    await idle();
    await uncaught.reported();
  };
  for (; step <= last; step += 1) {
    platform.post({ type: 'step', step });
    try {
      // An error outside of the step's own course ends it too.
      await Promise.race([course(step), uncaught.next()]);
    } catch (error) {
      platform.post({ type: 'failed', step, error: traces.describe(error) });
      if (!(await decision()) || !program.isLoaded) break;
    }
  }
  platform.post({ type: 'done' });
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
