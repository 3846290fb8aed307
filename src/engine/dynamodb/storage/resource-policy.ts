/** The policy of a table or a stream, as it is kept. */
export interface ResourcePolicy {
  /** The policy in the form in which it is read back; undefined since it was deleted. */
  readonly document: { readonly [member: string]: unknown } | undefined;
  /** Tells it from others that say something else. */
  readonly identity: string | undefined;
  /** When it was put or deleted, in milliseconds since 1970. */
  readonly revisionId: string;
}
