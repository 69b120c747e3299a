import type { NewsTable } from '../../market/index.js';
import { CHINESE, segmentChinese } from './chinese.js';
import { ENGLISH, tokeniseEnglish } from './english.js';
import { toneOf } from './lexicon.js';

/** Judges a text by itself: −1 … 1, 0 for neutral. */
export interface NewsScorer {
  readonly name: string;
  score(text: string): number;
}

const HAN = /\p{Script=Han}/u;

/** Scores by words: a text with Chinese characters through a segmenter and the Chinese lexicon, any other by the English one. */
export const lexiconScorer: NewsScorer = {
  name: 'lexicon',
  score: (text) => (HAN.test(text) ? toneOf(segmentChinese(text), CHINESE) : toneOf(tokeniseEnglish(text), ENGLISH)),
};

/**
 * The news with every score that the source lacks filled in from title and body. A score depends on its own text alone, so
 * that it is known when the news is.
 */
export function scoreNews(news: NewsTable, scorer: NewsScorer = lexiconScorer): NewsTable {
  const { title, body, score } = news.columns;
  const filled = score.slice();
  const known = new Map<string, number>();
  for (let row = 0; row < news.length; row++) {
    if (!Number.isNaN(filled[row])) continue;
    const text = body[row] === '' ? title[row] : `${title[row]}\n${body[row]}`;
    let value = known.get(text);
    if (value === undefined) {
      value = scorer.score(text);
      known.set(text, value);
    }
    filled[row] = value;
  }
  return { length: news.length, columns: { ...news.columns, score: filled } };
}
