import type { BarMatrix, Instrument } from '../../market/index.js';
import { type Day, weekdayOf } from '../../util/index.js';

const SATURDAY = 5;

/** The next working day. Which of them the exchange is closed on, a store does not know. */
export function nextWorkingDay(day: Day): Day {
  let next = day + 1;
  while (weekdayOf(next) >= SATURDAY) next++;
  return next;
}

/**
 * The bars with one session more, as it stands before its open: every price is the last close, whoever is suspended or
 * under special treatment still is, the volume is the last session's. Orders of that session are sized as a back-test
 * would size them; what they fill at is known only when it opens.
 */
export function withNextSession(bars: BarMatrix, instruments: readonly Instrument[], next: Day): BarMatrix {
  const { symbols, dates } = bars;
  const days = dates.length;
  const ended = new Map(
    instruments.map(({ symbol, delistDate }) => [symbol, delistDate !== null && delistDate < next]),
  );
  const widen = <T extends Float64Array | Uint8Array>(from: T, last: (s: number, cell: number) => number): T => {
    const wide = new (from.constructor as new (length: number) => T)(symbols.length * (days + 1));
    for (let s = 0; s < symbols.length; s++) {
      wide.set(from.subarray(s * days, (s + 1) * days), s * (days + 1));
      wide[s * (days + 1) + days] = last(s, (s + 1) * days - 1);
    }
    return wide;
  };
  const mark = Float64Array.from(symbols, (symbol, s) => {
    if (ended.get(symbol)) return Number.NaN;
    for (let t = days - 1; t >= 0; t--) {
      const close = bars.close[s * days + t];
      if (close > 0) return close;
    }
    return Number.NaN;
  });
  const price = (s: number) => mark[s];
  const same = (from: ArrayLike<number>) => (_s: number, cell: number) => from[cell];
  const absent = (cell: number) => !(bars.close[cell] > 0);
  const factor = (s: number, cell: number) => {
    for (let at = cell; at >= s * days; at--) if (bars.adjFactor[at] > 0) return bars.adjFactor[at];
    return Number.NaN;
  };
  return {
    symbols,
    dates: Int32Array.from([...dates, next]),
    open: widen(bars.open, price),
    high: widen(bars.high, price),
    low: widen(bars.low, price),
    close: widen(bars.close, price),
    volume: widen(bars.volume, (_s, cell) => (bars.volume[cell] > 0 ? bars.volume[cell] : 0)),
    amount: bars.amount === null ? null : widen(bars.amount, same(bars.amount)),
    adjFactor: widen(bars.adjFactor, factor),
    suspended: widen(bars.suspended, (_s, cell) => (absent(cell) ? 1 : bars.suspended[cell])),
    st: bars.st === null ? null : widen(bars.st, same(bars.st)),
    flags: widen(bars.flags, same(bars.flags)),
  };
}
