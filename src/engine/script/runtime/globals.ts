/** The globals of a program: clear errors for what a sandbox does not have, and what it should have. */

const NETWORK = [
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
  'EventSource',
  'WebTransport',
  'importScripts',
];
const WORKERS = ['Worker', 'SharedWorker', 'BroadcastChannel'];

/** Replaces what reaches out by functions that say why they cannot. The frame's policy refuses it anyhow. */
export function explainWhatIsMissing(): void {
  for (const name of NETWORK) refuse(name, 'has no network');
  for (const name of WORKERS) refuse(name, 'runs alone');
}

function refuse(name: string, why: string): void {
  // Node makes some of them when they are looked at, which takes longer than all the rest here.
  Reflect.deleteProperty(globalThis, name);
  Object.defineProperty(globalThis, name, {
    configurable: true,
    enumerable: true,
    writable: true,
    // A plain function: it is called with and without `new`.
    value: function refused(): never {
      throw new Error(`${name}: a program here ${why}. It reaches DynamoDB through the AWS SDK.`);
    },
  });
}

/** A sandboxed frame is no secure context, which alone has this: programs make keys with it. */
export function addRandomUuid(): void {
  if ('randomUUID' in crypto) return;
  Object.defineProperty(crypto, 'randomUUID', {
    configurable: true,
    value(): string {
      const bytes = crypto.getRandomValues(new Uint8Array(16));
      // Version 4, variant 1: RFC 9562.
      bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
      bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
      const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
      return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    },
  });
}
