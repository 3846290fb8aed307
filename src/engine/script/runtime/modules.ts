/** The packages that a program may import, with clients that need no settings. */
import * as client from '@aws-sdk/client-dynamodb';
import * as lib from '@aws-sdk/lib-dynamodb';
import * as util from '@aws-sdk/util-dynamodb';
import { closest, distance } from 'fastest-levenshtein';
import type { ModuleName } from '../modules.ts';
import { uncounted } from './alive.ts';
import { exchange } from './calls.ts';
import { ProgramError, type Traces } from './errors.ts';
import { FetchHttpHandler } from './request-handler.ts';

/** A program that gives no Region or credentials gets these. Nothing checks them. */
function withPresets(config: client.DynamoDBClientConfig = {}): client.DynamoDBClientConfig {
  return {
    ...config,
    region: config.region ?? 'us-east-1',
    credentials: config.credentials ?? { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' },
  };
}

class DynamoDBClient extends client.DynamoDBClient {
  constructor(config?: client.DynamoDBClientConfig) {
    super(withPresets(config));
  }
}

class DynamoDB extends client.DynamoDB {
  constructor(config?: client.DynamoDBClientConfig) {
    super(withPresets(config));
  }
}

type Exports = Record<string, unknown>;

/** What there is to import: of the bundles, what has been added. */
const modules: Partial<Record<ModuleName, Exports>> = {};

function addModule(name: ModuleName, exports: Exports): void {
  const own = { ...exports };
  for (const [key, value] of Object.entries(own)) {
    // Minifying has taken the names that `console.log` shows of classes and functions.
    if (typeof value === 'function' && key !== 'default') {
      Object.defineProperty(value, 'name', { value: key, configurable: true });
    }
  }
  modules[name] = own;
}

addModule('@aws-sdk/client-dynamodb', { ...client, DynamoDBClient, DynamoDB });
addModule('@aws-sdk/lib-dynamodb', lib);
addModule('@aws-sdk/util-dynamodb', util);

/** What a bundle of packages has of the runtime's: see tools/assets/script.ts. */
export interface Sandbox {
  withPresets: typeof withPresets;
  exchange: typeof exchange;
  FetchHttpHandler: typeof FetchHttpHandler;
  traces: Traces;
  setTimeout: typeof uncounted.setTimeout;
  clearTimeout: typeof uncounted.clearTimeout;
}

/** What a bundle's text is: it takes what it does not bring along, and answers its modules by name. */
type Define = (require: (name: string) => unknown) => Record<ModuleName, Exports>;

/** Adds the packages of a bundle, from the address of its text. */
export async function addBundle(url: string, traces: Traces): Promise<void> {
  const { default: define } = (await import(url)) as { default: Define };
  const sandbox: Sandbox = { withPresets, exchange, FetchHttpHandler, traces, ...uncounted };
  const added = define((name) => (name === 'sandbox' ? sandbox : modules[name as ModuleName]));
  for (const [name, exports] of Object.entries(added)) addModule(name as ModuleName, exports);
}

/** Lets every client tell the traces from where a request that failed was made. */
export function rememberCallers(traces: Traces): void {
  for (const { __Client: Client } of Object.values(modules) as Array<Partial<typeof client>>) {
    if (Client) rememberCallersOf(Client.prototype, traces);
  }
}

function rememberCallersOf(prototype: typeof client.__Client.prototype, traces: Traces): void {
  type Send = (...given: unknown[]) => Promise<unknown> | undefined;
  const send = prototype.send as Send;
  prototype.send = function (this: unknown, ...given: unknown[]) {
    const site = new Error();
    // Nothing is returned when the program passes a callback.
    return send.apply(this, given)?.catch((error: unknown) => {
      traces.remember(error, site);
      throw error;
    });
  } as typeof prototype.send;
}

/** A name that a program imports, and where: 1-based line and column. */
export type ImportedName = [name: string, line: number, column: number];

/**
 * A package, after a look that it has all the names.
 * @throws {ProgramError} that names the export that is meant, perhaps.
 */
export function moduleWith(
  module: ModuleName,
  names: readonly ImportedName[],
): Record<string, unknown> {
  const exports = modules[module] ?? {};
  for (const [name, line, column] of names) {
    if (Object.hasOwn(exports, name)) continue;
    const message = `'${module}' has no export '${name}'.${guess(name, module)}`;
    throw new ProgramError('SyntaxError', message, { line, column });
  }
  return exports;
}

function guess(name: string, module: ModuleName): string {
  const elsewhere = Object.entries(modules).find(([, exports]) => Object.hasOwn(exports, name));
  if (elsewhere) return ` It is an export of '${elsewhere[0]}'.`;
  const near = closest(name, Object.keys(modules[module] ?? {}));
  return distance(name, near) <= Math.max(2, name.length / 4) ? ` Did you mean '${near}'?` : '';
}
