/** Errors that nobody caught: in a timer, in a promise that nobody awaits. */
import { after } from './alive.ts';
import type { Platform } from './platform.ts';

/** How long a platform may take to report a rejection; Chromium takes a few turns of its loop. */
const REPORTED_WITHIN_MS = 100;

/** Takes uncaught errors, one listener at a time. */
export class Uncaught {
  private listener: (error: unknown) => void = () => {};
  private probe: { error: object; reported: () => void } | undefined;

  constructor(platform: Platform) {
    platform.onUncaught((error) => {
      if (this.probe && error === this.probe.error) this.probe.reported();
      else this.listener(error);
    });
  }

  /** A promise that rejects with the next uncaught error. */
  next(): Promise<never> {
    return new Promise((_, reject) => {
      this.listener = reject;
    });
  }

  /**
   * Resolves when the rejections so far have been reported: they are in their order, so a rejection
   * of our own is reported after them.
   */
  async reported(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.probe = { error: {}, reported: resolve };
    void Promise.reject(this.probe.error);
    await Promise.race([promise, after(REPORTED_WITHIN_MS)]);
  }
}
