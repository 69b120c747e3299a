import {
  demaFilter,
  emaFilter,
  kamaFilter,
  smaFilter,
  t3Filter,
  temaFilter,
  trimaFilter,
  wmaFilter,
} from './averages.js';
import { mamaFilter } from './cycle.js';
import type { Filter, FunctionParameter } from './definition.js';

interface AverageType {
  filter(period: number): Filter;
  lookback(period: number): number;
}

const oneLess = (period: number) => period - 1;

/** TA-Lib's moving-average types by number: SMA, EMA, WMA, DEMA, TEMA, TRIMA, KAMA, MAMA, T3 (volume factor 0.7). */
const TYPES: readonly AverageType[] = [
  { filter: smaFilter, lookback: oneLess },
  { filter: (period) => emaFilter(period), lookback: oneLess },
  { filter: wmaFilter, lookback: oneLess },
  { filter: demaFilter, lookback: (period) => 2 * (period - 1) },
  { filter: temaFilter, lookback: (period) => 3 * (period - 1) },
  { filter: trimaFilter, lookback: oneLess },
  { filter: kamaFilter, lookback: (period) => period },
  { filter: mamaFilter, lookback: () => 32 },
  { filter: (period) => t3Filter(period, 0.7), lookback: (period) => 6 * (period - 1) },
];

/** A parameter that names a moving-average type. */
export function averageType(value: number, name = 'matype'): FunctionParameter {
  return { name, default: value, least: 0, most: TYPES.length - 1, whole: true };
}

/** A moving average by its type; over one bar each is the value itself. */
export function averageFilter(period: number, type: number): Filter {
  return period === 1 ? (value) => value : TYPES[type].filter(period);
}

export function averageLookback(period: number, type: number): number {
  return period === 1 ? 0 : TYPES[type].lookback(period);
}
