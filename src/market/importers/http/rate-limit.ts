import type { Pacing } from './pacing.js';

/** Lets through so many requests a minute. */
export interface RateLimit {
  /** Comes back when the next request may be sent. @throws INTERRUPTED */
  take(signal?: AbortSignal): Promise<void>;
}

/**
 * Token bucket: `burst` requests may follow each other at once, after that one every 60 ÷ `perMinute` seconds.
 * @param perMinute requests a minute, above 0
 */
export function createRateLimit(perMinute: number, pacing: Pacing, burst = 1): RateLimit {
  const refill = perMinute / 60;
  let tokens = burst;
  let seen = pacing.seconds();
  return {
    async take(signal) {
      const now = pacing.seconds();
      tokens = Math.min(burst, tokens + (now - seen) * refill);
      seen = now;
      tokens -= 1;
      if (tokens < 0) await pacing.sleep(-tokens / refill, signal);
    },
  };
}
