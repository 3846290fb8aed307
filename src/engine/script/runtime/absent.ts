/** Stands in place of parts of the SDK that a program without network has no use for. */

/** What is read of the credentials that a program gives to its client. */
interface Credentials {
  accessKeyId: string;
}

/** In place of `@smithy/signature-v4`: a request says whose it is, and the lab's database takes its word. */
export class SignatureV4 {
  readonly #credentials: Credentials | (() => Promise<Credentials>);

  constructor({ credentials }: { credentials: Credentials | (() => Promise<Credentials>) }) {
    this.#credentials = credentials;
  }

  async sign<Request extends { headers: Record<string, string> }>(
    request: Request,
  ): Promise<Request> {
    const credentials = this.#credentials;
    const { accessKeyId } = typeof credentials === 'function' ? await credentials() : credentials;
    request.headers['authorization'] = `Credential=${accessKeyId}/`;
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
