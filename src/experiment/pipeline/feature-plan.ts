import { type AnyFamily, alpha158Families, expressionFamilies, ownFeatures } from '../../features/index.js';
import type { ExperimentConfig } from '../config/schema.js';

/** What `buildPanel` is asked for. */
export interface FeaturePlan {
  readonly featureSet: readonly string[];
  readonly families: readonly AnyFamily[];
}

/** The columns a configuration asks for: built-in groups by name, Alpha158, expressions, then features of the user's own. */
export function featurePlan({ features }: Pick<ExperimentConfig, 'features'>): FeaturePlan {
  return planFeatures(features.groups, features.expressions, features.own);
}

/**
 * @param groups sets, groups or columns, and `alpha158`
 * @param expressions name → text
 * @param own names of features defined in code
 * @throws EXPRESSION_INVALID, EXPRESSION_LOOKS_AHEAD, CONFIG_INVALID
 */
export function planFeatures(
  groups: readonly string[],
  expressions: Readonly<Record<string, string>>,
  own: readonly string[],
): FeaturePlan {
  return {
    featureSet: groups.filter((name) => name !== 'alpha158'),
    families: [
      ...(groups.includes('alpha158') ? alpha158Families() : []),
      ...expressionFamilies(expressions),
      ...ownFeatures(own),
    ],
  };
}
