/** Globals of Node that published packages name, as far as they use them. */
import { Buffer as BufferOfPackage } from 'buffer';
import { sandbox } from './sandbox.ts';

export const Buffer = BufferOfPackage;

export const process = {
  env: { PGUSER: 'postgres', PGDATABASE: 'postgres' },
  platform: 'browser',
  nextTick: (run: (...given: unknown[]) => void, ...given: unknown[]) =>
    queueMicrotask(() => run(...given)),
};

/** A timer of a package does not keep a program from ending. */
export const setTimeout = (run: () => void, ms?: number) => {
  const timer = {
    id: sandbox.setTimeout(run, ms),
    ref: () => timer,
    unref: () => timer,
  };
  return timer;
};

export const clearTimeout = (timer: { id: unknown } | null | undefined) => {
  if (timer) sandbox.clearTimeout(timer.id);
};
