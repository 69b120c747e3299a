import { knownDayOfNews } from '../market/index.js';
import { lowerBound } from '../util/index.js';
import type { MarketFamily } from './feature-family.js';
import type { PanelSources } from './panel-sources.js';
import { isTraded } from './traded-bars.js';

/** What is counted of the news of one instrument on one session. */
interface NewsTally {
  news: number;
  scored: number;
  sum: number;
  squares: number;
  positive: number;
  negative: number;
}

type Measure = (tally: NewsTally) => number;

const NOTHING: Readonly<NewsTally> = { news: 0, scored: 0, sum: 0, squares: 0, positive: 0, negative: 0 };
const perScored = (value: number, { scored }: NewsTally) => value / Math.max(1, scored);

const dispersion: Measure = (tally) => {
  const mean = perScored(tally.sum, tally);
  return Math.sqrt(Math.max(0, perScored(tally.squares, tally) - mean * mean));
};

/**
 * A measure of every cell, [S × D]. News that came after the close of a session belong to the next one on which the instrument
 * trades: what came out while it was suspended is what the day of its resumption knew first. An instrument has news
 * columns from the first news about it on: before, the source may just not have covered it.
 */
function measureNews({ bars, news, rulebook }: PanelSources, measure: Measure): Float32Array {
  const { symbols, dates } = bars;
  const days = dates.length;
  const out = new Float32Array(symbols.length * days).fill(Number.NaN);
  if (!news) return out;
  const rowOf = new Map(symbols.map((symbol, s) => [symbol, s]));
  const coveredFrom = new Int32Array(symbols.length).fill(days);
  const tallies = new Map<number, NewsTally>();
  const { symbol, published, score } = news.columns;
  for (let row = 0; row < news.length; row++) {
    const s = rowOf.get(symbol[row]);
    if (s === undefined) continue;
    const known = knownDayOfNews(rulebook, published[row]);
    let t = lowerBound(dates, known);
    if (t < coveredFrom[s]) coveredFrom[s] = t;
    // What is older than the first session belongs to a session before it.
    if (known < dates[0]) continue;
    while (t < days && !isTraded(bars, s * days + t)) t++;
    if (t === days) continue;
    let tally = tallies.get(s * days + t);
    if (!tally) {
      tally = { ...NOTHING };
      tallies.set(s * days + t, tally);
    }
    addNews(tally, score[row]);
  }
  for (let s = 0; s < symbols.length; s++) out.fill(measure(NOTHING), s * days + coveredFrom[s], (s + 1) * days);
  for (const [cell, tally] of tallies) out[cell] = measure(tally);
  return out;
}

function addNews(tally: NewsTally, score: number): void {
  tally.news++;
  if (Number.isNaN(score)) return;
  tally.scored++;
  tally.sum += score;
  tally.squares += score * score;
  if (score > 0) tally.positive++;
  if (score < 0) tally.negative++;
}

function newsColumn(name: string, formula: string, needsScores: boolean, measure: Measure): MarketFamily {
  return {
    columns: [{ name, group: 'news', formula, source: 'paper, section 3.1.1', lookback: 1, optional: true }],
    lacks: ({ hasNews, hasNewsScores }) => {
      if (!hasNews) return 'the store has no news';
      return needsScores && !hasNewsScores ? 'the store’s news have no scores' : null;
    },
    computeMarket: (sources) => measureNews(sources, measure),
  };
}

/** The five news columns of the paper, over the news of one session; n counts the scored ones. */
export const NEWS: readonly MarketFamily[] = [
  newsColumn('NEWS_SCORE', 'sum of scores / max(1, n)', true, (tally) => perScored(tally.sum, tally)),
  newsColumn('NEWS_COUNT', 'ln(1 + number of news)', false, ({ news }) => Math.log1p(news)),
  newsColumn('NEWS_POSITIVE', 'news with a score above 0 / max(1, n)', true, (tally) =>
    perScored(tally.positive, tally),
  ),
  newsColumn('NEWS_NEGATIVE', 'news with a score below 0 / max(1, n)', true, (tally) =>
    perScored(tally.negative, tally),
  ),
  newsColumn('NEWS_DISPERSION', 'population standard deviation of the scores; 0 without any', true, dispersion),
];
