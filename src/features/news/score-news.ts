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

/** Judges texts as a `NewsScorer` does, where one by one would be too slow. One score a text, in the order of the texts. */
export interface ManyNewsScorer {
  scoreAll(texts: readonly string[]): Promise<Float64Array>;
}

/**
 * The news with every score that the source lacks filled in from title and body. A score depends on its own text alone, so
 * that it is known when the news is.
 */
export function scoreNews(news: NewsTable, scorer: NewsScorer = lexiconScorer): NewsTable {
  const texts = textsWithoutScore(news);
  return withScores(news, new Map(texts.map((text) => [text, scorer.score(text)])));
}

/** As `scoreNews`, by a scorer of many texts at once; each text is asked for once. */
export async function scoreNewsBy(news: NewsTable, scorer: ManyNewsScorer): Promise<NewsTable> {
  const texts = textsWithoutScore(news);
  const scores = await scorer.scoreAll(texts);
  return withScores(news, new Map(texts.map((text, i) => [text, scores[i]])));
}

function textOf({ columns: { title, body } }: NewsTable, row: number): string {
  return body[row] === '' ? title[row] : `${title[row]}\n${body[row]}`;
}

function textsWithoutScore(news: NewsTable): string[] {
  const texts = new Set<string>();
  news.columns.score.forEach((score, row) => {
    if (Number.isNaN(score)) texts.add(textOf(news, row));
  });
  return [...texts];
}

function withScores(news: NewsTable, known: ReadonlyMap<string, number>): NewsTable {
  const score = news.columns.score.map((stated, row) =>
    Number.isNaN(stated) ? (known.get(textOf(news, row)) ?? Number.NaN) : stated,
  );
  return { length: news.length, columns: { ...news.columns, score } };
}
