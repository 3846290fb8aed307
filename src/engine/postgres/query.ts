/** Runs queries of our own, which no reader sees. */
import { type messages, protocol } from '@electric-sql/pglite';
import type { Message } from './instance.ts';

/** PostgreSQL in this process, or a server. */
interface Sender {
  /** Sends messages and hands over each message of the answer; false when PostgreSQL is lost. */
  send(message: Uint8Array, onMessage: (message: Message) => void): Promise<boolean>;
}

/** What came of a query. */
interface Answered {
  rows: Array<Array<string | null>>;
  /** The first error, in PostgreSQL's words. */
  error: messages.DatabaseError | undefined;
  /** Whether PostgreSQL is still there. */
  alive: boolean;
}

/** Runs a query; never throws for what PostgreSQL says. */
export async function query(sender: Sender, sql: string): Promise<Answered> {
  const rows: Answered['rows'] = [];
  let error: Answered['error'];
  const alive = await sender.send(protocol.serialize.query(sql), (message) => {
    if (message.name === 'dataRow') rows.push((message as messages.DataRowMessage).fields);
    if (message.name === 'error') error ??= message as unknown as messages.DatabaseError;
  });
  return { rows, error, alive };
}
