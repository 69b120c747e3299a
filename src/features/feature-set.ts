import { CandlenetError } from '../util/index.js';
import { FAMILIES } from './families.js';
import { type AnyFamily, whatLacks } from './feature-family.js';
import type { SourceOffer } from './panel-sources.js';
import type { FeatureColumn } from './types.js';

/** Every column there is, in the order of the panel. */
export const FEATURE_COLUMNS: readonly FeatureColumn[] = FAMILIES.flatMap((family) => family.columns);

/** Price-volume and technical: the part of the paper's set that needs nothing but bars. */
export const DEFAULT_FEATURE_SET: readonly string[] = ['price-volume', 'technical'];

/** Names that stand for several groups: the 86 columns of the paper, and all there is. */
export const FEATURE_SETS: Readonly<Record<string, readonly string[]>> = {
  paper: ['price-volume', 'technical', 'macro', 'fundamental', 'news'],
  full: [...new Set(FEATURE_COLUMNS.map(({ group }) => group))],
};

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
 * The columns that names of sets, groups or columns stand for, each once and in the order of the table, and those the
 * source cannot give. Families of the caller's own are added whole, after the built-in ones.
 * @throws CONFIG_INVALID for an unknown name, or when no column is left
 */
export function resolveFeatureSet(
  featureSet: readonly string[],
  source: SourceOffer,
  own: readonly AnyFamily[] = [],
): ResolvedFeatureSet {
  const { families, omitted, wanted } = selectFamilies(featureSet, source, own);
  return { columns: families.flatMap((family) => family.columns.filter(wanted)), omitted };
}

/** The families that hold the wanted columns; a family may hold others too. */
export function selectFamilies(featureSet: readonly string[], source: SourceOffer, own: readonly AnyFamily[] = []) {
  const expanded = featureSet.flatMap((name) => (Object.hasOwn(FEATURE_SETS, name) ? FEATURE_SETS[name] : [name]));
  checkNames(expanded);
  const names = new Set([...expanded, ...own.flatMap(({ columns }) => columns.map(({ name }) => name))]);
  const wanted = ({ name, group }: FeatureColumn) => names.has(name) || names.has(group);
  const asked = [...FAMILIES, ...own].filter((family) => family.columns.some(wanted));
  const lacking = asked.flatMap((family) => {
    const reason = whatLacks(family, source);
    return reason === null ? [] : [{ family, reason }];
  });
  const families = asked.filter((family) => !lacking.some((one) => one.family === family));
  if (families.length === 0) {
    const [first] = lacking;
    const why = first ? `found only columns that cannot be had (${first.reason})` : 'found no name';
    throw new CandlenetError('CONFIG_INVALID', `features: ${why}, expected at least one column`);
  }
  const omitted: OmittedColumn[] = lacking.flatMap(({ family, reason }) =>
    family.columns.filter(wanted).map(({ name }) => ({ name, reason })),
  );
  return { families, omitted, wanted };
}

function checkNames(names: readonly string[]): void {
  const known = new Set(FEATURE_COLUMNS.flatMap(({ name, group }) => [name, group]));
  const unknown = names.find((name) => !known.has(name));
  if (unknown === undefined) return;
  const groups = [...new Set(FEATURE_COLUMNS.map((column) => column.group))].join(', ');
  const sets = Object.keys(FEATURE_SETS).join(', ');
  throw new CandlenetError(
    'CONFIG_INVALID',
    `features: found "${unknown}", expected a set (${sets}), a group (${groups}) or a column such as ${FEATURE_COLUMNS[0].name}`,
  );
}
