/** PostgreSQL's door: the database of the labs, served to one client at a time over its own protocol. */
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { Instance } from '../../src/engine/postgres/instance.ts';
import { DoorSession } from './postgres-door-session.ts';
import { ClientReader, fatal, startupParameters } from './wire.ts';

/** What a server says to TLS and GSSAPI, and how it knows the requests. */
const NO = Buffer.from('N');
const SSL_REQUEST = 80_877_103;
const GSS_REQUEST = 80_877_104;
const CANCEL_REQUEST = 80_877_102;
const PROTOCOL_3_0 = 0x30000;

/** A door that is open. */
export interface PostgresDoor {
  port: number;
  close(): Promise<void>;
}

/**
 * Listens on 127.0.0.1. The data last until the door is closed; each connection begins as a new session.
 * @throws {Error} with code EADDRINUSE when the port is taken.
 */
export async function openDoor(instance: Instance, port: number): Promise<PostgresDoor> {
  const image = instance.takeImage();
  const sockets = new Set<Socket>();
  let isTaken = false;
  /** When the traces of the session before are gone. */
  let isClean = Promise.resolve();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // A broken connection shows itself to whoever reads from it.
    socket.on('error', () => socket.destroy());
    const serve = async () => {
      const reader = new ClientReader(socket);
      const parameters = await greet(reader, socket);
      if (!parameters) return;
      if (isTaken) {
        socket.write(TOO_MANY);
        return;
      }
      isTaken = true;
      const session = new DoorSession(instance, image, reader, socket);
      try {
        await isClean;
        await session.serve(parameters);
      } finally {
        // Whoever comes right after a client that has gone is let in, and waits for that.
        isTaken = false;
        isClean = session.end();
        await isClean;
      }
    };
    serve()
      .catch((error: Error) => process.stderr.write(`${error.stack}\n`))
      .finally(() => socket.end());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      await instance.close();
    },
  };
}

/** PostgreSQL's own words, SQLSTATE too_many_connections; the hint is ours. */
const TOO_MANY = fatal(
  '53300',
  'sorry, too many clients already',
  'This PostgreSQL has one connection at a time: end the other one, and let clients open no second.',
);

/** Reads what comes before a session. Undefined when there will be none. */
async function greet(
  reader: ClientReader,
  socket: Socket,
): Promise<Map<string, string> | undefined> {
  for (;;) {
    const packet = await reader.startupPacket();
    const request = packet?.readUInt32BE(0);
    // A statement cannot be cancelled; whoever asks for it expects no answer.
    if (!packet || request === undefined || request === CANCEL_REQUEST) return undefined;
    if (request === SSL_REQUEST || request === GSS_REQUEST) {
      socket.write(NO);
    } else if (request === PROTOCOL_3_0) {
      return startupParameters(packet);
    } else {
      const version = `${request >>> 16}.${request & 0xffff}`;
      const text = `unsupported frontend protocol ${version}: server supports 3.0 to 3.0`;
      socket.write(fatal('0A000', text));
      return undefined;
    }
  }
}
