/** Faults of the service: requests that fail for no reason of their own, before or after they were done. */
import { ApiError } from '../request/errors.ts';
import type { Random } from './random.ts';
import type { Faults as FaultSettings } from './settings.ts';
import { throttlingException } from './throttling.ts';

/** A fault that the request going on meets. */
export interface Fault {
  error: ApiError;
  when: 'before' | 'after';
}

/** Source: DynamoDB Developer Guide, "Error handling with DynamoDB". */
const TOO_FAST = 'Rate of requests exceeds the allowed throughput.';

/** Draws faults by chance and on cue. */
export class Faults {
  readonly #settings: FaultSettings;
  /** Requests so far: all, and those of each operation. */
  #counts = new Map<string, number>();

  constructor(settings: FaultSettings) {
    this.#settings = settings;
  }

  clone(): Faults {
    const copy = new Faults(this.#settings);
    copy.#counts = new Map(this.#counts);
    return copy;
  }

  /** The fault that the next request meets, if any. */
  next(operation: string, random: Random): Fault | undefined {
    const all = this.#count('');
    const same = this.#count(operation);
    const { rate = 0, schedule = [] } = this.#settings;
    const due = schedule.find((fault) =>
      fault.operation === undefined
        ? fault.request === all
        : fault.operation === operation && fault.request === same,
    );
    if (due?.error === 'ThrottlingException') {
      return { error: throttlingException(TOO_FAST, []), when: 'before' };
    }
    if (due) return { error: internalServerError(), when: due.when ?? 'before' };
    if (rate === 0 || random.next() >= rate) return undefined;
    return { error: internalServerError(), when: random.next() < 0.5 ? 'before' : 'after' };
  }

  #count(name: string): number {
    const count = (this.#counts.get(name) ?? 0) + 1;
    this.#counts.set(name, count);
    return count;
  }
}

function internalServerError(): ApiError {
  return new ApiError(
    'com.amazonaws.dynamodb.v20120810#InternalServerError',
    'Internal server error',
  );
}
