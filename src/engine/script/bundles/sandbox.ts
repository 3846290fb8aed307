/** The runtime, as a bundle beside it sees it. Bundles are loaded by runtime/modules.ts. */
import type { Sandbox } from '../runtime/modules.ts';

/** What the runtime hands in; the bundler leaves the call as it is. */
declare const require: (name: 'sandbox') => Sandbox;

export const sandbox: Sandbox = require('sandbox');
