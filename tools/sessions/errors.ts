/** What can be wrong with a play on a server. */

/** A scenario cannot be played as it is written; the message says where and why. */
export class PlayError extends Error {
  override readonly name = 'PlayError';
}
