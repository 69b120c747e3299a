export { attributeReturns, type FactorSeries } from './attribution.js';
export {
  type BreakEvenCost,
  type BreakEvenOptions,
  type BreakEvenRate,
  breakEvenCost,
  COST_GRID_BPS,
  type CostPoint,
} from './break-even.js';
export {
  type IndustrySkill,
  type MonthSkill,
  type PartSkill,
  skillByIndustry,
  skillByMonth,
} from './by-part.js';
export { measuresOfPeriod, type PeriodMeasures, type PeriodReturn } from './by-period.js';
export { measuresByRegime } from './by-regime.js';
export {
  CAPITAL_GRID,
  type Capacity,
  type CapacityLimit,
  type CapacityOptions,
  type CapitalPoint,
  capacity,
} from './capacity.js';
export { classification, forecastClass } from './classification.js';
export { contributionsByIndustry, type IndustryContribution } from './contributions.js';
export { direction } from './direction.js';
export {
  type Characteristic,
  type FactorMarket,
  type LongShortOptions,
  longShortReturns,
  lowVolatilityCharacteristic,
  momentumCharacteristic,
  reversalCharacteristic,
} from './factor-portfolios.js';
export { evaluateForecasts } from './forecasts.js';
export { extremeTrades, strategyRecord } from './from-backtest.js';
export { halfYearReturns, monthlyReturns } from './months.js';
export { annualise, DEFAULT_BASIS, performance, totalReturn } from './performance.js';
export { DEFAULT_REGIMES, marketRegimes, type RegimeOptions, regimeAfter } from './regimes.js';
export { relativePerformance } from './relative.js';
export { type ResampledPerformance, type ResampledRange, resampledPerformance } from './resampled.js';
export { signal } from './signal.js';
export { compareForecasts, compareReturns } from './significance.js';
export { evaluateStrategy, holdRecord, type StrategyOptions, simpleReturns } from './strategy.js';
export {
  DECAY_LAGS,
  type QuantileMeasures,
  type SheetBars,
  type TearSheet,
  type TearSheetOptions,
  tearSheet,
} from './tear-sheet.js';
export { trading } from './trading.js';
export {
  type Attribution,
  type CalibrationBin,
  type ClassificationMeasures,
  type ClassMeasures,
  type DailyStatistic,
  type DatedSeries,
  type DirectionSkill,
  type FactorExposure,
  FORECAST_CLASSES,
  type ForecastClass,
  type ForecastMeasures,
  type HalfYearReturn,
  type Interval,
  type JudgedForecasts,
  type MonthReturn,
  type PairedDifference,
  type PairedForecasts,
  type PerformanceMeasures,
  REGIMES,
  type Regime,
  type RegimeMeasures,
  type RegimeSeries,
  type RelativeMeasures,
  type RoundTrip,
  type SignalMeasures,
  type StrategyMeasures,
  type StrategyRecord,
  type TradingMeasures,
  UNLABELLED,
} from './types.js';
