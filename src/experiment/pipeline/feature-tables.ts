import { FEATURE_SETS, type FeatureTables, scoreNews } from '../../features/index.js';
import type { MarketStore, NewsTable } from '../../market/index.js';
import type { Day } from '../../util/index.js';

/**
 * The dated tables of a store as known on a day, with a score for every piece of news: the source's own, else the lexicon's,
 * which depends on the text alone. The texts are scored only where features of news are asked for.
 * @throws STORE_INVALID, DATE_OUT_OF_STORE
 */
export async function readFeatureTables(
  store: MarketStore,
  asOf: Day,
  groups: readonly string[],
): Promise<Required<FeatureTables>> {
  const news = await store.readNews({ asOf });
  return {
    fundamentals: await store.readFundamentals({ asOf }),
    valuations: await store.readValuations({ asOf }),
    macro: await store.readMacro({ asOf }),
    news: news && asksForNews(groups) ? scoreNews(news) : news,
  };
}

function asksForNews(groups: readonly string[]): boolean {
  return groups.some(
    (name) => name === 'news' || name.startsWith('NEWS_') || (FEATURE_SETS[name]?.includes('news') ?? false),
  );
}

/** Who scored the news; null where no feature of news is made. */
export function scorerNote(news: NewsTable | null, columns: readonly { readonly group: string }[]): string | null {
  if (!news || !columns.some(({ group }) => group === 'news')) return null;
  return 'News are scored as their source scores them; where it does not, by the built-in lexicons, Chinese and English.';
}
