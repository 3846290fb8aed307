/** What may be shipped, and how the list of it comes about. */
import { expect, test } from 'vitest';
import { licenceProblems } from '../../tools/check/licences.ts';
import { collectWorks } from '../../tools/licences/collect.ts';
import { isPermissive } from '../../tools/licences/permissive.ts';
import { packagesOf } from '../../tools/licences/shipped.ts';

const work = { name: 'a', version: '1.0.0', licence: 'MIT', notices: ['MIT License ...'] };

test('permissive licences pass, alone and in expressions', () => {
  expect(isPermissive('Apache-2.0')).toBe(true);
  expect(isPermissive('MIT OR GPL-3.0-only')).toBe(true);
  expect(isPermissive('(MIT OR CC0-1.0)')).toBe(true);
  expect(isPermissive('MIT AND PostgreSQL')).toBe(true);
});

test('others do not, however they are written', () => {
  for (const licence of [
    'GPL-3.0-only',
    'LGPL-3.0-or-later',
    'MPL-2.0',
    'UNLICENSED',
    'SEE LICENSE IN LICENSE.md',
    '',
    'MIT AND GPL-3.0-only',
    '(MIT OR ISC) AND GPL-3.0-only',
    'MIT OR',
    'MIT GPL-3.0-only',
  ]) {
    expect(isPermissive(licence), licence).toBe(false);
  }
});

test('a work is refused for its licence, for having none, and for lacking its text', () => {
  expect(licenceProblems([work])).toEqual([]);
  expect(
    licenceProblems([
      { ...work, licence: 'AGPL-3.0-only' },
      { ...work, licence: '' },
      { ...work, notices: [] },
    ]),
  ).toEqual([
    'a 1.0.0 is under AGPL-3.0-only, which is not permissive',
    'a 1.0.0 does not say its licence',
    'a 1.0.0 (MIT) has no file with its licence',
  ]);
});

test('what is loaded on demand may be copyleft, with its text', () => {
  const copyleft = { ...work, licence: 'GPL-2.0-or-later' };
  const onDemand = 'Loaded only when you run a lab that names it.';
  expect(licenceProblems([{ ...copyleft, onDemand }])).toEqual([]);
  expect(licenceProblems([{ ...copyleft, onDemand, notices: [] }])).toEqual([
    'a 1.0.0 (GPL-2.0-or-later) has no file with its licence',
  ]);
});

test('PostGIS is named with its licence, when it is loaded, and where its source is', () => {
  const works = collectWorks(['node_modules/@electric-sql/pglite-postgis']);
  const postgis = works.find(({ name }) => name === 'PostGIS');
  expect(postgis?.licence).toBe('GPL-2.0-or-later');
  expect(postgis?.onDemand).toMatch(/^Loaded only when .* Source: PostGIS 3\.6\.2 from https:/);
  expect(works.find(({ name }) => name === 'GEOS')?.licence).toBe('LGPL-2.1-or-later');
});

test('modules tell their packages: scoped, nested, virtual, with queries; our own have none', () => {
  expect(
    packagesOf([
      '/home/x/project/node_modules/preact/dist/preact.mjs',
      '\0/home/x/project/node_modules/@preact/signals/index.js?commonjs',
      'C:\\project\\node_modules\\a\\node_modules\\b\\index.js',
      '/home/x/project/src/engine/client.ts',
      '\0virtual:astro',
    ]),
  ).toEqual([
    'node_modules/@preact/signals',
    'node_modules/a/node_modules/b',
    'node_modules/preact',
  ]);
});
