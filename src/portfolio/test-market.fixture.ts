import { type Policy, type PolicyContext, runBacktest } from '../backtest/index.js';
import { type BarMatrix, type Instrument, rulebookByName } from '../market/index.js';
import { type Day, parseDay, weekdayOf } from '../util/index.js';
import { PriceHistory } from './price-history.js';

/** One symbol: closes by session, NaN for none; an open is the close before where nothing else is said. */
export interface Row {
  readonly symbol: string;
  readonly close: readonly number[];
  readonly open?: Readonly<Record<number, number>>;
  readonly volume?: readonly number[];
  readonly factor?: readonly number[];
}

export function weekdays(from: string, count: number): Int32Array {
  const days = new Int32Array(count);
  for (let i = 0, day = parseDay(from); i < count; day++) if (weekdayOf(day) < 5) days[i++] = day;
  return days;
}

export function barsOf(rows: readonly Row[], from = '2022-01-03'): BarMatrix {
  const sessions = rows[0].close.length;
  const cells = <T>(value: (row: Row, d: number) => T) =>
    rows.flatMap((row) => Array.from({ length: sessions }, (_, d) => value(row, d)));
  const open = (row: Row, d: number) =>
    Number.isNaN(row.close[d]) ? Number.NaN : (row.open?.[d] ?? row.close[d - 1] ?? row.close[d]);
  return {
    symbols: rows.map(({ symbol }) => symbol),
    dates: weekdays(from, sessions),
    open: Float64Array.from(cells(open)),
    close: Float64Array.from(cells((row, d) => row.close[d])),
    high: Float64Array.from(cells((row, d) => Math.max(open(row, d), row.close[d]))),
    low: Float64Array.from(cells((row, d) => Math.min(open(row, d), row.close[d]))),
    volume: Float64Array.from(cells((row, d) => row.volume?.[d] ?? 1e9)),
    amount: null,
    adjFactor: Float64Array.from(cells((row, d) => row.factor?.[d] ?? 1)),
    suspended: new Uint8Array(rows.length * sessions),
    st: null,
    flags: new Uint8Array(rows.length * sessions),
  };
}

/** Main-board shares listed long before the bars. */
export const instrumentsOf = ({ symbols }: BarMatrix): Instrument[] =>
  symbols.map((symbol) => ({
    symbol,
    name: '',
    exchange: 'SSE',
    board: 'main',
    industry: '',
    listDate: parseDay('2001-01-01'),
    delistDate: null,
  }));

/** A back-test without costs over all sessions but the first `warmUp`. */
export function trade(bars: BarMatrix, policy: Policy, { rulebook = 'frictionless', warmUp = 1, carry = false } = {}) {
  return runBacktest({
    bars,
    instruments: instrumentsOf(bars),
    rulebook: rulebookByName(rulebook),
    costs: { model: 'flat', flatRate: 0 },
    initialCapital: 1e6,
    from: bars.dates[warmUp],
    to: bars.dates[bars.dates.length - 1],
    policy,
    remainder: carry ? 'carry' : 'cancel',
  });
}

/** Sets the given weights after the given sessions and leaves the portfolio alone otherwise. */
export function scripted(plan: Readonly<Record<number, Readonly<Record<string, number>>>>): Policy {
  return {
    name: 'scripted',
    start: () => (context) => {
      const weights = plan[context.session];
      return weights ? { signalDate: context.date, weights: new Map(Object.entries(weights)) } : null;
    },
  };
}

/** A ledger that holds the given weights after the close of a session. */
export function contextOf(
  bars: BarMatrix,
  session: number,
  weights: Readonly<Record<string, number>> = {},
  equity = 100,
): PolicyContext {
  const days = bars.dates.length;
  const priceOf = (symbol: string) => bars.close[bars.symbols.indexOf(symbol) * days + session];
  return {
    session,
    date: bars.dates[session],
    nextDate: bars.dates[session + 1] ?? ((bars.dates[session] + 1) as Day),
    symbols: bars.symbols,
    equity,
    cash: equity * (1 - Object.values(weights).reduce((sum, weight) => sum + weight, 0)),
    holdings: Object.entries(weights).map(([symbol, weight]) => ({
      symbol,
      weight,
      price: priceOf(symbol),
      value: weight * equity,
      shares: (weight * equity) / priceOf(symbol),
    })),
    tradable: (symbol) => priceOf(symbol) > 0,
  };
}

export const historyOf = (bars: BarMatrix): PriceHistory => new PriceHistory(bars);
