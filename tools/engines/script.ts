/** Runs learner programs in Node: the page's own runtime, in a worker thread. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ScriptHost } from '../../src/engine/lab/engines.ts';
import {
  PATIENCE,
  type Patience,
  runSession,
  type World,
} from '../../src/engine/script/session.ts';
import { ROOT } from '../lib/root.ts';

/**
 * What the runtime finds in Node in place of a browser's Worker. Node's own globals are taken away:
 * a lab that needed them would fail in the page.
 */
function nodePlatform(): void {
  const { parentPort } = require('node:worker_threads') as typeof import('node:worker_threads');
  const { process, Buffer } = globalThis;
  globalThis.sandboxPlatform = {
    post: (message) => parentPort?.postMessage(message),
    listen: (receive) => parentPort?.on('message', receive),
    moduleUrl: (code) => `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`,
    onUncaught(listener) {
      process.on('uncaughtException', listener);
      process.on('unhandledRejection', listener);
    },
  };
  for (const name of ['process', 'Buffer', 'require', 'module', 'exports', 'global']) {
    Reflect.deleteProperty(globalThis, name);
  }
}

/**
 * A script host for tests and the command line. It ends what hangs and bounds what comes out, as in
 * the page, but it is no prison: run only programs of this repository.
 */
export function openScriptHost(patience: Partial<Patience> = {}): ScriptHost {
  const bootstrap = `(${nodePlatform.toString()})();\n`;
  const texts = new Map<string, Promise<string>>();
  const read = (file: string) => {
    const text = texts.get(file) ?? readFile(join(ROOT, '.generated/script', file), 'utf8');
    texts.set(file, text);
    return text;
  };
  return {
    async run(script, events, signal) {
      const bundles = await Promise.all(script.bundles.map((name) => read(`bundles/${name}.js`)));
      const world = openWorld(bootstrap + (await read('runtime.js')));
      return runSession(world, script, events, signal, {
        patience: { ...PATIENCE, ...patience },
        bundles,
      });
    },
  };
}

function openWorld(text: string): World {
  const worker = new Worker(text, {
    eval: true,
    env: {},
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 256 },
  });
  return {
    post: (message) => worker.postMessage(message),
    listen(onMessage, onLost) {
      worker.on('message', onMessage);
      worker.on('error', (error) => onLost(`The program ended its sandbox: ${error.message}`));
      worker.on('exit', () => onLost('The program ended its sandbox.'));
    },
    end: () => void worker.terminate(),
  };
}
