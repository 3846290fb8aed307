/** Clear errors for what a sandbox does not have. The frame's policy refuses it anyhow, less clearly. */

const NETWORK = [
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
  'EventSource',
  'WebTransport',
  'importScripts',
];
const STORAGE = ['indexedDB', 'caches', 'localStorage', 'sessionStorage'];
const WORKERS = ['Worker', 'SharedWorker', 'BroadcastChannel'];

/** Replaces the globals by functions and accessors that say why there is no such thing. */
export function explainWhatIsMissing(): void {
  const replace = (name: string, property: PropertyDescriptor) => {
    // Node makes some of them when they are looked at, which takes longer than all the rest here.
    Reflect.deleteProperty(globalThis, name);
    Object.defineProperty(globalThis, name, { configurable: true, enumerable: true, ...property });
  };
  for (const name of NETWORK) {
    replace(name, { writable: true, value: refuse(name, 'has no network') });
  }
  for (const name of WORKERS) {
    replace(name, { writable: true, value: refuse(name, 'runs alone') });
  }
  for (const name of STORAGE) {
    const get = refuse(name, 'stores nothing');
    replace(name, { get, set: (value) => replace(name, { writable: true, value }) });
  }
}

function refuse(name: string, why: string) {
  // A plain function: it is called with and without `new`.
  return function refused(): never {
    throw new Error(`${name}: a program here ${why}. It reaches DynamoDB through the AWS SDK.`);
  };
}
