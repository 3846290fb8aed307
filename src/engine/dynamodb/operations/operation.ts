/** What every operation has in common. */
import type { Json } from '../../lab/result.ts';
import type { Meter } from '../capacity.ts';
import type { Shape } from '../request/shape.ts';
import type { Store } from '../storage/store.ts';
import type { StoredItem } from '../storage/stored-item.ts';
import type { Item } from '../values/attribute.ts';
import type { World } from '../world/world.ts';

/** What an operation works with. */
export interface Context {
  store: Store;
  /** What the request costs; it counts also when the operation throws. */
  meter: Meter;
  /** The Region that the request is for. */
  region: string;
  /** What happens around the engine; undefined when nothing does. */
  world: World | undefined;
  /** The access key of the request, where one is told. */
  caller?: string | undefined;
  /** Throws AccessDeniedException when the caller must not make the request of this input; undefined where anyone may. */
  authorize?: ((input: unknown) => void) | undefined;
  /** Milliseconds since 1970, by the engine's clock. */
  now(): number;
  /** From 0 up to 1, by the engine's source of chance. */
  random(): number;
}

/**
 * The body of an answer. Members that are undefined are left out. It may share what is stored: the engine prints it
 * before anyone else sees it.
 */
export type Body = { [member: string]: Json | undefined };

/** An operation of the API: from a request to the body of its answer. Throws ApiError. */
export type Operation = (request: Json, context: Context) => Body;

/** Joins the reading of requests, the look at whether they may be made, and what is then done. */
export function operation<Input>(
  read: (request: Json) => Input,
  run: (input: Input, context: Context) => Body,
): Operation {
  return (request, context) => {
    const input = read(request);
    context.authorize?.(input);
    return run(input, context);
  };
}

/** Items are JSON, and stored ones are printed as such; the types say so only here. */
export function json(item: Item | StoredItem): { [key: string]: Json };
export function json(item: Item | StoredItem | undefined): { [key: string]: Json } | undefined;
export function json(item: Item | StoredItem | undefined): { [key: string]: Json } | undefined {
  return item as unknown as { [key: string]: Json } | undefined;
}

/** An empty map of an answer, whose keys come from the caller: `__proto__` is one like any other. */
export function jsonMap<Value extends Json>(): { [key: string]: Value } {
  return Object.create(null) as { [key: string]: Value };
}

/** A parameter that dynalite does not know yet: the item as it was when a condition fails. */
export const returnValuesOnConditionCheckFailure: Shape = {
  type: 'String',
  enum: ['ALL_OLD', 'NONE'],
};
