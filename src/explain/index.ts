export { type AttentionMap, type AttentionOptions, attentionMaps } from './attention-maps.js';
export { type AttributionOptions, type Attributions, integratedGradients } from './integrated-gradients.js';
export {
  type BlackBox,
  type Change,
  type PartImportance,
  type PermutationImportance,
  type PermutationOptions,
  type PermutedPart,
  permutationImportance,
} from './permutation-importance.js';
export { copyWindows, evenSections, type SampleSource } from './sample-windows.js';
export { type AttributionProfile, attributionProfile } from './summarise-attributions.js';
