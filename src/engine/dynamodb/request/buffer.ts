/** The one use that dynalite makes of Node's Buffer: from base64 and back. Blobs are checked before it sees them. */
import { base64Bytes } from '../values/bytes.ts';

export const Buffer = {
  from: (base64: string) => ({ length: base64Bytes(base64), toString: () => base64 }),
};
