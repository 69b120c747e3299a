import {
  type FeatureTableName,
  type FeatureTables,
  scoreNews,
  scoreNewsBy,
  tablesNeeded,
} from '../../features/index.js';
import type { Instrument, MarketStore, NewsTable } from '../../market/index.js';
import type { Day } from '../../util/index.js';
import type { ClassifierConfig } from '../config/news-section.js';
import { classifierNote, openNewsClassifier } from '../news/index.js';
import type { Services } from '../services.js';

/** Who scores the news that their source does not: a classifier, or the built-in lexicons. */
export interface NewsScoring {
  readonly classifier?: ClassifierConfig | null;
  readonly services?: Partial<Services>;
}

/**
 * The dated tables that features are made from, as known on a day; the others are not read, and null. Every piece of news has a
 * score: the source's own, else the lexicon's or the classifier's, which depends on the text alone.
 * @param groups names of sets, groups or columns
 * @param also tables that something else than features asks for
 * @throws STORE_INVALID, DATE_OUT_OF_STORE, and what `openNewsClassifier` throws
 */
export async function readFeatureTables(
  store: MarketStore,
  asOf: Day,
  groups: readonly string[],
  also: readonly FeatureTableName[] = [],
  scoring: NewsScoring = {},
): Promise<Required<Omit<FeatureTables, 'industries'>>> {
  const needed = new Set([...tablesNeeded(groups), ...also]);
  const news = needed.has('news') ? await store.readNews({ asOf }) : null;
  return {
    fundamentals: needed.has('fundamentals') ? await store.readFundamentals({ asOf }) : null,
    valuations: needed.has('valuations') ? await store.readValuations({ asOf }) : null,
    macro: needed.has('macro') ? await store.readMacro({ asOf }) : null,
    news: news && (await scored(news, store.dir, scoring)),
  };
}

async function scored(
  news: NewsTable,
  storeDir: string,
  { classifier = null, services = {} }: NewsScoring,
): Promise<NewsTable> {
  if (classifier === null) return scoreNews(news);
  const scorer = await openNewsClassifier(classifier, storeDir, services);
  try {
    return await scoreNewsBy(news, scorer);
  } finally {
    await scorer.close();
  }
}

/** The industry of each instrument that has one; null where none has. */
export function industriesOf(instruments: readonly Instrument[]): ReadonlyMap<string, string> | null {
  const known = instruments.filter(({ industry }) => industry !== '');
  return known.length === 0 ? null : new Map(known.map(({ symbol, industry }) => [symbol, industry]));
}

/** Who scored the news; null where no feature of news is made. */
export function scorerNote(
  news: NewsTable | null,
  columns: readonly { readonly group: string }[],
  classifier: ClassifierConfig | null,
): string | null {
  if (!news || !columns.some(({ group }) => group === 'news')) return null;
  if (classifier !== null) return classifierNote(classifier);
  return 'News are scored as their source scores them; where it does not, by the built-in lexicons, Chinese and English.';
}
