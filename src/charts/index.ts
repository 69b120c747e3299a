export { type AttentionInput, attentionChart, attentionPanels } from './attention.js';
export { type CalibrationInput, calibrationChart } from './calibration.js';
export { type ConfusionInput, confusionChart } from './confusion.js';
export { type CoverageInput, coverageChart } from './coverage.js';
export { type CurveInput, curveChart } from './curve.js';
export type { DatedLine } from './dated-lines.js';
export { type DistributionInput, distributionChart } from './distribution.js';
export { type ExposureInput, exposureChart } from './exposure.js';
export { type FrontierInput, frontierChart, type RiskReturnPoint } from './frontier.js';
export { type ImportanceInput, importanceChart } from './importance.js';
export type { ChartOption, ChartSize } from './layout.js';
export { type LossInput, lossChart } from './loss.js';
export { type MonthsInput, monthsChart } from './months.js';
export {
  type CumulativeIcInput,
  cumulativeIcChart,
  type DrawdownInput,
  drawdownChart,
  type NetValueInput,
  netValueChart,
} from './net-value.js';
export { renderSvg, type SvgLabel } from './render-svg.js';
export { type RiskReturnInput, riskReturnChart } from './risk-return.js';
export { type SplitKind, type SplitStretch, type SplitsInput, splitsChart } from './splits.js';
export { type ColourRole, chartCss, chartVariables, FONT_STACK } from './theme.js';
export { type ValueGridInput, valueGridChart } from './value-grid.js';
