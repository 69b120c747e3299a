import { parseDay } from '../util/index.js';
import type { BarMatrix, MarketTables } from './types.js';

const SYMBOLS = ['SH600001', 'SZ000002', 'SZ300003'];
const DATES = ['2020-01-02', '2020-01-03', '2020-01-06', '2020-01-07', '2020-01-08', '2020-01-09', '2020-01-10'];
const FIRST_SESSION = [0, 0, 4];

/** Every value tells its column, instrument and session: column × 10000 + instrument × 100 + session. */
function coded(column: number): Float64Array {
  return Float64Array.from({ length: SYMBOLS.length * DATES.length }, (_, cell) => {
    const s = Math.floor(cell / DATES.length);
    const d = cell % DATES.length;
    return d < FIRST_SESSION[s] ? Number.NaN : column * 10_000 + s * 100 + d;
  });
}

/** A market of three instruments and seven sessions for tests: SZ300003 lists on 2020-01-08, SZ000002 joins the index. */
export function codedMarket(options: { withTruth?: boolean } = {}): MarketTables {
  const dates = Int32Array.from(DATES, (text) => parseDay(text));
  const size = SYMBOLS.length * DATES.length;
  const marked = (...cells: number[]) => {
    const mask = new Uint8Array(size);
    for (const cell of cells) mask[cell] = 1;
    return mask;
  };
  const bars: BarMatrix = {
    symbols: [...SYMBOLS],
    dates,
    open: coded(1),
    high: coded(2),
    low: coded(3),
    close: coded(4),
    volume: coded(5),
    amount: coded(6),
    adjFactor: coded(7),
    suspended: marked(2, 9),
    st: marked(8),
    flags: marked(5, 19),
  };
  const series = (column: number) => Float64Array.from(DATES, (_, d) => column * 1000 + d);
  return {
    title: 'coded',
    source: 'test',
    rulebook: 'cn-a-share',
    bars,
    instruments: [
      instrument('SH600001', '浦发一号', 'main', '1999-11-10', null),
      instrument('SZ000002', '', 'main', null, '2020-01-09'),
      instrument('SZ300003', '创业三号', 'chinext', '2020-01-08', null),
    ],
    members: [
      { index: 'csi300', symbol: 'SH600001', from: parseDay('2020-01-02'), to: parseDay('2020-01-10') },
      { index: 'csi300', symbol: 'SZ000002', from: parseDay('2020-01-07'), to: parseDay('2020-01-08') },
    ],
    benchmarks: [
      {
        index: 'csi300',
        name: '沪深300 / CSI 300',
        kind: 'price',
        dates,
        open: series(1),
        high: series(2),
        low: series(3),
        close: series(4),
        volume: series(5),
      },
    ],
    findings: [{ kind: 'coded', title: 'Coded', count: 1, example: 'SH600001', action: 'none' }],
    ...(options.withTruth
      ? {
          truth: {
            kind: 'planted' as const,
            seed: 7,
            windowDays: 20,
            horizonDays: 5,
            labelK: 0.5,
            labelVolatilityDays: 60,
            pBuy: Float32Array.from(coded(0.1)),
            pHold: Float32Array.from(coded(0.2)),
            pSell: Float32Array.from(coded(0.3)),
            expectedReturn: Float32Array.from(coded(0.4)),
          },
        }
      : {}),
  };
}

function instrument(symbol: string, name: string, board: 'main' | 'chinext', from: string | null, to: string | null) {
  return {
    symbol,
    name,
    exchange: symbol.startsWith('SH') ? 'SSE' : 'SZSE',
    board,
    industry: '银行',
    listDate: from === null ? null : parseDay(from),
    delistDate: to === null ? null : parseDay(to),
  };
}
