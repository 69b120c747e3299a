/**
 * What an operator is. `element`: of one day of one stock. `window`: of the last n bars of one stock, n the last argument
 * (quantile: the last but one). `pair-window`: the same of two series. `shift`: one bar, n bars ago. `cross-section`: of
 * all stocks of the universe on one day.
 */
export interface Operator {
  readonly kind: 'element' | 'window' | 'pair-window' | 'shift' | 'cross-section';
  /** Arguments that are series. */
  readonly series: number;
  readonly meaning: string;
  /** How it is written, where that is more than its name and its series. */
  readonly written?: readonly string[];
  /** Smallest window that has a value. */
  readonly minWindow?: number;
  /** Infix spelling and how tightly it binds. */
  readonly infix?: { readonly symbol: string; readonly precedence: number };
}

const element = (series: number, meaning: string): Operator => ({ kind: 'element', series, meaning });
const infix = (symbol: string, precedence: number, meaning: string): Operator => ({
  ...element(2, meaning),
  infix: { symbol, precedence },
});
const rolling = (meaning: string, minWindow = 1): Operator => ({ kind: 'window', series: 1, meaning, minWindow });
const pair = (meaning: string): Operator => ({ kind: 'pair-window', series: 2, meaning, minWindow: 2 });
const daily = (meaning: string, ...written: readonly string[]): Operator => ({
  ...{ kind: 'cross-section', series: 1, meaning },
  written,
});

export const UNARY_MINUS_PRECEDENCE = 6;
export const NOT_PRECEDENCE = 3;

export const OPERATORS: Readonly<Record<string, Operator>> = {
  or: infix('or', 1, '1 where either is not 0'),
  and: infix('and', 2, '1 where both are not 0'),
  not: element(1, '1 where the argument is 0'),
  lt: infix('<', 4, '1 where less'),
  le: infix('<=', 4, '1 where less or equal'),
  gt: infix('>', 4, '1 where greater'),
  ge: infix('>=', 4, '1 where greater or equal'),
  eq: infix('==', 4, '1 where equal'),
  ne: infix('!=', 4, '1 where not equal'),
  add: infix('+', 5, 'sum'),
  sub: infix('-', 5, 'difference'),
  mul: infix('*', 6, 'product'),
  div: infix('/', 6, 'quotient'),
  neg: element(1, 'opposite'),
  power: infix('^', 7, 'power'),
  abs: element(1, 'absolute value'),
  log: element(1, 'natural logarithm'),
  sign: element(1, '−1, 0 or 1'),
  greater: element(2, 'the larger of two'),
  less: element(2, 'the smaller of two'),
  if: element(3, 'the second where the first is not 0, else the third'),
  ref: { kind: 'shift', series: 1, meaning: 'the value n bars ago' },
  delta: { kind: 'shift', series: 1, meaning: 'the value less the value n bars ago' },
  mean: rolling('mean'),
  sum: rolling('sum'),
  std: rolling('sample standard deviation (n − 1)', 2),
  var: rolling('sample variance (n − 1)', 2),
  skew: rolling('sample skewness, bias-corrected', 3),
  kurt: rolling('sample excess kurtosis, bias-corrected', 4),
  mad: rolling('mean absolute deviation from the mean'),
  max: rolling('maximum'),
  min: rolling('minimum'),
  idxmax: rolling('position of the first maximum, 1 the oldest bar of the window'),
  idxmin: rolling('position of the first minimum, 1 the oldest bar of the window'),
  med: rolling('median'),
  quantile: rolling('quantile, linear between order statistics; quantile(x, n, q)'),
  ts_rank: rolling('rank of the last value among the window as a share of it, ties averaged'),
  count: rolling('number of values that are not missing'),
  slope: rolling('slope of the regression on time', 2),
  rsquare: rolling('R² of the regression on time', 2),
  resi: rolling('residual of the last value in the regression on time', 2),
  ema: rolling('exponential mean, α = 2 / (n + 1), weights that sum to 1 from the first bar on'),
  wma: rolling('mean with weights 1 … n, the last bar the heaviest'),
  corr: pair('correlation'),
  cov: pair('sample covariance (n − 1)'),
  rank: daily('rank on the day as a share of the universe, ties averaged', 'rank(x)', 'rank(x, industry)'),
  zscore: daily(
    'less the mean of the day, over its standard deviation (n − 1)',
    ...['zscore(x)', 'zscore(x, industry)'],
  ),
  demean: daily('less the mean of the day', 'demean(x)', 'demean(x, industry)'),
  scale: daily('divided by the sum of absolute values of the day', 'scale(x)', 'scale(x, industry)'),
  winsorize: daily(
    'moved to the quantiles q and 1 − q of the day where it lies beyond',
    ...['winsorize(x, q)', 'winsorize(x, q, industry)'],
  ),
  neutralize: daily(
    'residual of the day’s least squares on the industries, on y with an intercept, or on both',
    ...['neutralize(x, industry)', 'neutralize(x, y)', 'neutralize(x, industry, y)'],
  ),
};

/** Other spellings, Qlib's among them; all names are read without regard to case. */
export const ALIASES: Readonly<Record<string, string>> = {
  pow: 'power',
  delay: 'ref',
  correlation: 'corr',
  neutralise: 'neutralize',
  winsorise: 'winsorize',
};
