/** What the tests of PartiQL statements share. */
import { Bench, N, S } from './support.ts';

export const things = () => {
  const bench = new Bench();
  for (const pk of ['a', 'b']) bench.put({ pk: S(pk), n: N(1) });
  return bench;
};
