import type { SourceBar } from './series.js';

/**
 * BaoStock's back-adjusted prices are exact: raw price × factor in ten decimals, the factor in six and constant between
 * ex-days. So in units of 10⁻¹⁰ every price of a stretch is a whole number of ticks × factor × 10⁸, and the factor is what all
 * of them have in common, up to a whole divisor; amount ÷ volume, the mean price paid, tells which.
 */
const UNITS = 1e10;
/** Factors have six decimals: one tick of 0.01 is the factor × 10⁶ in hundreds of units. */
const UNITS_PER_FACTOR = 1e8;
const FACTOR_DECIMALS = 1e6;
const TICKS_PER_UNIT = 100;
/** Above this a price in units is no exact double. */
const MOST = 9e5;
/** The mean price paid lies between low and high, give or take the rounding of the amount. */
const SLACK = 1e-3;
/** Share of the traded days of a stretch whose mean price must fit. */
const AGREEING = 0.95;

export interface RecoveredPrices {
  readonly bars: readonly SourceBar[];
  readonly factors: Float64Array;
}

/** The first stretch of a symbol whose factor its prices and amounts do not tell. */
export interface Unrecovered {
  readonly from: number;
  readonly to: number;
}

/**
 * Raw prices and factors of ascending bars that are back-adjusted, their basis the previous close adjusted alike; or the
 * first stretch between ex-days whose factor is not certain: then none is taken. Days without trade before the first that
 * is known are left out; later ones keep the last close.
 */
export function recoverRaw(bars: readonly SourceBar[]): RecoveredPrices | Unrecovered {
  const raw: SourceBar[] = [];
  const factors: number[] = [];
  for (const stretch of stretchesOf(bars)) {
    const factor = factorOf(stretch);
    if (factor === null && stretch.some(isTraded)) {
      return { from: stretch[0].date, to: stretch[stretch.length - 1].date };
    }
    for (const bar of stretch) {
      if (factor === null) {
        const last = raw.at(-1)?.close;
        if (last === undefined) continue;
        raw.push({ ...bar, open: last, high: last, low: last, close: last });
        factors.push(factors[factors.length - 1]);
        continue;
      }
      const price = (adjusted: number) => Math.round((adjusted / factor) * TICKS_PER_UNIT) / TICKS_PER_UNIT;
      raw.push({ ...bar, open: price(bar.open), high: price(bar.high), low: price(bar.low), close: price(bar.close) });
      factors.push(factor);
    }
  }
  if (raw.length === 0) return { from: bars[0].date, to: bars[bars.length - 1].date };
  return { bars: raw, factors: Float64Array.from(factors) };
}

const isTraded = ({ volume }: SourceBar) => volume > 0;

/** The factor that would put the mean price paid halfway between low and high; NaN without trade. */
const roughFactor = (bar: SourceBar) =>
  bar.volume > 0 && bar.amount > 0 ? ((bar.low + bar.high) / 2) * (bar.volume / bar.amount) : Number.NaN;

/** Rough factors of one stretch lie within a day's range of each other. */
const RANGE = 0.1;
/** Days whose rough factors are compared: one wrong amount among them does not count. */
const LOOK = 5;

/**
 * Cuts bars where the factor changes: where a bar refers to another close than the last; where what its prices have in
 * common with those before falls below the factor that the mean prices paid allow; where those jump, for two trades in a row.
 */
function stretchesOf(bars: readonly SourceBar[]): SourceBar[][] {
  const stretches: SourceBar[][] = [];
  const rough = bars.map(roughFactor);
  let start = 0;
  let common = 0;
  let recent: number[] = [];
  for (const [t, bar] of bars.entries()) {
    const prices = unitPrices([bar]) ?? [];
    const together = prices.reduce(greatestCommonDivisor, common);
    const usual = median(recent);
    const estimate = median(Number.isNaN(rough[t]) ? recent : [...recent, rough[t]]);
    const strays = (value: number) => Math.abs(value / usual - 1) > RANGE;
    const next = rough.slice(t + 1, t + 1 + LOOK).find((value) => !Number.isNaN(value)) ?? Number.NaN;
    const isCut =
      t > start &&
      (!continues(bars[t - 1], bar) ||
        together / UNITS_PER_FACTOR < estimate * (1 - RANGE) ||
        (strays(rough[t]) && strays(next)));
    if (isCut) {
      stretches.push(bars.slice(start, t));
      start = t;
      recent = [];
    }
    common = isCut ? prices.reduce(greatestCommonDivisor, 0) : together;
    if (!Number.isNaN(rough[t])) recent = [...recent, rough[t]].slice(-LOOK);
  }
  if (start < bars.length) stretches.push(bars.slice(start));
  return stretches;
}

function median(values: readonly number[]): number {
  return values.length === 0 ? Number.NaN : [...values].sort((a, b) => a - b)[values.length >> 1];
}

/** No ex-day is to be seen between two bars: the second refers to the close of the first. */
function continues(before: SourceBar, bar: SourceBar): boolean {
  return Number.isNaN(bar.basis) || Math.abs(units(bar.basis) - units(before.close)) <= 2;
}

const units = (price: number) => Math.round(price * UNITS);

/** The prices of a stretch in units; null where one is missing or too large to be exact. */
function unitPrices(stretch: readonly SourceBar[]): number[] | null {
  const prices = stretch.flatMap(({ open, high, low, close }) => [open, high, low, close]);
  return prices.every((price) => price > 0 && price < MOST) ? prices.map(units) : null;
}

/** The one factor that makes every price whole ticks and every day's mean price one between its low and high; else null. */
function factorOf(stretch: readonly SourceBar[]): number | null {
  const prices = unitPrices(stretch);
  const traded = stretch.filter(({ volume, amount }) => volume > 0 && amount > 0);
  if (prices === null || traded.length === 0) return null;
  const common = prices.reduce(greatestCommonDivisor);
  const bounds = traded.map(({ low, high, volume, amount }) => [(low * volume) / amount, (high * volume) / amount]);
  const middle = bounds.map(([least, most]) => (least + most) / 2).sort((a, b) => a - b)[bounds.length >> 1];
  const candidates: number[] = [];
  const whole = common / UNITS_PER_FACTOR;
  for (let divisor = Math.max(1, Math.ceil(whole / middle / 1.02)); divisor <= whole / middle / 0.98; divisor++) {
    const factor = whole / divisor;
    if (Math.abs(factor * FACTOR_DECIMALS - Math.round(factor * FACTOR_DECIMALS)) > 1e-4) continue;
    // A day with a wrong amount must not decide; a wrong factor contradicts most days.
    const agreeing = bounds.filter(([least, most]) => factor >= least * (1 - SLACK) && factor <= most * (1 + SLACK));
    if (agreeing.length >= bounds.length * AGREEING) candidates.push(factor);
  }
  return candidates.length === 1 ? Math.round(candidates[0] * FACTOR_DECIMALS) / FACTOR_DECIMALS : null;
}

function greatestCommonDivisor(a: number, b: number): number {
  let [left, right] = [a, b];
  while (right > 0) [left, right] = [right, left % right];
  return left;
}
