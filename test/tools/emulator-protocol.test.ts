/** The emulator over HTTP: what is no request of DynamoDB, targets, signatures, and pages of other origins. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorOf, JSON_1_0, Served, signed } from './emulator.support.ts';

const served = new Served();
beforeAll(() => served.open());
afterAll(() => served.close());

describe('a request that is none of DynamoDB', () => {
  const page = '<UnknownOperationException/>\n';

  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS'])('gets 404: %s', async (method) => {
    const { status, text, headers } = await served.send(method, {});
    expect([status, text, headers['x-amz-crc32']]).toEqual([404, page, '3552371480']);
  });

  it.each(['', 'text/plain', 'application/x-amz-json-1.1', 'application/jsonp'])(
    'gets 404 with a body of another type: %s',
    async (type) => {
      const { status, text } = await served.send(
        'POST',
        type ? { 'content-type': type } : {},
        '{}',
      );
      expect([status, text]).toEqual([404, page]);
    },
  );

  it('may ask whether all is well', async () => {
    const { status, text } = await served.send('GET', {});
    expect([status, text]).toEqual([200, 'healthy: dynamodb.us-east-1.amazonaws.com ']);
    const { status: headStatus, bytes } = await served.send('HEAD', {});
    expect([headStatus, bytes.length]).toEqual([200, 0]);
  });
});

describe('the target', () => {
  it.each([
    ['', 'UnknownOperationException'],
    ['whatever', 'UnknownOperationException'],
    ['DynamoDB_20120810', 'UnknownOperationException'],
    ['DynamoDB_20120810.ListTable', 'UnknownOperationException'],
    ['DynamoDB_20120810.ListTables.x', 'UnknownOperationException'],
    ['DynamoDB_20111205.ListTables', 'UnknownOperationException'],
    ['__proto__.ListTables', 'UnknownOperationException'],
    ['DynamoDB_20120810.constructor', 'UnknownOperationException'],
    ['DynamoDB_20120810.ListStreams', 'UnknownOperationException'],
    ['DynamoDBStreams_20120810.ListTables', 'UnknownOperationException'],
  ])('must be an operation of one of the two APIs: %s', async (target, name) => {
    const headers = { 'content-type': JSON_1_0, 'x-amz-target': target };
    expect(errorOf(await served.send('POST', { ...headers, ...signed }, '{}'))).toEqual([
      400,
      name,
    ]);
    expect(errorOf(await served.send('POST', headers, '{}'))).toEqual([400, name]);
  });

  it('may be of DynamoDB Streams', async () => {
    const { status, text } = await served.post('DynamoDBStreams_20120810.ListStreams', {});
    expect([status, JSON.parse(text)]).toEqual([200, { Streams: [] }]);
  });

  it('that DynamoDB has and this engine has not is refused by name', async () => {
    const { status, text } = await served.post('ImportTable', {});
    expect([status, JSON.parse(text).message]).toEqual([
      400,
      'ImportTable is an operation of DynamoDB that this emulator does not have.',
    ]);
  });
});

describe('the signature', () => {
  const unsigned = { 'content-type': JSON_1_0, 'x-amz-target': 'DynamoDB_20120810.ListTables' };
  const ask = async (headers: Record<string, string>, path = '/') => {
    const { text } = await served.send('POST', { ...unsigned, ...headers }, '{}', path);
    const { __type, message } = JSON.parse(text);
    return `${__type?.split('#')[1]}: ${message}`;
  };

  it('must be there', async () => {
    const missing = 'MissingAuthenticationTokenException: Request is missing Authentication Token';
    expect(await ask({})).toBe(missing);
    expect(await ask({ authorization: 'Basic x' })).toBe(missing);
    expect(await ask({}, '/?X-Amz-Credential=a&X-Amz-Signature=b')).toBe(missing);
  });

  it('must be complete', async () => {
    expect(await ask({ authorization: 'AWS4-' })).toBe(
      "IncompleteSignatureException: Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. Authorization=AWS4-",
    );
    expect(
      await ask({}, '/?X-Amz-Algorithm=a&X-Amz-Credential=b&X-Amz-Signature=c&X-Amz-Date=d'),
    ).toBe(
      "IncompleteSignatureException: AWS query-string parameters must include 'X-Amz-SignedHeaders'. Re-examine the query-string parameters.",
    );
  });

  it('must be in one place', async () => {
    expect(await ask(signed, '/?X-Amz-Algorithm=a')).toBe(
      "InvalidSignatureException: Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.",
    );
  });

  it('is not checked: any credentials will do, also in the query', async () => {
    const query = ['Algorithm', 'Credential', 'Signature', 'SignedHeaders', 'Date'];
    const path = `/?${query.map((name) => `X-Amz-${name}=x`).join('&')}`;
    const { status } = await served.send('POST', unsigned, '{}', path);
    expect(status).toBe(200);
  });
});

describe('a page of another origin', () => {
  const origin = { origin: 'https://example.org' };

  it('may ask beforehand', async () => {
    const { status, headers, text } = await served.send('OPTIONS', {
      ...origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,x-amz-target',
      'access-control-request-private-network': 'true',
    });
    expect([status, text]).toEqual([200, '']);
    expect(headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'authorization,x-amz-target',
      'access-control-allow-private-network': 'true',
      'access-control-max-age': '172800',
    });
  });

  it('may read answers and errors', async () => {
    for (const operation of ['ListTables', 'Nonsense']) {
      const { headers } = await served.post(operation, {}, origin);
      expect(headers['access-control-allow-origin']).toBe('*');
    }
    const { headers } = await served.post('ListTables', {});
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });
});
