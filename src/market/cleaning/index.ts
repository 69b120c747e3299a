export { cleanSeries } from './clean-series.js';
export { createFindingTally, type FindingTally, OF_ACTIONS } from './findings.js';
export type { InstrumentSeries } from './series.js';
