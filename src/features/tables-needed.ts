import { FUNDAMENTAL_FIELDS } from '../market/index.js';
import { FEATURE_COLUMNS, FEATURE_SETS } from './feature-set.js';
import type { FeatureTables } from './panel-sources.js';
import type { FeatureColumn } from './types.js';

export type FeatureTableName = keyof FeatureTables;

/** The dated tables, beside the bars, that the columns of a feature set are made from; names it does not know need none. */
export function tablesNeeded(featureSet: readonly string[]): ReadonlySet<FeatureTableName> {
  const names = new Set(
    featureSet.flatMap((name) => (Object.hasOwn(FEATURE_SETS, name) ? FEATURE_SETS[name] : [name])),
  );
  const asked = FEATURE_COLUMNS.filter(({ name, group }) => names.has(name) || names.has(group));
  return new Set(asked.map(tableOf).filter((table) => table !== null));
}

function tableOf({ name, group }: FeatureColumn): FeatureTableName | null {
  if (group === 'macro' || group === 'news') return group;
  if (group !== 'fundamental') return null;
  const ratio = FUNDAMENTAL_FIELDS.some(({ field, table }) => field.toUpperCase() === name && table === 'valuations');
  return ratio ? 'valuations' : 'fundamentals';
}
