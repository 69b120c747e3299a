import type { BarMatrix } from '../../market/index.js';
import { createRng, type Day, indexAsOf } from '../../util/index.js';

/** The part of a store that is turned to noise. */
export interface NoiseSpan {
  /** Every session of the store. */
  readonly sessions: Int32Array;
  /** Index of the first session after the cut. */
  readonly after: number;
  readonly cut: Day;
  readonly seed: number;
}

/** Share of sessions without trading, and yearly odds of a change of the factor, in the noise. */
const SUSPENDED = 0.02;
const FACTOR_CHANGES = 0.01;
const DELISTED = 0.2;

/**
 * Bars whose cells after the cut are a random walk of 3 % a day from the last close, with random volumes, factors,
 * suspensions and ends of listing. An instrument that was not listed by the cut keeps the day of its listing.
 */
export function noisyBars(bars: BarMatrix, { sessions, after, cut, seed }: NoiseSpan): BarMatrix {
  const days = bars.dates.length;
  const first = indexAsOf(bars.dates, cut) + 1;
  if (first >= days) return bars;
  const copy = (column: Float64Array) => column.slice();
  const noisy = {
    ...bars,
    open: copy(bars.open),
    high: copy(bars.high),
    low: copy(bars.low),
    close: copy(bars.close),
    volume: copy(bars.volume),
    amount: bars.amount && copy(bars.amount),
    adjFactor: copy(bars.adjFactor),
    suspended: bars.suspended.slice(),
    st: bars.st?.slice() ?? null,
    flags: bars.flags.slice(),
  };
  const end = indexAsOf(sessions, bars.dates[days - 1]);
  for (const [s, symbol] of bars.symbols.entries()) {
    const row = s * days;
    let known = first - 1;
    while (known >= 0 && !(bars.close[row + known] > 0)) known--;
    // Where the listing had ended by the cut, or the bars of the window begin after it, shapes stay as they are.
    const listed = known >= 0 && known >= first - 60;
    const rng = createRng(seed, 'bars', symbol);
    const leaves = rng.uniform() < DELISTED ? after + rng.int(Math.max(1, sessions.length - after)) : sessions.length;
    let price = known >= 0 ? bars.close[row + known] : 5 + 20 * rng.uniform();
    let factor = known >= 0 ? bars.adjFactor[row + known] : 1;
    let volume = known >= 0 && bars.volume[row + known] > 0 ? bars.volume[row + known] : 1e6;
    const offset = days - 1 - end;
    for (let session = after; session <= end; session++) {
      const cell = row + session + offset;
      const before = price;
      price *= Math.exp(0.03 * rng.normal());
      const open = before * Math.exp(0.01 * rng.normal());
      if (rng.uniform() < FACTOR_CHANGES) factor *= 1 + 0.05 * rng.uniform();
      volume = Math.max(100, Math.round(volume * Math.exp(0.3 * rng.normal())));
      const rests = rng.uniform() < SUSPENDED;
      const exists = listed ? session < leaves : known < 0 && bars.close[cell] > 0;
      if (session + offset < 0) continue;
      noisy.open[cell] = exists ? (rests ? before : open) : Number.NaN;
      noisy.close[cell] = exists ? (rests ? before : price) : Number.NaN;
      noisy.high[cell] = exists ? Math.max(noisy.open[cell], noisy.close[cell]) * (rests ? 1 : 1.005) : Number.NaN;
      noisy.low[cell] = exists ? Math.min(noisy.open[cell], noisy.close[cell]) * (rests ? 1 : 0.995) : Number.NaN;
      noisy.volume[cell] = exists ? (rests ? 0 : volume) : Number.NaN;
      noisy.adjFactor[cell] = exists ? factor : Number.NaN;
      if (noisy.amount) noisy.amount[cell] = noisy.volume[cell] * noisy.close[cell];
      noisy.suspended[cell] = exists && rests ? 1 : 0;
      if (noisy.st) noisy.st[cell] = exists && rng.uniform() < SUSPENDED ? 1 : 0;
      noisy.flags[cell] = 0;
      if (rests) price = before;
    }
  }
  return noisy;
}
