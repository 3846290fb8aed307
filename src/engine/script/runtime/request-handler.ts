/** Stands in place of `@smithy/fetch-http-handler`: the SDK's requests go to the lab's database. */
import { call } from './calls.ts';

/** What is read of the SDK's HTTP request. */
interface Request {
  hostname?: string;
  headers: Record<string, string>;
  body?: string | Uint8Array;
}

/** What the SDK reads of an HTTP response. */
interface Response {
  statusCode: number;
  headers: Record<string, string>;
  body: Uint8Array;
}

let requests = 0;

/** Every client gets this handler, also one that was given another: there is no network. */
export class FetchHttpHandler {
  static create(): FetchHttpHandler {
    return new FetchHttpHandler();
  }

  /** Sends a request of the SDK. Rejects only when the program aborts it. */
  async handle(
    { hostname = '', headers: given, body: sent = '' }: Request,
    { abortSignal }: { abortSignal?: AbortSignal } = {},
  ): Promise<{ response: Response }> {
    requests += 1;
    // Counted, so that a program that prints it prints the same in every run.
    const id = `request-${requests}`;
    const target = given['x-amz-target'] ?? '';
    const { status, body } = await unlessAborted(
      abortSignal,
      call(
        target.slice(target.indexOf('.') + 1),
        textOf(sent),
        regionOf(hostname),
        accessKeyOf(given['authorization']),
      ),
    );
    const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': id };
    return { response: { statusCode: status, headers, body: new TextEncoder().encode(body) } };
  }

  updateHttpClientConfig(): void {}

  httpHandlerConfigs(): Record<string, never> {
    return {};
  }

  destroy(): void {}
}

/** The Region of a regional endpoint: see endpoint.ts. */
const regionOf = (hostname: string) => /dynamodb\.([a-z0-9-]+)\.amazonaws/.exec(hostname)?.[1];

/** The access key of the client's credentials: see absent.ts. */
const accessKeyOf = (authorization = '') => /Credential=(\w{1,128})\//.exec(authorization)?.[1];

const textOf = (body: string | Uint8Array) =>
  typeof body === 'string' ? body : new TextDecoder().decode(body);

/** Bodies are bytes already. */
export const streamCollector = async (body: Uint8Array): Promise<Uint8Array> => body;

function unlessAborted<T>(signal: AbortSignal | undefined, answer: Promise<T>): Promise<T> {
  if (!signal) return answer;
  return new Promise((resolve, reject) => {
    const abort = () => {
      const error = new Error('Request aborted');
      error.name = 'AbortError';
      reject(error);
    };
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    answer.then(resolve, reject);
  });
}
