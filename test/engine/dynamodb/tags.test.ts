/** Tags of tables. */
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/engine/lab/result.ts';
import { Bench, tableRequest } from './support.ts';

const ResourceArn = 'arn:aws:dynamodb:us-east-1:123456789012:table/Things';

function tagsOf(bench: Bench): Record<string, string> {
  const { Tags } = bench.ok('ListTagsOfResource', { ResourceArn });
  return Object.fromEntries(
    Tags.map((tag: { Key: string; Value: string }) => [tag.Key, tag.Value]),
  );
}

const tags = (count: number, from = 0) =>
  Array.from({ length: count }, (_, at) => ({ Key: `key${from + at}`, Value: '' }));

describe('Tags', () => {
  it('are given to a new table, added, replaced and taken away', () => {
    const bench = new Bench();
    const request = { ...tableRequest('Other', {}), Tags: [{ Key: 'team', Value: 'shop' }] };
    const arn = bench.ok('CreateTable', request).TableDescription.TableArn;
    expect(bench.ok('ListTagsOfResource', { ResourceArn: arn })).toEqual({
      Tags: [{ Key: 'team', Value: 'shop' }],
    });
    bench.ok('TagResource', {
      ResourceArn,
      Tags: [
        { Key: 'a', Value: '1' },
        { Key: 'b', Value: '2' },
      ],
    });
    bench.ok('TagResource', { ResourceArn, Tags: [{ Key: 'b', Value: '3' }] });
    expect(tagsOf(bench)).toEqual({ a: '1', b: '3' });
    expect(bench.ok('UntagResource', { ResourceArn, TagKeys: ['a', 'absent'] })).toEqual({});
    expect(tagsOf(bench)).toEqual({ b: '3' });
  });

  it('belong to snapshots', () => {
    const bench = new Bench();
    bench.ok('TagResource', { ResourceArn, Tags: [{ Key: 'a', Value: '1' }] });
    const before = bench.db.snapshot();
    bench.ok('UntagResource', { ResourceArn, TagKeys: ['a'] });
    bench.db.restore(before);
    expect(tagsOf(bench)).toEqual({ a: '1' });
  });

  it('are 50 at most, counted with those that are there', () => {
    const bench = new Bench();
    bench.ok('TagResource', { ResourceArn, Tags: tags(50) });
    expect(bench.refused('TagResource', { ResourceArn, Tags: tags(1, 50) })).toEqual({
      name: 'ValidationException',
      message: 'Number of Tags exceed the current limit for the provided ResourceArn',
    });
    bench.ok('TagResource', { ResourceArn, Tags: [{ Key: 'key0', Value: 'again' }] });
  });

  it.each<[string, Json[]]>([
    ['Atleast one Tag needs to be provided as Input.', []],
    ['The Tag Key provided is invalid, Key: ', [{ Key: '', Value: '' }]],
    ['The Tag Key provided is invalid, Key: null', [{ Value: '' }]],
    ['The Tag Value provided is invalid, Value: null', [{ Key: 'a' }]],
    ['The Tag Value provided is invalid, Value: 100%', [{ Key: 'a', Value: '100%' }]],
    [
      `The Tag Key provided is invalid, Key: ${'k'.repeat(129)}`,
      [{ Key: 'k'.repeat(129), Value: '' }],
    ],
    ['Tag Key cannot be prefixed with aws:, Key: AWS:a', [{ Key: 'AWS:a', Value: '' }]],
    [
      'Duplicate Tag Keys provided as input: Duplicate Tag Key found a',
      [
        { Key: 'a', Value: '1' },
        { Key: 'a', Value: '2' },
      ],
    ],
  ])('are refused, all of a request: %s', (message, more) => {
    const bench = new Bench();
    const Tags = more.length > 0 ? [{ Key: 'good', Value: '' }, ...more] : more;
    expect(bench.refused('TagResource', { ResourceArn, Tags })).toEqual({
      name: 'ValidationException',
      message,
    });
    expect(tagsOf(bench)).toEqual({});
  });

  it.each<[string, string, string]>([
    ['Things', 'ValidationException', "ARNs must start with 'arn:': Things"],
    [
      'arn:aws:s3:::bucket',
      'ValidationException',
      'Provided Arn is not a DynamoDB resource arn: arn:aws:s3:::bucket',
    ],
    [
      `${ResourceArn}/index/gsi`,
      'ValidationException',
      `Invalid resource arn provided, only table or stream is accepted. Provided resource arn: ${ResourceArn}/index/gsi`,
    ],
    [
      `${ResourceArn}2`,
      'ResourceNotFoundException',
      `Requested resource not found: ResourceArn: ${ResourceArn}2 not found`,
    ],
  ])('are of tables only: %s', (arn, name, message) => {
    const error = new Bench().refused('ListTagsOfResource', { ResourceArn: arn });
    const prefix =
      name === 'ValidationException' ? 'One or more parameter values were invalid: ' : '';
    expect(error).toEqual({ name, message: prefix + message });
  });

  it.each([
    ['a name that no table can have', 'arn:aws:dynamodb:us-east-1:123456789012:table/ab'],
    ['another Region', 'arn:aws:dynamodb:eu-west-1:123456789012:table/Things'],
  ])('with %s are refused before the tags are looked at', (_, arn) => {
    expect(new Bench().refused('TagResource', { ResourceArn: arn, Tags: [] })).toEqual({
      name: 'ValidationException',
      message: `Invalid TableArn: Invalid ResourceArn provided as input ${arn}`,
    });
  });

  it('of another account are none of ours', () => {
    const foreign = 'arn:aws:dynamodb:us-east-1:000000000000:table/Things';
    expect(new Bench().refused('ListTagsOfResource', { ResourceArn: foreign })).toEqual({
      name: 'AccessDeniedException',
      Message: 'Access is denied',
    });
  });
});
