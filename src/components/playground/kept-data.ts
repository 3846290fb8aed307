/**
 * The data of workspaces whose data stay, kept in IndexedDB under `<workspace>/<side>`: of PostgreSQL its
 * data directory as a compressed tar, of DynamoDB lines of JSON.
 *
 * Shape: `{"format": 1, "revision": text, "engine": text, "at": time, "data": Blob}`. Whoever writes says
 * which revision it goes on from: where another tab has kept others meanwhile, nothing is written.
 */
import { createStore, del, get, update } from 'idb-keyval';
import about from '../../../.generated/postgres/about.json';
import type { Side } from '../../engine/lab/result.ts';
import { ConflictError } from './workspaces.ts';

const FORMAT = 1;
/** `PostgreSQL 18`: another major version cannot read the data directory. */
const major = (version: string) => version.split('.', 1)[0]?.trim() ?? '';
const ENGINES: Record<Side, string> = { postgres: major(about.version), dynamodb: 'DynamoDB' };

/** Data as they are kept. */
export interface KeptRecord {
  format: number;
  revision: string;
  /** What has written them. */
  engine: string;
  /** When, in UTC. */
  at: string;
  data: Blob;
}

const store = createStore('kj-playground-data', 'data');
const key = (workspace: string, side: Side) => `${workspace}/${side}`;

/** What is kept of a side; undefined where nothing is. */
export async function readKept(workspace: string, side: Side): Promise<KeptRecord | undefined> {
  return get<KeptRecord>(key(workspace, side), store);
}

/** Why these data cannot be gone on from; undefined where they can. */
export function whyUnreadable({ format, engine }: KeptRecord, side: Side): string | undefined {
  if (engine !== ENGINES[side]) {
    return `They were kept by ${engine}, and this page has ${ENGINES[side]}, which cannot read them.`;
  }
  return format === FORMAT ? undefined : 'They were kept by another edition of this page.';
}

/**
 * Keeps the data of a side. `known` is the revision that they go on from; undefined replaces whatever
 * is there.
 * @throws {ConflictError} when another tab has kept others since.
 */
export async function writeKept(
  workspace: string,
  side: Side,
  data: Blob,
  known: string | undefined,
): Promise<KeptRecord> {
  const record: KeptRecord = {
    format: FORMAT,
    revision: crypto.randomUUID(),
    engine: ENGINES[side],
    at: new Date().toISOString(),
    data,
  };
  await update<KeptRecord>(
    key(workspace, side),
    (now) => {
      if (known !== undefined && (now?.revision ?? '') !== known) throw new ConflictError();
      return record;
    },
    store,
  );
  return record;
}

/** Forgets the data of a workspace, on both sides. */
export async function forgetKept(workspace: string): Promise<void> {
  await Promise.all([
    del(key(workspace, 'dynamodb'), store),
    del(key(workspace, 'postgres'), store),
  ]);
}
