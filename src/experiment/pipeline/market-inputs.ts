import {
  buildPanelOnThreads,
  type FeatureTableName,
  type FeatureTables,
  isMarketFamily,
  ownFeatures,
  type Panel,
} from '../../features/index.js';
import {
  type BarMatrix,
  type CorporateAction,
  type Instrument,
  type MarketStore,
  type Screening,
  screenUniverse,
  universeMask,
} from '../../market/index.js';
import { CandlenetError, type Day, type ProgressSink } from '../../util/index.js';
import type { ExperimentConfig } from '../config/schema.js';
import { interpolateNaively, withoutDelisted } from '../paper/as-written.js';
import type { Services } from '../services.js';
import { featurePlan } from './feature-plan.js';
import { industriesOf, readFeatureTables } from './feature-tables.js';

/** What features, masks and labels are made from, as known on a day. */
export interface MarketInputs extends Required<FeatureTables> {
  readonly store: MarketStore;
  readonly bars: BarMatrix;
  readonly instruments: readonly Instrument[];
  /** Null where the store states none. */
  readonly actions: readonly CorporateAction[] | null;
  /** [S × D], 1 where the symbol belonged to the index on the day and screening left it in. */
  readonly universe: Uint8Array;
  /** Null where the configuration screens nothing. */
  readonly screening: Screening | null;
}

/** Reads all that features, masks and labels are made from. @throws what `readMarket` throws */
export async function readInputs(
  config: ExperimentConfig,
  store: MarketStore,
  asOf: Day,
  services: Partial<Services> = {},
): Promise<MarketInputs> {
  const { groups } = config.features;
  const bars = await store.readBars({ asOf });
  const ofIndex = universeMask(await store.readMembers({ asOf }), config.market.index, bars);
  const members = config.asWritten?.survivors
    ? withoutDelisted(ofIndex, bars.symbols, bars.dates.length, await store.readInstruments({ asOf: store.lastDay }))
    : ofIndex;
  const instruments = await store.readInstruments({ asOf });
  const screening = config.screening === null ? null : screenUniverse(members, bars, instruments, config.screening);
  if (screening?.after === 0) {
    throw new CandlenetError(
      'UNIVERSE_EMPTY',
      `universe ${config.market.index}: screening left none of its ${screening.before} stock-days, expected some`,
    );
  }
  const tables = await readFeatureTables(store, asOf, groups, otherTables(config), {
    classifier: config.features.news.classifier,
    services,
  });
  return {
    store,
    bars,
    instruments,
    actions: await store.readActions({ asOf }),
    ...tables,
    industries: industriesOf(instruments),
    ...(config.asWritten?.macroInterpolation && tables.macro ? { macro: interpolateNaively(tables.macro) } : {}),
    universe: screening?.mask ?? members,
    screening,
  };
}

/**
 * What is read whatever the built-in features are: a feature of one's own may ask for any table, the value strategy for
 * ratios of the day, capitalisation for the shares disclosed.
 */
function otherTables({ features, portfolio }: ExperimentConfig): readonly FeatureTableName[] {
  const ownMarket = ownFeatures(features.own).some(isMarketFamily);
  if (ownMarket) return ['fundamentals', 'valuations', 'macro', 'news'];
  const { policy, capitalisation, optimiser, strategies } = portfolio;
  const byShares = policy === 'capitalisation-weighted' && capitalisation === 'store';
  return [
    ...(strategies.value ? (['valuations'] as const) : []),
    ...(byShares || optimiser.marketWeights === 'capitalisation' ? (['fundamentals'] as const) : []),
  ];
}

/**
 * Every feature of the configuration as it is before columns are chosen and scaled. A large panel is filled by as many threads as
 * train; the bits are those of one thread. @throws CONFIG_INVALID
 */
export function rawPanel(config: ExperimentConfig, inputs: MarketInputs, progress: ProgressSink): Promise<Panel> {
  const { bars, universe, store } = inputs;
  const sources = { tables: inputs, universe, rulebook: store.manifest.rulebook };
  return buildPanelOnThreads(bars, { ...featurePlan(config), ...sources, progress, atMost: config.training.workers });
}
