/** Clients of the AWS SDK for JavaScript v3 that reach an engine in the same process, without a network. */
import type { DynamoDB } from './core.ts';

/** What is read of the SDK's HTTP request. */
interface HttpRequest {
  hostname?: string;
  headers: Record<string, string>;
  body?: string | Uint8Array;
}

/** What the SDK reads of an HTTP response. */
interface HttpResponse {
  statusCode: number;
  headers: Record<string, string>;
  body: Uint8Array;
}

/** The part of a client's configuration that `sdkConfig` fills in. */
export interface SdkConfig {
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  requestHandler: {
    metadata: { handlerProtocol: string };
    handle(request: HttpRequest): Promise<{ response: HttpResponse }>;
    updateHttpClientConfig(): void;
    httpHandlerConfigs(): Record<string, never>;
    destroy(): void;
  };
}

/**
 * What to give to `new DynamoDBClient(...)` or `new DynamoDBStreamsClient(...)` so that its requests go to the engine.
 * The access key says whose requests they are in a world with users; nobody checks a signature. The Region matters only in a world of several.
 */
export function sdkConfig(engine: DynamoDB, region = 'us-east-1'): SdkConfig {
  let requests = 0;
  const handle = async ({ hostname = '', headers, body = '' }: HttpRequest) => {
    requests += 1;
    const operation = (headers['x-amz-target'] ?? '').split('.')[1] ?? '';
    const request = typeof body === 'string' ? body : new TextDecoder().decode(body);
    const { status, text } = engine.handleText(
      operation,
      request,
      regionOf(hostname),
      accessKeyOf(headers['authorization']),
    );
    const response = {
      statusCode: status,
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amzn-requestid': `request-${requests}`,
      },
      body: new TextEncoder().encode(text),
    };
    return { response };
  };
  return {
    region,
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    requestHandler: {
      metadata: { handlerProtocol: 'http/1.1' },
      handle,
      updateHttpClientConfig() {},
      httpHandlerConfigs: () => ({}),
      destroy() {},
    },
  };
}

/** The access key of a signature. */
const accessKeyOf = (authorization = '') => /Credential=(\w+)\//.exec(authorization)?.[1];

/** The Region of `dynamodb.eu-west-1.amazonaws.com`, or of an endpoint of an account. */
const regionOf = (hostname: string) => /\.([a-z]{2}(?:-[a-z]+)+-\d)\./.exec(hostname)?.[1];
