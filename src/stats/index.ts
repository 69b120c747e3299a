export {
  type BootstrapInterval,
  type BootstrapOptions,
  bootstrapInterval,
  bootstrapMean,
  stationaryIndices,
} from './bootstrap.js';
export { pearson, spearman } from './correlation.js';
export { type Drawdown, drawdowns, maxDrawdown, netValues } from './drawdown.js';
export {
  excessKurtosis,
  isConstant,
  mean,
  type Numbers,
  skewness,
  standardDeviation,
  variance,
} from './moments.js';
export { type MeanTest, neweyWestLags, testMean } from './newey-west.js';
export { normalCdf, normalDensity, normalQuantile } from './normal.js';
export { median, quantile } from './quantile.js';
export { ranks } from './ranks.js';
export { type AnnualBasis, sessionRate, sharpeRatio, sortinoRatio } from './sharpe.js';
export { studentCdf, studentTwoSided } from './student.js';
export { trailingDeviation } from './trailing-deviation.js';
