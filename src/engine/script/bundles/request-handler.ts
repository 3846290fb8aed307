/** In a bundle, the SDK's requests go through the runtime's handler, so that all are counted together. */
import { sandbox } from './sandbox.ts';

export const { FetchHttpHandler } = sandbox;

/** Bodies are bytes already. */
export const streamCollector = async (body: Uint8Array): Promise<Uint8Array> => body;
