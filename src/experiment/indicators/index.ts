export { type IndicatorSummary, renderIndicatorSummary, writeIndicators } from './write-indicators.js';
