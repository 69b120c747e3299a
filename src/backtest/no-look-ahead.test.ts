import { describe, expect, it } from 'vitest';
import { type BarMatrix, rulebookByName } from '../market/index.js';
import { createRng } from '../util/index.js';
import { randomMarket, randomTargets } from './random-market.fixture.js';
import type { BacktestResult } from './result.js';
import { runBacktest } from './run-backtest.js';
import type { FillPrice } from './types.js';

const SESSIONS = 60;
const CUT = 40;

/** Rows of a table up to a day, as plain text. */
function until(
  table: BacktestResult['fills'] | BacktestResult['orders'] | BacktestResult['equity'],
  key: string,
  day: number,
) {
  const columns = table.columns as unknown as Record<string, ArrayLike<number | string>>;
  const rows = Array.from({ length: table.length }, (_, i) => i).filter((i) => Number(columns[key][i]) <= day);
  return rows.map((i) => Object.entries(columns).map(([name, values]) => `${name} ${values[i]}`));
}

/** The same bars with some columns replaced by noise where `keep` does not hold. Bars stay where they were. */
function withNoise(
  bars: BarMatrix,
  columns: readonly ('open' | 'close' | 'volume' | 'adjFactor')[],
  from: number,
): BarMatrix {
  const rng = createRng(99, 'noise');
  const changed = { ...bars };
  for (const column of columns) {
    const values = Float64Array.from(bars[column]);
    for (let cell = 0; cell < values.length; cell++) {
      if (cell % SESSIONS >= from && !Number.isNaN(values[cell])) values[cell] *= 0.5 + rng.uniform();
    }
    changed[column] = values;
  }
  return changed;
}

const MATRICES = ['open', 'high', 'low', 'close', 'volume', 'adjFactor'] as const;

/** The same bars without those of the first five symbols in sessions `from` … `to`, as a suspension without bars leaves them. */
function withHoles(bars: BarMatrix, from: number, to: number): BarMatrix {
  const changed = { ...bars };
  for (const column of MATRICES) {
    changed[column] = bars[column].map((value, cell) => {
      const [s, d] = [Math.floor(cell / SESSIONS), cell % SESSIONS];
      return s < 5 && d >= from && d <= to ? Number.NaN : value;
    });
  }
  return changed;
}

/** The market as somebody had it who stood after `sessions` of it. */
function cutAfter(bars: BarMatrix, sessions: number): BarMatrix {
  const known = (_: unknown, cell: number) => cell % SESSIONS < sessions;
  const cut = { ...bars, dates: bars.dates.slice(0, sessions) };
  for (const column of MATRICES) cut[column] = bars[column].filter(known);
  return {
    ...cut,
    amount: bars.amount?.filter(known) ?? null,
    st: bars.st?.filter(known) ?? null,
    suspended: bars.suspended.filter(known),
    flags: bars.flags.filter(known),
  };
}

describe('what happens later changes nothing before', () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    const market = randomMarket(seed, 15, SESSIONS);
    const run = (bars: BarMatrix, fillPrice: FillPrice = 'open') =>
      runBacktest({
        fillPrice,
        // An order that works on beyond the cut has its end there, which is no reading of the future.
        remainder: fillPrice === 'open' ? 'cancel' : 'carry',
        bars,
        instruments: market.instruments,
        rulebook: rulebookByName('cn-a-share'),
        costs: { model: 'full', impactCoefficient: 0.8 },
        initialCapital: 1e6,
        from: market.dates[5],
        to: bars.dates[bars.dates.length - 1],
        policy: randomTargets(seed),
        maxVolumeShare: 0.1,
      });
    const original = run(market.bars);

    it(`noise after a cut leaves fills, orders and equity up to it (seed ${seed})`, () => {
      const day = market.dates[CUT];
      const noisy = run(withNoise(market.bars, ['open', 'close', 'volume', 'adjFactor'], CUT + 1));
      expect(until(noisy.fills, 'date', day)).toEqual(until(original.fills, 'date', day));
      expect(until(noisy.orders, 'trade_date', day)).toEqual(until(original.orders, 'trade_date', day));
      expect(until(noisy.equity, 'date', day)).toEqual(until(original.equity, 'date', day));
      expect(until(noisy.fills, 'date', market.dates[SESSIONS - 1])).not.toEqual(
        until(original.fills, 'date', market.dates[SESSIONS - 1]),
      );
    });

    it(`nor does it where later bars are not there at all, held names without bars among them (seed ${seed})`, () => {
      const bars = withHoles(market.bars, CUT - 2, CUT + 8);
      const day = market.dates[CUT];
      const whole = run(bars);
      const cut = run(cutAfter(bars, CUT + 1));
      expect(until(cut.fills, 'date', day)).toEqual(until(whole.fills, 'date', day));
      expect(until(cut.orders, 'trade_date', day)).toEqual(until(whole.orders, 'trade_date', day));
      expect(until(cut.equity, 'date', day)).toEqual(until(whole.equity, 'date', day));
      // Some of them were held, or this would show nothing.
      expect(Array.from(cut.positions.columns.symbol).some((symbol) => market.bars.symbols.indexOf(symbol) < 5)).toBe(
        true,
      );
    });

    for (const fillPrice of ['vwap', 'close'] as const) {
      it(`nor does it for fills at the ${fillPrice}, of which volume sizes none (seed ${seed})`, () => {
        const day = market.dates[CUT];
        const before = run(market.bars, fillPrice);
        const later = run(withNoise(market.bars, ['open', 'close', 'volume', 'adjFactor'], CUT + 1), fillPrice);
        expect(until(later.fills, 'date', day)).toEqual(until(before.fills, 'date', day));
        expect(until(later.equity, 'date', day)).toEqual(until(before.equity, 'date', day));
        const volume = run(withNoise(market.bars, ['volume'], CUT), fillPrice);
        expect(until(volume.fills, 'date', day)).toEqual(until(before.fills, 'date', day));
      });
    }

    it(`the close and the volume of the session of the fill do not size or judge it (seed ${seed})`, () => {
      const day = market.dates[CUT];
      const noisy = run(withNoise(market.bars, ['close', 'volume'], CUT));
      expect(until(noisy.fills, 'date', day)).toEqual(until(original.fills, 'date', day));
      expect(until(noisy.orders, 'trade_date', day)).toEqual(until(original.orders, 'trade_date', day));
    });
  }
});
