/** Random requests of every operation: whatever is asked, the answer is DynamoDB's, and a refusal changes nothing. */
import { describe, expect, it } from 'vitest';
import type { DynamoDB } from '../../../../.generated/dynamodb/engine.js';
import type { Json } from '../../../../src/engine/lab/result.ts';
import { api } from './api.ts';
import { Random } from './random.ts';
import { type Found, mutated, randomRequest } from './requests.ts';
import { samples } from './samples.ts';
import { SECONDS, SEED } from './settings.ts';
import { contents, observe, subject, supportedOperations } from './subject.ts';

/** Worlds of a run that is not told how long to go on. */
const WORLDS = 150;
/** Requests of one world, one after the other. */
const REQUESTS = 60;

/** Sends requests to a world of its own, and says which of them went wrong. */
function run(seed: number, db: DynamoDB, operations: readonly string[]): string | undefined {
  const random = new Random(seed);
  const found: Found = new Map();
  let before = contents(db);
  for (let count = 0; count < REQUESTS; count++) {
    const operation = random.pick(operations);
    // Tables that are gone make the rest of the run uninteresting.
    if (operation === 'DeleteTable' && random.chance(0.9)) continue;
    const sample = random.chance(0.3) ? random.pick(samples[operation] ?? []) : undefined;
    let request = sample ?? randomRequest(random, operation, found);
    if (random.chance(0.3)) request = mutated(random, request);
    const { refused, body, problem } = observe(db, operation, request, random.chance(0.5));
    const after = contents(db);
    const wrong = problem ?? (refused && after !== before ? 'refused, it changed something' : '');
    if (wrong) return `FUZZ_SEED=${seed}: ${operation} ${JSON.stringify(request)}: ${wrong}`;
    remember(found, body);
    before = after;
  }
  return undefined;
}

/** Keeps tokens and ARNs of an answer for later requests. */
function remember(found: Found, answer: Json): void {
  if (answer === null || typeof answer !== 'object') return;
  for (const [name, value] of Object.entries(answer)) {
    if (typeof value === 'string' && /Arn$|Id$|Token$|ShardIterator$|Number$/.test(name)) {
      const last = [...(found.get(name) ?? []), value].slice(-5);
      found.set(name, last);
      if (name === 'TableArn') found.set('ResourceArn', last);
      if (name === 'LatestStreamArn') found.set('StreamArn', last);
    } else remember(found, value);
  }
}

describe('sample requests', () => {
  it('there are for every operation that the engine has, and they go through', () => {
    for (const operation of supportedOperations(subject())) {
      expect(samples[operation] ?? [], operation).not.toEqual([]);
    }
    for (const [operation, requests] of Object.entries(samples)) {
      for (const request of requests) {
        const { refused, body } = observe(subject(), operation, request, false);
        expect(refused, `${operation}: ${JSON.stringify(body)}`).toBe(false);
      }
    }
  });
});

describe('every operation of the API', () => {
  it('is there, or refused by its name', () => {
    const db = subject();
    for (const operation of [...api.keys()].filter((name) => !db.has(name))) {
      const { body } = db.handle(operation, {});
      expect(body.__type).toMatch(/#UnknownOperationException$/);
      expect(body.message).toBe(
        `${operation} is an operation of DynamoDB that this emulator does not have.`,
      );
    }
  });
});

describe('random requests', () => {
  it(
    'are answered as DynamoDB answers, in bounded time; refusals change nothing',
    () => {
      const db = subject();
      const operations = supportedOperations(db);
      const fresh = db.snapshot();
      const empty = contents(db);
      const end = performance.now() + SECONDS * 1000;
      for (let world = 0; SECONDS > 0 ? performance.now() < end : world < WORLDS; world++) {
        expect(run(SEED + world, db, operations)).toBeUndefined();
        db.restore(fresh);
        expect(contents(db)).toBe(empty);
      }
    },
    SECONDS * 1000 + 120_000,
  );
});
