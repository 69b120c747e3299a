import { CandlenetError } from '../../util/index.js';
import { loadConfig } from '../config/load.js';
import type { FeatureTableOptions } from './export-features.js';
import { readExpression, readExpressions } from './read-expressions.js';

/** What a person asks for, from several places at once. */
export interface FeatureRequest {
  readonly groups?: readonly string[];
  readonly alpha158?: boolean;
  /** Configuration file whose features are taken, and whose index where none is named. */
  readonly config?: string;
  /** `name=formula` each. */
  readonly expression?: readonly string[];
  /** YAML file of expressions. */
  readonly expressions?: string;
  readonly index?: string;
}

/**
 * Everything asked for together; the paper's set where nothing is.
 * @throws CONFIG_INVALID for an expression named twice; what reading configurations and expressions throws
 */
export function requestFeatures(
  request: FeatureRequest,
): Pick<FeatureTableOptions, 'groups' | 'expressions' | 'own' | 'index' | 'classifier'> {
  const config = request.config === undefined ? null : loadConfig(request.config).config;
  const named = [
    ...Object.entries(config?.features.expressions ?? {}),
    ...Object.entries(request.expressions === undefined ? {} : readExpressions(request.expressions)),
    ...(request.expression ?? []).map(readExpression),
  ];
  const twice = named.find(([name], i) => named.findIndex(([other]) => other === name) < i);
  if (twice !== undefined) {
    throw new CandlenetError('CONFIG_INVALID', `expressions: found "${twice[0]}" twice, expected each name once`);
  }
  const groups = new Set([
    ...(config?.features.groups ?? []),
    ...(request.groups ?? []),
    ...(request.alpha158 ? ['alpha158'] : []),
  ]);
  const nothing = groups.size === 0 && named.length === 0 && (config?.features.own ?? []).length === 0;
  return {
    groups: nothing ? ['paper'] : [...groups],
    expressions: Object.fromEntries(named),
    own: config?.features.own ?? [],
    index: request.index ?? config?.market.index,
    classifier: config?.features.news.classifier ?? null,
  };
}
