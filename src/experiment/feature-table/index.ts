export {
  exportFeatures,
  type FeatureTableOptions,
  type FeatureTableSummary,
  renderFeatureTable,
} from './export-features.js';
