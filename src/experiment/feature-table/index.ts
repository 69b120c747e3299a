export {
  exportFeatures,
  type FeatureTableOptions,
  type FeatureTableSummary,
  renderFeatureTable,
} from './export-features.js';
export { type FeatureChoice, featurePanel } from './feature-panel.js';
export { type FeatureRequest, requestFeatures } from './request-features.js';
