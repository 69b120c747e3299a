/** The only place of the core that reads a clock. Times are shown beside results, never part of them. */
export interface Clock {
  /** Seconds from an arbitrary origin, never going back. */
  seconds(): number;
  /** The wall clock as an ISO 8601 instant. */
  now(): string;
}

export const systemClock: Clock = {
  seconds: () => performance.now() / 1000,
  now: () => new Date().toISOString(),
};
