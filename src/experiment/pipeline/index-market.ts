import type { BarMatrix, BenchmarkSeries, Instrument } from '../../market/index.js';

/** The index as the one instrument of a market of its own, on the sessions of the stocks. Days without it have no bar. */
export function indexMarket(
  benchmark: BenchmarkSeries,
  dates: Int32Array,
): { bars: BarMatrix; instrument: Instrument } {
  const rowOf = new Map(Array.from(benchmark.dates, (date, row) => [date, row]));
  const column = (values: Float64Array) =>
    Float64Array.from(dates, (date) => {
      const row = rowOf.get(date);
      return row !== undefined && values[row] > 0 ? values[row] : Number.NaN;
    });
  const close = column(benchmark.close);
  const instrument: Instrument = {
    symbol: benchmark.index,
    name: benchmark.name,
    exchange: '',
    board: 'main',
    industry: '',
    listDate: null,
    delistDate: null,
  };
  const bars: BarMatrix = {
    symbols: [instrument.symbol],
    dates,
    open: column(benchmark.open),
    high: column(benchmark.high),
    low: column(benchmark.low),
    close,
    volume: column(benchmark.volume),
    amount: null,
    adjFactor: close.map((price) => (price > 0 ? 1 : Number.NaN)),
    suspended: new Uint8Array(dates.length),
    st: null,
    flags: new Uint8Array(dates.length),
  };
  return { bars, instrument };
}
