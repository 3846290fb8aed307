/** DynamoDB JSON as a lab shows it: plain values, tables, JSON in few lines. */
import { describe, expect, test } from 'vitest';
import {
  answeredItems,
  isSparse,
  itemGrid,
  plainItem,
  prettyJson,
  targets,
  transactActions,
} from '@/components/lab/attributes.ts';
import type { DynamoDBCall, Json } from '@/engine/lab/result.ts';

const call = (operation: string, request: Json, response: Json): DynamoDBCall => ({
  operation,
  request,
  status: 200,
  response,
  metering: { tables: [], itemsRead: 0, itemsReturned: 0, itemsWritten: 0, partitionKeys: 0 },
});

describe('an item as plain JSON', () => {
  test('loses the type descriptors, at any depth', () => {
    const item = {
      Name: { S: 'Ana' },
      Age: { N: '41' },
      Active: { BOOL: true },
      Editor: { NULL: true },
      Tags: { SS: ['keys', 'joins'] },
      Scores: { NS: ['1', '2.5'] },
      Address: { M: { Street: { S: 'Main' }, Floors: { L: [{ N: '1' }, { N: '2' }] } } },
    };
    expect(plainItem(item)).toEqual({
      Name: 'Ana',
      Age: 41,
      Active: true,
      Editor: null,
      Tags: ['keys', 'joins'],
      Scores: [1, 2.5],
      Address: { Street: 'Main', Floors: [1, 2] },
    });
  });

  test('keeps a number that a double cannot hold as text', () => {
    const digits = '12345678901234567890123456789012345678';
    expect(plainItem({ Balance: { N: digits } })).toEqual({ Balance: digits });
  });
});

describe('items as a table', () => {
  test('have a column for each attribute; where items differ in its type, each has its own', () => {
    const grid = itemGrid([
      { id: { S: 'a' }, n: { N: '1' }, mixed: { N: '1' } },
      { id: { S: 'b' }, n: { N: '2' }, mixed: { S: 'one' } },
    ]);
    expect(grid.columns).toEqual([
      { name: 'id', type: 'S' },
      { name: 'n', type: 'N' },
      { name: 'mixed', types: ['N', 'S'] },
    ]);
  });

  test('tell a NULL from an attribute that is not there', () => {
    const grid = itemGrid([{ id: { S: 'a' }, note: { NULL: true } }, { id: { S: 'b' } }]);
    expect(grid.rows).toEqual([
      ['a', null],
      ['b', undefined],
    ]);
  });

  test('put the key first and lists and maps on one line', () => {
    const grid = itemGrid(
      [{ tags: { SS: ['x', 'y'] }, at: { M: { a: { N: '1' } } }, pk: { S: 'k' } }],
      ['pk'],
    );
    expect(grid.columns.map(({ name }) => name)).toEqual(['pk', 'tags', 'at']);
    expect(grid.rows).toEqual([['k', '["x", "y"]', '{ "a": 1 }']]);
  });

  test('are sparse when they have too little in common', () => {
    const differing = [{ a: { S: '1' }, b: { S: '1' } }, { c: { S: '2' } }, { d: { S: '3' } }];
    expect(isSparse(itemGrid(differing))).toBe(true);
    expect(isSparse(itemGrid([{ a: { S: '1' }, b: { S: '1' } }, { a: { S: '2' } }]))).toBe(false);
  });
});

describe('the items of an answer', () => {
  test('of a GetItem, a Query and an UpdateItem that returns attributes', () => {
    const item = { id: { S: 'a' } };
    expect(answeredItems(call('GetItem', { TableName: 'T' }, { Item: item }))).toEqual([
      { label: 'Item', items: [item] },
    ]);
    expect(answeredItems(call('Query', { TableName: 'T' }, { Items: [item, item] }))).toEqual([
      { label: 'Items', items: [item, item] },
    ]);
    expect(answeredItems(call('UpdateItem', { TableName: 'T' }, { Attributes: item }))).toEqual([
      { label: 'Attributes', items: [item] },
    ]);
  });

  test('of a batch and of a transaction are grouped by table', () => {
    const item = { id: { S: 'a' } };
    expect(answeredItems(call('BatchGetItem', {}, { Responses: { A: [item], B: [] } }))).toEqual([
      { label: 'A', items: [item] },
    ]);
    const get = (table: string) => ({ Get: { TableName: table, Key: item } });
    const request = { TransactItems: [get('A'), get('B'), get('A')] };
    const response = { Responses: [{ Item: item }, {}, { Item: item }] };
    expect(answeredItems(call('TransactGetItems', request, response))).toEqual([
      { label: 'A', items: [item, item] },
    ]);
  });

  test('of a write without them: none', () => {
    expect(answeredItems(call('PutItem', { TableName: 'T' }, {}))).toEqual([]);
  });
});

test('a request names its table, its index, or all tables of its actions', () => {
  expect(targets(call('Query', { TableName: 'Posts', IndexName: 'by-author' }, {}))).toEqual([
    'Posts, index by-author',
  ]);
  expect(targets(call('BatchWriteItem', { RequestItems: { A: [], B: [] } }, {}))).toEqual([
    'A',
    'B',
  ]);
  const request = {
    TransactItems: [
      { Put: { TableName: 'Orders', Item: {} } },
      { Update: { TableName: 'Inventory', Key: { ProductID: { S: 'P9012' } } } },
      { Put: { TableName: 'Orders', Item: {} } },
    ],
  };
  expect(targets(call('TransactWriteItems', request, {}))).toEqual(['Orders', 'Inventory']);
  expect(transactActions(request)[1]).toEqual({
    action: 'Update',
    table: 'Inventory',
    key: 'P9012',
  });
});

test('JSON is broken only where a line would be too long', () => {
  expect(prettyJson({ Key: { id: { S: 'a' } } })).toBe('{ "Key": { "id": { "S": "a" } } }');
  expect(prettyJson({ a: [1, 2], b: { c: 'x'.repeat(20) } }, 24)).toBe(
    `{\n  "a": [1, 2],\n  "b": {\n    "c": "${'x'.repeat(20)}"\n  }\n}`,
  );
});
