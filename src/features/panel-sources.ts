import type { BarMatrix, FundamentalTable, MacroTable, NewsTable, ValuationTable } from '../market/index.js';

/** The dated tables beside the bars; absent or null where the store has none. */
export interface FeatureTables {
  readonly fundamentals?: FundamentalTable | null;
  readonly valuations?: ValuationTable | null;
  readonly macro?: MacroTable | null;
  readonly news?: NewsTable | null;
  /** Industry of each symbol, as the store states it, without dates. */
  readonly industries?: ReadonlyMap<string, string> | null;
}

/** The whole market as it was known on its last session: what a column across instruments is computed from. */
export interface PanelSources extends FeatureTables {
  readonly bars: BarMatrix;
  /** [S × D], 1 where the instrument belonged to the index on the day: the section that ranks are taken in. Null: all. */
  readonly universe: Uint8Array | null;
  /** Name of the store's rulebook: whose session decides which news a day knew. */
  readonly rulebook: string;
}

/** What a market has to offer, so that columns it cannot give are named before anything is computed. */
export interface SourceOffer {
  readonly hasAmount: boolean;
  readonly hasSt?: boolean;
  /** Fields disclosed, ratios with a value, and macro series with one; undefined where the store has no such table. */
  readonly facts?: ReadonlySet<string>;
  readonly ratios?: ReadonlySet<string>;
  readonly series?: ReadonlySet<string>;
  readonly hasNews?: boolean;
  readonly hasNewsScores?: boolean;
  readonly hasIndustries?: boolean;
}

const RATIOS = ['pe_ttm', 'pb', 'ps_ttm', 'pcf_ttm'] as const;

export function offerOf(
  bars: Pick<BarMatrix, 'amount' | 'st'>,
  { fundamentals, valuations, macro, news, industries }: FeatureTables = {},
): SourceOffer {
  return {
    hasAmount: bars.amount !== null,
    hasSt: bars.st !== null,
    facts: fundamentals ? new Set(fundamentals.columns.field) : undefined,
    ratios: valuations ? new Set(RATIOS.filter((name) => valuations.columns[name].some(Number.isFinite))) : undefined,
    series: macro ? new Set(macro.columns.series) : undefined,
    hasNews: Boolean(news),
    hasNewsScores: news?.columns.score.some(Number.isFinite) ?? false,
    hasIndustries: Boolean(industries),
  };
}
