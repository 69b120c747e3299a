import {
  buildPanelOnThreads,
  type OmittedColumn,
  offerOf,
  type Panel,
  resolveFeatureSet,
} from '../../features/index.js';
import { type BarMatrix, type MarketStore, universeMask } from '../../market/index.js';
import type { Day } from '../../util/index.js';
import type { ClassifierConfig } from '../config/news-section.js';
import { planFeatures } from '../pipeline/feature-plan.js';
import { industriesOf, readFeatureTables } from '../pipeline/feature-tables.js';
import { breathe, type Services } from '../services.js';

/** Which features, and among whom they are ranked. */
export interface FeatureChoice {
  /** Names of sets, groups or columns, and `alpha158`; may be empty where there are expressions. */
  readonly groups: readonly string[];
  /** Factor expressions, name → formula. */
  readonly expressions?: Readonly<Record<string, string>>;
  /** Names of features defined in code. */
  readonly own?: readonly string[];
  /** Index whose members of the day ranks are taken among; every instrument of the store where it is left out. */
  readonly index?: string;
  /** Scores the news that their source does not; the built-in lexicons where it is left out. */
  readonly classifier?: ClassifierConfig | null;
}

export interface FeaturePanel {
  readonly panel: Panel;
  readonly bars: BarMatrix;
  /** [S × D]; null for every instrument of the store. */
  readonly universe: Uint8Array | null;
  readonly omitted: readonly OmittedColumn[];
}

/**
 * Raw features of a store as known on a day: nothing is standardised, which needs a training period.
 * @throws CONFIG_INVALID, EXPRESSION_INVALID, EXPRESSION_LOOKS_AHEAD, STORE_INVALID, INDEX_UNKNOWN, DATE_OUT_OF_STORE
 */
export async function featurePanel(
  store: MarketStore,
  asOf: Day,
  { groups, expressions = {}, own = [], index, classifier = null }: FeatureChoice,
  services: Services,
): Promise<FeaturePanel> {
  const plan = planFeatures(groups, expressions, own);
  const bars = await store.readBars({ asOf });
  const tables = {
    ...(await readFeatureTables(store, asOf, groups, [], { classifier, services })),
    industries: industriesOf(await store.readInstruments({ asOf })),
  };
  const universe = index === undefined ? null : universeMask(await store.readMembers({ asOf }), index, bars);
  await breathe(services.signal);
  const { omitted } = resolveFeatureSet(plan.featureSet, offerOf(bars, tables), plan.families);
  const { rulebook } = store.manifest;
  const panel = await buildPanelOnThreads(bars, { ...plan, tables, universe, rulebook, progress: services.progress });
  await breathe(services.signal);
  return { panel, bars, universe, omitted };
}
