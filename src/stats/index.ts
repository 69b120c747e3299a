export { type BacktestOverfitting, backtestOverfitting, type OverfittingOptions } from './backtest-overfitting.js';
export { type BlockLengths, optimalBlockLength } from './block-length.js';
export {
  type BootstrapInterval,
  type BootstrapOptions,
  bootstrapInterval,
  bootstrapMean,
  type IntervalMethod,
  resampledInterval,
  stationaryIndices,
  stationaryResamples,
} from './bootstrap.js';
export { choleskyInPlace, choleskySolve, forwardSolve } from './cholesky.js';
export { pearson, spearman } from './correlation.js';
export { type CovarianceEstimator, estimateCovariance } from './covariance.js';
export {
  type DeflatedSharpe,
  deflatedSharpe,
  expectedMaximumSharpe,
  minimumTrackRecord,
  probabilisticSharpe,
  type SharpeEstimate,
  sharpeEstimate,
  type TrialPopulation,
  trialPopulation,
} from './deflated-sharpe.js';
export { type Drawdown, drawdowns, maxDrawdown, netValues } from './drawdown.js';
export { type Minimum, minimise, type Objective } from './lbfgs.js';
export { type McNemarTest, mcNemarTest } from './mcnemar.js';
export {
  excessKurtosis,
  isConstant,
  mean,
  type Numbers,
  skewness,
  standardDeviation,
  variance,
} from './moments.js';
export { benjaminiHochberg, holm } from './multiple-testing.js';
export { nearestPositiveSemidefinite, type Repaired } from './nearest-psd.js';
export { type MeanTest, neweyWestLags, testMean } from './newey-west.js';
export { normalCdf, normalDensity, normalQuantile } from './normal.js';
export { median, quantile } from './quantile.js';
export { ranks } from './ranks.js';
export { type Coefficient, type Regression, regress } from './regression.js';
export { type CovarianceEstimate, completeRows, type ReturnRows } from './sample-covariance.js';
export { type AnnualBasis, sessionRate, sharpeRatio, sortinoRatio } from './sharpe.js';
export { studentCdf, studentTwoSided } from './student.js';
export {
  type Recentring,
  realityCheck,
  type SuperiorAbility,
  type SuperiorAbilityOptions,
  stepwiseSuperior,
  superiorAbility,
} from './superior-ability.js';
export { type SymmetricEigen, symmetricEigen } from './symmetric-eigen.js';
export { trailingDeviation } from './trailing-deviation.js';
export { type SignedRankTest, signedRankTest, type ZeroDifferences } from './wilcoxon.js';
