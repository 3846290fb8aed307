/** What the runtime needs from where it runs: a browser's Worker or a worker thread of Node. */
import type { FromSandbox, ToSandbox } from '../protocol.ts';

/** The surroundings of a runtime. */
export interface Platform {
  post(message: FromSandbox): void;
  listen(receive: (message: ToSandbox) => void): void;
  /** An address from which the code can be imported as a module. */
  moduleUrl(code: string): string;
  /** Errors that nobody caught, rejections that nobody handled. */
  onUncaught(listener: (error: unknown) => void): void;
}

declare global {
  /** Set by the host in Node, before the runtime begins. */
  var sandboxPlatform: Platform | undefined;
}

/** Resolves when the runtime can talk to its host. */
export async function openPlatform(): Promise<Platform> {
  const given = globalThis.sandboxPlatform;
  globalThis.sandboxPlatform = undefined;
  return given ?? browserPlatform();
}

/** The page hands its end of a channel through the frame: the frame itself sees no message. */
async function browserPlatform(): Promise<Platform> {
  const port = await new Promise<MessagePort>((resolve) => {
    addEventListener('message', ({ ports: [port] }) => resolve(port as MessagePort), {
      once: true,
    });
  });
  // Held here: a program may put functions of its own on MessagePort's prototype.
  const post = port.postMessage.bind(port);
  return {
    post: (message) => post(message),
    listen(receive) {
      port.onmessage = ({ data }: MessageEvent<ToSandbox>) => receive(data);
    },
    moduleUrl: (code) => URL.createObjectURL(new Blob([code], { type: 'text/javascript' })),
    onUncaught(listener) {
      addEventListener('error', (event) => {
        event.preventDefault();
        listener(event.error ?? new Error(event.message));
      });
      addEventListener('unhandledrejection', (event) => {
        event.preventDefault();
        listener(event.reason);
      });
    },
  };
}
