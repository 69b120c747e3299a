import { CandlenetError } from '../util/index.js';
import type { AnyFamily, MarketValues } from './feature-family.js';
import { FEATURE_COLUMNS, FEATURE_SETS } from './feature-set.js';
import type { PanelSources } from './panel-sources.js';
import type { TradedSeries } from './traded-bars.js';

interface OwnColumn {
  /** Such as `RANGE_5`. */
  readonly name: string;
  /** In words or symbols, for the report. */
  readonly formula: string;
  /** Trading days of history the value of a day needs, the day itself included. */
  readonly lookback: number;
  /** A missing value spoils no sample: it takes the training mean. Default false. */
  readonly optional?: boolean;
}

/** Made from the bars of one instrument on the days it traded: one value a day, from that day and those before. */
export interface OwnBarFeature extends OwnColumn {
  compute(series: TradedSeries): Float64Array;
}

/** Made from the whole market, its dated tables included: [S × D], or [D] where it is the same for every instrument. */
export interface OwnMarketFeature extends OwnColumn {
  computeMarket(sources: PanelSources): MarketValues;
}

const NAME = /^[A-Za-z][A-Za-z0-9_]*$/;
const registry = new Map<string, AnyFamily>();
const code = new Map<string, string>();

/**
 * Makes a feature of one's own known by its name, so that a configuration can ask for it under `features.own`. It must be
 * causal; `candlenet audit` finds out.
 * @throws ARGUMENT_INVALID for a name that is taken or no name, or a lookback below 1
 */
export function defineFeature(feature: OwnBarFeature | OwnMarketFeature): void {
  const { name, formula, lookback, optional = false } = feature;
  const taken =
    registry.has(name) || Object.hasOwn(FEATURE_SETS, name) || FEATURE_COLUMNS.some((one) => one.name === name);
  if (!NAME.test(name) || taken) {
    const found = taken ? 'a name that is taken' : 'no name';
    throw new CandlenetError(
      'ARGUMENT_INVALID',
      `feature "${name}": found ${found}, expected another, of letters, digits and _`,
    );
  }
  if (!(Number.isInteger(lookback) && lookback >= 1)) {
    throw new CandlenetError(
      'ARGUMENT_INVALID',
      `feature "${name}": lookback: found ${lookback}, expected days, 1 or more`,
    );
  }
  const column = { name, group: 'own', formula, source: 'own feature', lookback } as const;
  const columns = [optional ? { ...column, optional: true as const } : column] as const;
  code.set(name, String('computeMarket' in feature ? feature.computeMarket : feature.compute));
  registry.set(
    name,
    'computeMarket' in feature
      ? { columns, lacks: () => null, computeMarket: (sources) => feature.computeMarket(sources) }
      : { columns, needsAmount: false, compute: (series) => [checked(name, feature.compute(series), series)] },
  );
}

/** @throws ARGUMENT_INVALID unless there is a value for each bar */
function checked(name: string, values: Float64Array, { sessions }: TradedSeries): Float64Array {
  if (values.length === sessions.length) return values;
  throw new CandlenetError(
    'ARGUMENT_INVALID',
    `feature "${name}": compute: found ${values.length} values, expected ${sessions.length}, one a bar`,
  );
}

/** The text of what computes a feature: changed code is another experiment. @throws CONFIG_INVALID for a name that nobody defined */
export function ownFeatureCode(name: string): string {
  ownFeatures([name]);
  return code.get(name) ?? '';
}

/** @throws CONFIG_INVALID for a name that nobody defined */
export function ownFeatures(names: readonly string[]): AnyFamily[] {
  return names.map((name) => {
    const family = registry.get(name);
    if (family) return family;
    const known = registry.size === 0 ? 'none is defined' : `there are ${[...registry.keys()].join(', ')}`;
    const how = 'define it with defineFeature in a module that Node is told to load (node --import)';
    throw new CandlenetError('CONFIG_INVALID', `features.own: found "${name}", ${known}; ${how}`);
  });
}
