export { type Ambiguity, ambiguityOf } from './ambiguity.js';
export { averageForecasts } from './combine.js';
export { buildEnsembleModel } from './deploy.js';
export { type AugmentationVariant, type EnsemblePlan, memberOptions } from './member-options.js';
export {
  type EnsembleWeighting,
  memberWeights,
  type SessionLosses,
  softmaxWeights,
  type WeightingOptions,
} from './weights.js';
