import type { BarMatrix, Instrument } from '../market/index.js';
import { type Day, parseDay, weekdayOf } from '../util/index.js';
import type { Policy, PolicyContext } from './policy.js';

/** Bars of one symbol for tests: what is not given follows from the opens and closes. */
export interface TestBars {
  readonly symbol: string;
  readonly open?: readonly number[];
  readonly close: readonly number[];
  readonly high?: readonly number[];
  readonly low?: readonly number[];
  readonly volume?: readonly number[];
  readonly factor?: readonly number[];
  /** Sessions on which nothing traded. */
  readonly suspended?: readonly number[];
  readonly st?: readonly number[];
  readonly flags?: Readonly<Record<number, number>>;
  readonly board?: Instrument['board'];
  readonly exchange?: string;
  readonly listDate?: Day | null;
  readonly delistDate?: Day | null;
}

/** `count` weekdays from a day on. */
export function weekdays(from: string, count: number): Int32Array {
  const days = new Int32Array(count);
  let day = parseDay(from);
  for (let i = 0; i < count; day++) if (weekdayOf(day) < 5) days[i++] = day;
  return days;
}

export interface TestMarket {
  readonly bars: BarMatrix;
  readonly instruments: Instrument[];
  readonly dates: Int32Array;
}

/** A market from a few rows; opens default to the close before (the own close on the first session). */
export function testMarket(rows: readonly TestBars[], dates: Int32Array): TestMarket {
  const sessions = dates.length;
  const cells = rows.length * sessions;
  const matrix = () => new Float64Array(cells).fill(Number.NaN);
  const columns = { open: matrix(), high: matrix(), low: matrix(), close: matrix(), volume: matrix() };
  const adjFactor = matrix();
  const suspended = new Uint8Array(cells);
  const st = new Uint8Array(cells);
  const flags = new Uint8Array(cells);
  for (const [s, row] of rows.entries()) {
    for (let d = 0; d < sessions; d++) {
      const cell = s * sessions + d;
      const close = row.close[d] ?? Number.NaN;
      const open = row.open?.[d] ?? row.close[d - 1] ?? close;
      if (Number.isNaN(close)) continue;
      columns.open[cell] = open;
      columns.close[cell] = close;
      columns.high[cell] = row.high?.[d] ?? Math.max(open, close);
      columns.low[cell] = row.low?.[d] ?? Math.min(open, close);
      columns.volume[cell] = row.volume?.[d] ?? 1e9;
      adjFactor[cell] = row.factor?.[d] ?? 1;
      suspended[cell] = row.suspended?.includes(d) ? 1 : 0;
      st[cell] = row.st?.includes(d) ? 1 : 0;
      flags[cell] = row.flags?.[d] ?? 0;
    }
  }
  const bars: BarMatrix = {
    symbols: rows.map((row) => row.symbol),
    dates,
    ...columns,
    amount: null,
    adjFactor,
    suspended,
    st,
    flags,
  };
  const instruments = rows.map(
    (row): Instrument => ({
      symbol: row.symbol,
      name: '',
      exchange: row.exchange ?? 'SSE',
      board: row.board ?? 'main',
      industry: '',
      listDate: row.listDate ?? null,
      delistDate: row.delistDate ?? null,
    }),
  );
  return { bars, instruments, dates };
}

/** A policy that sets the given weights after the given sessions and leaves the portfolio alone otherwise. */
export function scripted(plan: Readonly<Record<number, Readonly<Record<string, number>>>>): Policy {
  return statelessPolicy((context) => plan[context.session] ?? null);
}

export function statelessPolicy(decide: (context: PolicyContext) => Readonly<Record<string, number>> | null): Policy {
  return {
    name: 'test',
    start: () => (context) => {
      const weights = decide(context);
      return weights === null ? null : { signalDate: context.date, weights: new Map(Object.entries(weights)) };
    },
  };
}
