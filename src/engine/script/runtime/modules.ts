/** The packages that a program may import, with clients that need no settings. */
import * as client from '@aws-sdk/client-dynamodb';
import * as lib from '@aws-sdk/lib-dynamodb';
import * as util from '@aws-sdk/util-dynamodb';
import { closest, distance } from 'fastest-levenshtein';
import type { ModuleName } from '../modules.ts';
import { ProgramError, type Traces } from './errors.ts';

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

const MODULES: Record<ModuleName, Record<string, unknown>> = {
  '@aws-sdk/client-dynamodb': { ...client, DynamoDBClient, DynamoDB },
  '@aws-sdk/lib-dynamodb': { ...lib },
  '@aws-sdk/util-dynamodb': { ...util },
};

// Minifying has taken the names that `console.log` shows of classes and functions.
for (const exports of Object.values(MODULES)) {
  for (const [name, value] of Object.entries(exports)) {
    if (typeof value === 'function') Object.defineProperty(value, 'name', { value: name });
  }
}

/** Lets every client tell the traces from where a request that failed was made. */
export function rememberCallers(traces: Traces): void {
  const { prototype } = client.__Client;
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
  const exports = MODULES[module];
  for (const [name, line, column] of names) {
    if (Object.hasOwn(exports, name)) continue;
    const message = `'${module}' has no export '${name}'.${guess(name, module)}`;
    throw new ProgramError('SyntaxError', message, { line, column });
  }
  return exports;
}

function guess(name: string, module: ModuleName): string {
  const elsewhere = Object.keys(MODULES).find((other) =>
    Object.hasOwn(MODULES[other as ModuleName], name),
  );
  if (elsewhere) return ` It is an export of '${elsewhere}'.`;
  const near = closest(name, Object.keys(MODULES[module]));
  return distance(name, near) <= Math.max(2, name.length / 4) ? ` Did you mean '${near}'?` : '';
}
