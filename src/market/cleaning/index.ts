export { cleanSeries } from './clean-series.js';
export { createFindingTally, type FindingTally } from './findings.js';
export type { InstrumentSeries } from './series.js';
