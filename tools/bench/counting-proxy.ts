/** Counts the bytes that a server sends: what crosses the wire, headers and compression included. */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A proxy in front of one server. */
export interface CountingProxy {
  /** The server's address, through the proxy. */
  url: string;
  /** Bytes that the server has sent so far. */
  bytes(): number;
  close(): Promise<void>;
}

/** Puts a proxy on a free port of 127.0.0.1 before the server at `target`. */
export async function countBytes(target: string): Promise<CountingProxy> {
  const to = new URL(target);
  let bytes = 0;
  const open = new Set<Socket>();
  const server = createServer((browser) => {
    const site = connect(Number(to.port), '127.0.0.1');
    for (const [from, into] of [
      [browser, site],
      [site, browser],
    ] as const) {
      open.add(from);
      from.pipe(into);
      // A browser that has what it wants, or is closed, resets its connections.
      from.on('error', () => into.destroy());
      from.on('close', () => {
        open.delete(from);
        into.destroy();
      });
    }
    site.on('data', (chunk) => {
      bytes += chunk.length;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${to.pathname}`,
    bytes: () => bytes,
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
