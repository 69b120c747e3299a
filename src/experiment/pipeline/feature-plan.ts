import { type AnyFamily, alpha158Families, expressionFamilies } from '../../features/index.js';
import type { ExperimentConfig } from '../config/schema.js';

/** The columns a configuration asks for: built-in groups by name, then Alpha158, then expressions of its own. */
export function featurePlan({ features }: ExperimentConfig): {
  readonly featureSet: readonly string[];
  readonly families: readonly AnyFamily[];
} {
  return {
    featureSet: features.groups.filter((name) => name !== 'alpha158'),
    families: [
      ...(features.groups.includes('alpha158') ? alpha158Families() : []),
      ...expressionFamilies(features.expressions),
    ],
  };
}
