export { type BarCoverage, barCoverage } from './bar-coverage.js';
export { type IndexCoverage, indexCoverage } from './index-coverage.js';
