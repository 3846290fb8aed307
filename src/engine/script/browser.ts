/**
 * Runs learner programs in the page: a Worker inside a sandboxed frame of an origin of its own.
 * The one file of the engine that touches the document; only the page's client loads it.
 */
import type { ScriptHost } from '../lab/engines.ts';
import { FRAME_HTML } from './frame.ts';
import type { Bundle } from './modules.ts';
import { PATIENCE, type Patience, runSession, type World } from './session.ts';

/** How long after a run the next sandbox is made ready, so that the page shows the result first. */
const READY_NEXT_MS = 200;

/** What a page gives its script host. */
export interface ScriptHostOptions extends Partial<Patience> {
  /** The text of `.generated/script/runtime.js`. Asked for once, and again after it failed. */
  runtimeText: () => Promise<string>;
  /** The text of a bundle, from `.generated/script/bundles`. */
  bundleText: (name: Bundle) => Promise<string>;
}

/** A script host of the page. */
export interface PageScriptHost extends ScriptHost {
  /** Makes a sandbox ready before a run asks for it. Rejects when the runtime cannot be loaded. */
  prepare(): Promise<void>;
}

/**
 * A host that gives every run a new sandbox. The next one is made ready while the last result is
 * read. `run` rejects when the runtime or a bundle cannot be loaded.
 */
export function createScriptHost({
  runtimeText,
  bundleText,
  ...patience
}: ScriptHostOptions): PageScriptHost {
  let text: Promise<string> | undefined;
  let next: Promise<World> | undefined;
  const load = () => {
    text ??= runtimeText().catch((error: unknown) => {
      text = undefined;
      throw error;
    });
    return text;
  };
  const open = () =>
    load()
      .then(openWorld)
      .catch((error: unknown) => {
        next = undefined;
        throw error;
      });
  const take = () => {
    const world = next ?? open();
    next = undefined;
    return world;
  };
  return {
    async prepare() {
      next ??= open();
      await next;
    },
    async run(script, events, signal) {
      const [world, bundles] = await Promise.all([
        take(),
        Promise.all(script.bundles.map(bundleText)),
      ]);
      try {
        return await runSession(world, script, events, signal, {
          patience: { ...PATIENCE, ...patience },
          bundles,
        });
      } finally {
        setTimeout(() => {
          next ??= open();
          // A sandbox that cannot be made ready now is made, and its error told, at the next run.
          next.catch(() => undefined);
        }, READY_NEXT_MS);
      }
    },
  };
}

/** Makes the frame and, in it, the Worker. The page talks to the Worker on a channel of their own. */
async function openWorld(text: string): Promise<World> {
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.srcdoc = FRAME_HTML;
  frame.hidden = true;
  frame.tabIndex = -1;
  frame.ariaHidden = 'true';
  const loaded = new Promise((resolve) => {
    frame.addEventListener('load', resolve, { once: true });
  });
  document.body.append(frame);
  await loaded;
  const messages = new MessageChannel();
  const failures = new MessageChannel();
  // The frame's origin is opaque: it has no name that could stand in place of the asterisk.
  frame.contentWindow?.postMessage(text, '*', [messages.port2, failures.port2]);
  return {
    post: (message) => messages.port1.postMessage(message),
    listen(onMessage, onLost) {
      messages.port1.onmessage = ({ data }) => onMessage(data);
      failures.port1.onmessage = ({ data }) =>
        onLost(`The sandbox failed: ${String(data).slice(0, 200)}`);
    },
    end() {
      messages.port1.close();
      failures.port1.close();
      // Ends the Worker with it, also in the middle of a loop.
      frame.remove();
    },
  };
}
