import { setTimeout as wait } from 'node:timers/promises';
import { CandlenetError, systemClock } from '../../../util/index.js';

/** Time as a client of a remote source needs it; a test gives its own and never waits. */
export interface Pacing {
  /** Seconds from an arbitrary origin, never going back. */
  seconds(): number;
  /** The wall clock as an ISO 8601 instant, for a Retry-After that names a date. */
  now(): string;
  /** @throws INTERRUPTED when the signal is aborted before or while waiting */
  sleep(seconds: number, signal?: AbortSignal): Promise<void>;
}

export function interrupted(): CandlenetError {
  return new CandlenetError(
    'INTERRUPTED',
    'import stopped: no store was written; the same command carries on from its cache',
  );
}

export const systemPacing: Pacing = {
  ...systemClock,
  async sleep(seconds, signal) {
    try {
      await wait(seconds * 1000, undefined, signal ? { signal } : {});
    } catch {
      throw interrupted();
    }
  },
};
