/** How DynamoDB reads a request's signature: its form is checked here, the signature itself is not. */
import type { IncomingHttpHeaders } from 'node:http';

/** What the signature tells, or the error that DynamoDB answers with. */
export type Authorization =
  | { region: string | undefined; accessKeyId: string | undefined }
  | { error: string; message: string };

const IN_HEADER = ['Credential', 'Signature', 'SignedHeaders'];
const IN_QUERY = [
  'X-Amz-Algorithm',
  'X-Amz-Credential',
  'X-Amz-Signature',
  'X-Amz-SignedHeaders',
  'X-Amz-Date',
];

/**
 * Reads the Authorization header, or the query of a request that was signed beforehand. The access key says
 * whose the request is, where the world names users; the signature itself is not checked.
 * Source: AWS API reference, "Common Errors"; IAM User Guide, "Create a signed AWS API request".
 */
export function readAuthorization(
  headers: IncomingHttpHeaders,
  query: URLSearchParams,
): Authorization {
  const header = headers.authorization;
  if (header !== undefined && query.has('X-Amz-Algorithm')) {
    return {
      error: 'InvalidSignatureException',
      message:
        "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.",
    };
  }
  if (header?.trim().startsWith('AWS4-')) return readHeader(header, headers);
  if (header === undefined && query.has('X-Amz-Algorithm')) return readQuery(query);
  return {
    error: 'MissingAuthenticationTokenException',
    message: 'Request is missing Authentication Token',
  };
}

function readHeader(header: string, headers: IncomingHttpHeaders): Authorization {
  const parameters = new Map<string, string | undefined>();
  for (const part of header.split(/[, ]/).slice(1)) {
    const [name = '', value] = part.split('=');
    parameters.set(name, value);
  }
  const missing = IN_HEADER.filter((name) => !parameters.get(name)).map(
    (name) => `Authorization header requires '${name}' parameter. `,
  );
  if (headers['x-amz-date'] === undefined && headers.date === undefined) {
    missing.push(
      "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ",
    );
  }
  return missing.length > 0
    ? incomplete(`${missing.join('')}Authorization=${header}`)
    : readCredential(parameters.get('Credential'));
}

function readQuery(query: URLSearchParams): Authorization {
  const missing = IN_QUERY.filter((name) => !query.get(name)).map(
    (name) => `AWS query-string parameters must include '${name}'. `,
  );
  return missing.length > 0
    ? incomplete(`${missing.join('')}Re-examine the query-string parameters.`)
    : readCredential(query.get('X-Amz-Credential') ?? undefined);
}

function incomplete(message: string): Authorization {
  return { error: 'IncompleteSignatureException', message };
}

/** A credential is `key/date/region/service/aws4_request`. */
function readCredential(credential = ''): Extract<Authorization, { region: unknown }> {
  const [accessKeyId, , region] = credential.split('/');
  return { accessKeyId: accessKeyId || undefined, region: region || undefined };
}
