/** Stands in place of the SDK's endpoint rules: an address that says where a request would go. */

/** The regional endpoint, or the one that the program gave. */
export function defaultEndpointResolver(parameters: {
  Region?: string | undefined;
  Endpoint?: string | undefined;
}): { url: URL } {
  const { Region, Endpoint } = parameters;
  return { url: new URL(Endpoint ?? `https://dynamodb.${Region}.amazonaws.com`) };
}
