/** Orders of steps: how many there are, which, and what is none. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allOrders, countOrders, inOrder } from '../../../src/engine/sessions/orders.ts';
import { nextStep, type PlayStep, type SessionName } from '../../../src/engine/sessions/play.ts';

const step = (id: PlayStep['id']): PlayStep => ({
  id,
  session: id.charAt(0) as SessionName,
  sql: 'SELECT',
});

describe('orders', () => {
  test('of two steps each are six', () => {
    expect(allOrders({ A: 2, B: 2 })).toEqual(['AABB', 'ABAB', 'ABBA', 'BAAB', 'BABA', 'BBAA']);
  });

  test('are as many as the multinomial coefficient says, each once, and each has all steps', () => {
    const length = fc.integer({ min: 0, max: 3 });
    fc.assert(
      fc.property(length, length, length, (a, b, c) => {
        const orders = allOrders({ A: a, B: b, C: c });
        expect(orders).toHaveLength(countOrders([a, b, c]));
        expect(new Set(orders).size).toBe(orders.length);
        expect(orders).toEqual([...orders].sort());
        for (const order of orders) {
          expect(['A', 'B', 'C'].map((name) => order.split(name).length - 1)).toEqual([a, b, c]);
        }
      }),
    );
  });

  test.each([
    [[4, 4], 70],
    [[3, 3], 20],
    [[2, 2, 2], 90],
    [[10, 10], 184_756],
  ])('of %j steps are %i', (lengths, count) => {
    expect(countOrders(lengths)).toBe(count);
  });
});

describe('steps in an order', () => {
  const steps = (['A1', 'A2', 'B1', 'B2'] as const).map(step);

  test('come as the order names their sessions, each session’s in its own order', () => {
    expect(inOrder(steps, 'BABA').map(({ id }) => id)).toEqual(['B1', 'A1', 'B2', 'A2']);
  });

  test.each([
    ['AABC', '"AABC" names session C, which there is not.'],
    ['AAAB', '"AAAB" has more steps of A than A has.'],
    ['AAB', '"AAB" leaves out B2 of session B.'],
  ])('%s is none: %s', (order, message) => {
    expect(() => inOrder(steps, order)).toThrow(
      expect.objectContaining({ name: 'OrderError', message }),
    );
  });
});

test('the next step is the first whose session does not wait', () => {
  const left = (['A2', 'B1', 'A3', 'B2'] as const).map(step);
  expect(nextStep(left, new Set())).toBe(0);
  expect(nextStep(left, new Set(['A']))).toBe(1);
  expect(nextStep(left, new Set(['A', 'B']))).toBe(-1);
  expect(nextStep([], new Set())).toBe(-1);
});
