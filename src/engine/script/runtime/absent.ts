/** Stands in place of parts of the SDK that a program without network has no use for. */

/** In place of `@smithy/signature-v4`: the lab's database asks nobody who they are. */
export class SignatureV4 {
  async sign<Request>(request: Request): Promise<Request> {
    return request;
  }
}

/** In place of SHA-256 in `@smithy/core/checksum`, which only a signature needs. */
export class Sha256 {}

/** In place of `@smithy/core/event-streams`: no operation of DynamoDB streams events. */
export class EventStreamSerde {}

/** In place of `@aws-sdk/middleware-endpoint-discovery`: there is one endpoint. */
export const resolveEndpointDiscoveryConfig = <Config>(config: Config): Config => config;

/** In place of the SDK's `package.json`, which says in each request which SDK made it. */
export default { version: '3' };
