import { BarFlag, type BarMatrix } from '../market/index.js';
import { createRng, parseDay } from '../util/index.js';

export const FIRST_DAY = parseDay('2020-01-01');

/** Price of a bar that tells its instrument, session and column: no two cells of the matrix are alike. */
export function codedPrice(symbolIndex: number, session: number, column: 'open' | 'high' | 'low' | 'close'): number {
  const wave = 10 * Math.sin(session * (1 + symbolIndex / 7)) + session / 10;
  const base = 100 * (symbolIndex + 1) + wave;
  return base + { open: 0.25, high: 1.5, low: -1.5, close: 0.5 }[column];
}

export function codedVolume(symbolIndex: number, session: number): number {
  return 1_000_000 * (symbolIndex + 1) + 1000 * ((session * 7919) % 997);
}

export interface CodedOptions {
  readonly symbols: number;
  readonly days: number;
  readonly withAmount?: boolean;
  /** Session of the listing, per symbol. */
  readonly listedAt?: readonly number[];
  /** `[symbol, session]` of suspended and of misrecorded bars. */
  readonly suspended?: readonly (readonly [number, number])[];
  readonly misrecorded?: readonly (readonly [number, number])[];
}

/** Bars whose values tell where they belong (zipline's trick), so that a misalignment of any kind shows. */
export function codedBars(options: CodedOptions): BarMatrix {
  const { symbols, days } = options;
  const listed = (s: number, t: number) => t >= (options.listedAt?.[s] ?? 0);
  const matrix = (value: (s: number, t: number) => number) =>
    Float64Array.from({ length: symbols * days }, (_, cell) => {
      const s = Math.floor(cell / days);
      const t = cell % days;
      return listed(s, t) ? value(s, t) : Number.NaN;
    });
  const bars: BarMatrix = {
    symbols: Array.from({ length: symbols }, (_, s) => `S${s}`),
    dates: Int32Array.from({ length: days }, (_, t) => FIRST_DAY + t),
    open: matrix((s, t) => codedPrice(s, t, 'open')),
    high: matrix((s, t) => codedPrice(s, t, 'high')),
    low: matrix((s, t) => codedPrice(s, t, 'low')),
    close: matrix((s, t) => codedPrice(s, t, 'close')),
    volume: matrix(codedVolume),
    amount: options.withAmount ? matrix((s, t) => 10 * codedVolume(s, t) + s) : null,
    adjFactor: matrix((s, t) => 1 + 0.1 * s + (t >= 40 ? 0.05 : 0)),
    suspended: new Uint8Array(symbols * days),
    st: null,
    flags: new Uint8Array(symbols * days),
  };
  for (const [s, t] of options.suspended ?? []) {
    const cell = s * days + t;
    bars.suspended[cell] = 1;
    bars.volume[cell] = 0;
    for (const prices of [bars.open, bars.high, bars.low, bars.close]) prices[cell] = bars.close[cell - 1];
  }
  for (const [s, t] of options.misrecorded ?? []) {
    bars.flags[s * days + t] |= BarFlag.MISRECORDED;
    bars.high[s * days + t] = 1e9;
  }
  return bars;
}

function mapMatrices(bars: BarMatrix, change: <T extends Float64Array | Uint8Array>(matrix: T) => T): BarMatrix {
  return {
    ...bars,
    open: change(bars.open),
    high: change(bars.high),
    low: change(bars.low),
    close: change(bars.close),
    volume: change(bars.volume),
    amount: bars.amount === null ? null : change(bars.amount),
    adjFactor: change(bars.adjFactor),
    suspended: change(bars.suspended),
    flags: change(bars.flags),
  };
}

/** The same market seen from session `from` up to, not including, session `to`. */
export function sessionsOf(bars: BarMatrix, from: number, to: number): BarMatrix {
  const days = bars.dates.length;
  const width = to - from;
  return {
    ...mapMatrices(bars, (matrix) => {
      const cut = matrix.slice(0, bars.symbols.length * width) as typeof matrix;
      for (let s = 0; s < bars.symbols.length; s++) {
        cut.set(matrix.subarray(s * days + from, s * days + to), s * width);
      }
      return cut;
    }),
    dates: bars.dates.slice(from, to),
  };
}

/** The same market with everything from session `from` on replaced by noise: prices, volumes, factors, suspensions. */
export function noisyAfter(bars: BarMatrix, from: number): BarMatrix {
  const days = bars.dates.length;
  const rng = createRng(99, 'noise after');
  return mapMatrices(bars, (matrix) => {
    const noisy = matrix.slice() as typeof matrix;
    for (let cell = 0; cell < noisy.length; cell++) {
      if (cell % days < from) continue;
      noisy[cell] = matrix instanceof Uint8Array ? (rng.int(5) === 0 ? 1 : 0) : 1000 * Math.exp(rng.normal());
    }
    return noisy;
  });
}
