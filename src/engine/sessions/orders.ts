/** Orders in which the steps of sessions can be interleaved: `AABB` is a step of A, another, then two of B. */
import { type PlayStep, SESSION_NAMES, type SessionName } from './play.ts';

/** An order that the scenario cannot be played in; the message says why. */
export class OrderError extends Error {
  override readonly name = 'OrderError';
}

/** How many orders there are, when the sessions have so many steps: a multinomial coefficient. */
export function countOrders(lengths: readonly number[]): number {
  let count = 1;
  let total = 0;
  for (const length of lengths) {
    for (let step = 1; step <= length; step += 1) {
      total += 1;
      count = (count * total) / step;
    }
  }
  return Math.round(count);
}

/** Every order, in the order of the alphabet. */
export function allOrders(lengths: Readonly<Partial<Record<SessionName, number>>>): string[] {
  const orders: string[] = [];
  const left = new Map(SESSION_NAMES.map((name) => [name, lengths[name] ?? 0]));
  const walk = (order: string) => {
    let ended = true;
    for (const [name, count] of left) {
      if (count === 0) continue;
      ended = false;
      left.set(name, count - 1);
      walk(order + name);
      left.set(name, count);
    }
    if (ended) orders.push(order);
  };
  walk('');
  return orders;
}

/**
 * The steps in an order.
 * @throws {OrderError} when the order names another session, or not each step of each session once.
 */
export function inOrder<S extends PlayStep>(steps: readonly S[], order: string): S[] {
  const queues = new Map<string, S[]>();
  for (const step of steps) {
    const queue = queues.get(step.session);
    if (queue) queue.push(step);
    else queues.set(step.session, [step]);
  }
  const sequence = [...order].map((name) => {
    const queue = queues.get(name);
    if (!queue) throw new OrderError(`"${order}" names session ${name}, which there is not.`);
    const step = queue.shift();
    if (!step) throw new OrderError(`"${order}" has more steps of ${name} than ${name} has.`);
    return step;
  });
  for (const [name, [missing]] of queues) {
    if (missing) throw new OrderError(`"${order}" leaves out ${missing.id} of session ${name}.`);
  }
  return sequence;
}
