import { type FeatureTableName, type FeatureTables, scoreNews, tablesNeeded } from '../../features/index.js';
import type { MarketStore, NewsTable } from '../../market/index.js';
import type { Day } from '../../util/index.js';

/**
 * The dated tables that features are made from, as known on a day; the others are not read, and null. Every piece of news has a
 * score: the source's own, else the lexicon's, which depends on the text alone.
 * @param groups names of sets, groups or columns
 * @param also tables that something else than features asks for
 * @throws STORE_INVALID, DATE_OUT_OF_STORE
 */
export async function readFeatureTables(
  store: MarketStore,
  asOf: Day,
  groups: readonly string[],
  also: readonly FeatureTableName[] = [],
): Promise<Required<FeatureTables>> {
  const needed = new Set([...tablesNeeded(groups), ...also]);
  const news = needed.has('news') ? await store.readNews({ asOf }) : null;
  return {
    fundamentals: needed.has('fundamentals') ? await store.readFundamentals({ asOf }) : null,
    valuations: needed.has('valuations') ? await store.readValuations({ asOf }) : null,
    macro: needed.has('macro') ? await store.readMacro({ asOf }) : null,
    news: news && scoreNews(news),
  };
}

/** Who scored the news; null where no feature of news is made. */
export function scorerNote(news: NewsTable | null, columns: readonly { readonly group: string }[]): string | null {
  if (!news || !columns.some(({ group }) => group === 'news')) return null;
  return 'News are scored as their source scores them; where it does not, by the built-in lexicons, Chinese and English.';
}
