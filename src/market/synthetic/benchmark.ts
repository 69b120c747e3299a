import { lowerBound } from '../../util/index.js';
import type { BenchmarkSeries } from '../types.js';
import { SYNTHETIC_INDEX } from './membership.js';
import type { BarArrays, StockState } from './stock.js';

const BASE_LEVEL = 1000;
/** The highs of the members do not fall together: the index reaches this share of the way to the sum of its highs. */
const SHARED_RANGE = 0.4;

const round = (level: number) => Math.round(level * 100) / 100;

/**
 * Capitalisation-weighted price index of the members: it follows bonus shares, but not cash dividends. The level of a
 * session is the level before × value of the session's members now ÷ their value at the last close, to which the money that a
 * rights issue brings in is added: it is no gain of the index. Source: CSI, calculation and maintenance of equity indices.
 */
export function buildBenchmark(
  mask: Uint8Array,
  states: readonly StockState[],
  bars: BarArrays,
  dates: Int32Array,
): BenchmarkSeries {
  const sessions = dates.length;
  const series = {
    open: new Float64Array(sessions),
    high: new Float64Array(sessions),
    low: new Float64Array(sessions),
    close: new Float64Array(sessions),
    volume: new Float64Array(sessions),
  };
  const paidIn = paidInPerShare(states, dates);
  let level = BASE_LEVEL;
  for (let d = 0; d < sessions; d++) {
    let before = 0;
    const value = { open: 0, high: 0, low: 0, close: 0 };
    for (const [s, state] of states.entries()) {
      const cell = s * sessions + d;
      if (mask[cell] === 0 || Number.isNaN(bars.close[cell])) continue;
      series.volume[d] += bars.volume[cell];
      const shares = state.shares[d];
      before +=
        d === 0 ? shares * bars.open[cell] : state.shares[d - 1] * (bars.close[cell - 1] + (paidIn.get(cell) ?? 0));
      value.open += shares * bars.open[cell];
      value.high += shares * bars.high[cell];
      value.low += shares * bars.low[cell];
      value.close += shares * bars.close[cell];
    }
    const scale = before > 0 ? level / before : 0;
    const open = before > 0 ? value.open * scale : level;
    const close = before > 0 ? value.close * scale : level;
    const top = Math.max(open, close);
    const bottom = Math.min(open, close);
    series.open[d] = round(open);
    series.close[d] = round(close);
    series.high[d] = round(top + SHARED_RANGE * Math.max(0, value.high * scale - top));
    series.low[d] = round(bottom - SHARED_RANGE * Math.max(0, bottom - value.low * scale));
    level = close;
  }
  return { index: SYNTHETIC_INDEX, name: '合成指数 / Synthetic Index', kind: 'price', dates, ...series };
}

/** Yuan that a rights issue takes of each old share, by cell of its ex-day. */
function paidInPerShare(states: readonly StockState[], dates: Int32Array): Map<number, number> {
  const paidIn = new Map<number, number>();
  for (const [s, { actions }] of states.entries()) {
    for (const { exDate, rights, rightsPrice } of actions) {
      if (rights > 0) paidIn.set(s * dates.length + lowerBound(dates, exDate), rights * rightsPrice);
    }
  }
  return paidIn;
}
