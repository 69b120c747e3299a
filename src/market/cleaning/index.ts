export { cleanSeries } from './clean-series.js';
export { createFindingTally, type FindingTally, OF_ACTIONS } from './findings.js';
export { CLEANING_MASKS, type CleaningMask, type CleaningOutcome, isUnderMask } from './masks.js';
export type { CleaningOptions } from './options.js';
export type { InstrumentSeries } from './series.js';
