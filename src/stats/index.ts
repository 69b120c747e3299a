export {
  type BootstrapInterval,
  type BootstrapOptions,
  bootstrapInterval,
  bootstrapMean,
  stationaryIndices,
} from './bootstrap.js';
export { choleskyInPlace, choleskySolve, forwardSolve } from './cholesky.js';
export { pearson, spearman } from './correlation.js';
export { type CovarianceEstimator, estimateCovariance } from './covariance.js';
export { type Drawdown, drawdowns, maxDrawdown, netValues } from './drawdown.js';
export { type Minimum, minimise, type Objective } from './lbfgs.js';
export {
  excessKurtosis,
  isConstant,
  mean,
  type Numbers,
  skewness,
  standardDeviation,
  variance,
} from './moments.js';
export { nearestPositiveSemidefinite, type Repaired } from './nearest-psd.js';
export { type MeanTest, neweyWestLags, testMean } from './newey-west.js';
export { normalCdf, normalDensity, normalQuantile } from './normal.js';
export { median, quantile } from './quantile.js';
export { ranks } from './ranks.js';
export { type CovarianceEstimate, completeRows, type ReturnRows } from './sample-covariance.js';
export { type AnnualBasis, sessionRate, sharpeRatio, sortinoRatio } from './sharpe.js';
export { studentCdf, studentTwoSided } from './student.js';
export { type SymmetricEigen, symmetricEigen } from './symmetric-eigen.js';
export { trailingDeviation } from './trailing-deviation.js';
