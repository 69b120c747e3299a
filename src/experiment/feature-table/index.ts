export {
  exportFeatures,
  type FeatureTableOptions,
  type FeatureTableSummary,
  renderFeatureTable,
} from './export-features.js';
export { type FeatureRequest, requestFeatures } from './request-features.js';
