import type { Rng } from '../../../util/index.js';

const FIRST_WAIT_SECONDS = 1;
const LONGEST_WAIT_SECONDS = 60;

/** Worth another try: the source is busy, or what came is no whole answer. */
export class TryAgain extends Error {
  /** Seconds the source asks to wait; null where it does not say. */
  readonly afterSeconds: number | null;

  constructor(message: string, afterSeconds: number | null = null) {
    super(message);
    this.afterSeconds = afterSeconds;
  }
}

/**
 * Seconds to wait after failed try number `attempt` (from 0): doubling from one second to a minute, of which a random half
 * to whole is waited, so that many clients do not come back at once.
 */
export function backoffSeconds(attempt: number, rng: Rng): number {
  const most = Math.min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** attempt);
  return most * (0.5 + rng.uniform() / 2);
}

/**
 * Seconds named by a Retry-After header: a number of seconds or an HTTP date (RFC 9110, 10.2.3). Null where there is none or
 * it is neither.
 * @param now ISO 8601 instant
 */
export function retryAfterSeconds(header: string | null, now: string): number | null {
  if (header === null) return null;
  if (/^\d+$/.test(header.trim())) return Number(header);
  const seconds = (Date.parse(header) - Date.parse(now)) / 1000;
  return Number.isNaN(seconds) ? null : Math.max(0, seconds);
}
