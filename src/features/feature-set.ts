import { CandlenetError } from '../util/index.js';
import type { FeatureFamily } from './feature-family.js';
import { PRICE_VOLUME } from './price-volume.js';
import { TECHNICAL } from './technical.js';
import { TREND } from './trend.js';
import type { FeatureColumn } from './types.js';

const FAMILIES: readonly FeatureFamily[] = [...PRICE_VOLUME, ...TECHNICAL, ...TREND];

/** Every column there is, in the order of the panel. */
export const FEATURE_COLUMNS: readonly FeatureColumn[] = FAMILIES.flatMap((family) => family.columns);

/** Price-volume and technical: the part of the paper's set that needs nothing but bars. */
export const DEFAULT_FEATURE_SET: readonly string[] = ['price-volume', 'technical'];

/** A column that was asked for and cannot be had. */
export interface OmittedColumn {
  readonly name: string;
  readonly reason: string;
}

export interface ResolvedFeatureSet {
  readonly columns: readonly FeatureColumn[];
  readonly omitted: readonly OmittedColumn[];
}

/**
 * The columns that names of groups or columns stand for, each once and in the order of the table, and those a source
 * without traded amounts cannot give.
 * @throws CONFIG_INVALID for an unknown name, or when no column is left
 */
export function resolveFeatureSet(
  featureSet: readonly string[],
  source: { readonly hasAmount: boolean },
): ResolvedFeatureSet {
  const { families, omitted, wanted } = selectFamilies(featureSet, source.hasAmount);
  return { columns: families.flatMap((family) => family.columns.filter(wanted)), omitted };
}

/** The families that hold the wanted columns; a family may hold others too. */
export function selectFamilies(featureSet: readonly string[], hasAmount: boolean) {
  const known = new Set(FEATURE_COLUMNS.flatMap(({ name, group }) => [name, group]));
  for (const name of featureSet) {
    if (known.has(name)) continue;
    const groups = [...new Set(FEATURE_COLUMNS.map((column) => column.group))].join(', ');
    throw new CandlenetError(
      'CONFIG_INVALID',
      `features: found "${name}", expected a group (${groups}) or a column such as ${FEATURE_COLUMNS[0].name}`,
    );
  }
  const names = new Set(featureSet);
  const wanted = ({ name, group }: FeatureColumn) => names.has(name) || names.has(group);
  const asked = FAMILIES.filter((family) => family.columns.some(wanted));
  const families = asked.filter((family) => hasAmount || !family.needsAmount);
  if (families.length === 0) {
    const why =
      asked.length === 0 ? 'found no name' : 'found only columns that need traded amounts, which the source lacks';
    throw new CandlenetError('CONFIG_INVALID', `features: ${why}, expected at least one column`);
  }
  const omitted = asked
    .filter((family) => !families.includes(family))
    .flatMap((family) => family.columns.filter(wanted))
    .map(({ name }) => ({ name, reason: 'the source has no traded amounts' }));
  return { families, omitted, wanted };
}
