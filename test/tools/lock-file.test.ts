/** A package for another platform that npm has lost is found, and put back with its platform. */
import { expect, test } from 'vitest';
import { lostPackages, withLostPackages } from '../../tools/check/lock-file.ts';

const lock = {
  packages: {
    '': {},
    'node_modules/a': {
      version: '2.0.0',
      dev: true,
      optionalDependencies: {
        '@a/linux-x64-musl': '2.0.0',
        '@a/darwin-arm64': '2.0.0',
        b: '1.0.0',
      },
    },
    'node_modules/a/node_modules/b': { version: '1.0.0' },
    'node_modules/z': { version: '1.0.0' },
  },
};

test('what is locked above or below the package that wants it is not lost', () => {
  expect(lostPackages(lock).map(({ name }) => name)).toEqual([
    '@a/linux-x64-musl',
    '@a/darwin-arm64',
  ]);
});

test('lost packages come back in their place, for their platform alone', () => {
  const repaired = withLostPackages(lock);
  expect(lostPackages(repaired)).toEqual([]);
  expect(Object.keys(repaired.packages)).toEqual([
    '',
    'node_modules/@a/darwin-arm64',
    'node_modules/@a/linux-x64-musl',
    'node_modules/a',
    'node_modules/a/node_modules/b',
    'node_modules/z',
  ]);
  expect(repaired.packages['node_modules/@a/linux-x64-musl']).toEqual({
    version: '2.0.0',
    cpu: ['x64'],
    dev: true,
    libc: ['musl'],
    optional: true,
    os: ['linux'],
  });
});

test('a lost package whose name tells no platform is left to npm', () => {
  const packages = { 'node_modules/a': { optionalDependencies: { b: '1.0.0' } } };
  expect(() => withLostPackages({ packages })).toThrow('b, which node_modules/a wants');
});
