/** Drives WebKitGTK's MiniBrowser by WebDriver, on a screen of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WebKitPrograms } from '../../tools/lib/browser.ts';
import { type Driver, EVALUATE_LIMIT } from './tab.ts';

/** How long the driver may take until it answers, in milliseconds. */
const START_LIMIT = 20_000;

/** Starts MiniBrowser. */
export async function openWebKit(programs: WebKitPrograms): Promise<Driver> {
  const started: ChildProcess[] = [];
  const end = () => {
    for (const program of started.toReversed()) program.kill();
  };
  try {
    const screen = spawn(
      programs.screen,
      ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'],
      { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
    );
    started.push(screen);
    const [display] = (await once(createInterface(screen.stdio[3] as Readable), 'line')) as [
      string,
    ];
    const port = await freePort();
    const env = {
      ...process.env,
      DISPLAY: `:${display}`,
      GDK_BACKEND: 'x11',
      // Its sandbox needs rights that root and containers lack, as Chromium's does.
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
    };
    started.push(spawn(programs.driver, [`--port=${port}`], { env, stdio: 'ignore' }));
    const session = await openSession(`http://127.0.0.1:${port}`, programs.browser);
    return {
      open: async (url) => {
        await session('POST', '/url', { url });
      },
      async evaluate(expression) {
        const script = `const answer = arguments[0];
          (${expression}).then(
            (text) => answer({ text }),
            (error) => answer({ error: String(error) }),
          );`;
        const answer = (await session('POST', '/execute/async', { script, args: [] })) as
          | { text: string }
          | { error: string };
        if ('error' in answer) throw new Error(answer.error);
        return answer.text;
      },
      async close() {
        await session('DELETE', '', undefined);
        end();
      },
    };
  } catch (error) {
    end();
    throw error;
  }
}

type Session = (method: 'POST' | 'DELETE', path: string, body: unknown) => Promise<unknown>;

/** Opens a WebDriver session. Answers a function that sends commands to it. */
async function openSession(server: string, browser: string): Promise<Session> {
  await untilReady(server);
  const created = (await send(`${server}/session`, 'POST', {
    capabilities: {
      alwaysMatch: {
        timeouts: { script: EVALUATE_LIMIT },
        'webkitgtk:browserOptions': { binary: browser, args: ['--automation'] },
      },
    },
  })) as { sessionId: string };
  return (method, path, body) =>
    send(`${server}/session/${created.sessionId}${path}`, method, body);
}

async function send(url: string, method: string, body: unknown): Promise<unknown> {
  const response = await fetch(url, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const { value } = (await response.json()) as { value: unknown };
  if (response.ok) return value;
  const { error, message } = value as { error: string; message: string };
  throw new Error(`WebDriver: ${error}: ${message}`);
}

async function untilReady(server: string): Promise<void> {
  const limit = performance.now() + START_LIMIT;
  for (;;) {
    try {
      await fetch(`${server}/status`);
      return;
    } catch (error) {
      if (performance.now() > limit) throw error;
      await sleep(50);
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
