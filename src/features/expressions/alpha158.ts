/**
 * Qlib's Alpha158 (Yang et al. 2020, "Qlib: An AI-oriented Quantitative Investment Platform", its `Alpha158` handler): nine
 * shapes of the day's candle, four prices over the close, and 29 statistics over 5, 10, 20, 30 and 60 days. Evaluated with
 * `missing: 'calendar'` they are Qlib's values within float32.
 */
export interface NamedFormula {
  readonly name: string;
  readonly formula: string;
}

const TINY = '1e-12';
const RANGE = `(high - low + ${TINY})`;

const CANDLE: Readonly<Record<string, string>> = {
  KMID: '(close - open) / open',
  KLEN: '(high - low) / open',
  KMID2: `(close - open) / ${RANGE}`,
  KUP: '(high - greater(open, close)) / open',
  KUP2: `(high - greater(open, close)) / ${RANGE}`,
  KLOW: '(less(open, close) - low) / open',
  KLOW2: `(less(open, close) - low) / ${RANGE}`,
  KSFT: '(2 * close - high - low) / open',
  KSFT2: `(2 * close - high - low) / ${RANGE}`,
  OPEN0: 'open / close',
  HIGH0: 'high / close',
  LOW0: 'low / close',
  VWAP0: 'vwap / close',
};

const gain = (field: string) => `greater(${field} - ref(${field}, 1), 0)`;
const loss = (field: string) => `greater(ref(${field}, 1) - ${field}, 0)`;
const moved = (field: string, d: number) => `(sum(abs(${field} - ref(${field}, 1)), ${d}) + ${TINY})`;
const turned = 'abs(close / ref(close, 1) - 1) * volume';
const up = (d: number) => `mean(close > ref(close, 1), ${d})`;
const down = (d: number) => `mean(close < ref(close, 1), ${d})`;

const ROLLING: Readonly<Record<string, (d: number) => string>> = {
  ROC: (d) => `ref(close, ${d}) / close`,
  MA: (d) => `mean(close, ${d}) / close`,
  STD: (d) => `std(close, ${d}) / close`,
  BETA: (d) => `slope(close, ${d}) / close`,
  RSQR: (d) => `rsquare(close, ${d})`,
  RESI: (d) => `resi(close, ${d}) / close`,
  MAX: (d) => `max(high, ${d}) / close`,
  MIN: (d) => `min(low, ${d}) / close`,
  QTLU: (d) => `quantile(close, ${d}, 0.8) / close`,
  QTLD: (d) => `quantile(close, ${d}, 0.2) / close`,
  RANK: (d) => `ts_rank(close, ${d})`,
  RSV: (d) => `(close - min(low, ${d})) / (max(high, ${d}) - min(low, ${d}) + ${TINY})`,
  IMAX: (d) => `idxmax(high, ${d}) / ${d}`,
  IMIN: (d) => `idxmin(low, ${d}) / ${d}`,
  IMXD: (d) => `(idxmax(high, ${d}) - idxmin(low, ${d})) / ${d}`,
  CORR: (d) => `corr(close, log(volume + 1), ${d})`,
  CORD: (d) => `corr(close / ref(close, 1), log(volume / ref(volume, 1) + 1), ${d})`,
  CNTP: up,
  CNTN: down,
  CNTD: (d) => `${up(d)} - ${down(d)}`,
  SUMP: (d) => `sum(${gain('close')}, ${d}) / ${moved('close', d)}`,
  SUMN: (d) => `sum(${loss('close')}, ${d}) / ${moved('close', d)}`,
  SUMD: (d) => `(sum(${gain('close')}, ${d}) - sum(${loss('close')}, ${d})) / ${moved('close', d)}`,
  VMA: (d) => `mean(volume, ${d}) / (volume + ${TINY})`,
  VSTD: (d) => `std(volume, ${d}) / (volume + ${TINY})`,
  WVMA: (d) => `std(${turned}, ${d}) / (mean(${turned}, ${d}) + ${TINY})`,
  VSUMP: (d) => `sum(${gain('volume')}, ${d}) / ${moved('volume', d)}`,
  VSUMN: (d) => `sum(${loss('volume')}, ${d}) / ${moved('volume', d)}`,
  VSUMD: (d) => `(sum(${gain('volume')}, ${d}) - sum(${loss('volume')}, ${d})) / ${moved('volume', d)}`,
};

const WINDOWS = [5, 10, 20, 30, 60];

/** The 158, in Qlib's order. */
export const ALPHA158: readonly NamedFormula[] = [
  ...Object.entries(CANDLE).map(([name, formula]) => ({ name, formula })),
  ...Object.entries(ROLLING).flatMap(([name, formula]) =>
    WINDOWS.map((d) => ({ name: `${name}${d}`, formula: formula(d) })),
  ),
];
