import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { newsSchema } from '../../market/index.js';
import { makeTable, readCsv } from '../../tables/index.js';
import { CHINESE } from './chinese.js';
import { ENGLISH, tokeniseEnglish } from './english.js';
import { toneOf } from './lexicon.js';
import { lexiconScorer, scoreNews } from './score-news.js';

const tone = lexiconScorer.score;

describe('tone by lexicon', () => {
  it('is positive minus negative words over both', () => {
    expect(tone('Profit beats, but guidance disappoints')).toBeCloseTo(1 / 3, 12);
    expect(tone('The company holds its annual meeting on Friday')).toBe(0);
    expect(tone('公司净利润大增，股价创新高')).toBe(1);
    expect(tone('公司遭证监会立案调查，股东减持')).toBe(-1);
    expect(tone('公司召开股东大会')).toBe(0);
    expect(tone('')).toBe(0);
  });

  it('is turned around by a negator in the clause, and not beyond it', () => {
    expect(tone('this is not good')).toBe(-1);
    expect(tone("it doesn't fall")).toBe(1);
    expect(tone('not today, good results')).toBe(1);
    expect(tone('not one of the many things that are good')).toBe(1);
    expect(tone('公司否认违规')).toBe(1);
    expect(tone('未能完成')).toBe(-1);
  });

  it('reads neither links nor tickers nor capitals', () => {
    expect(tokeniseEnglish('$GAIN @bull #short https://t.co/loss UP!')).toEqual(['up', '!']);
    expect(tone('BEATS')).toBe(1);
  });

  it('has no word on both sides, and none that is a negator', () => {
    for (const { positive, negative, negators } of [CHINESE, ENGLISH]) {
      expect([...positive].filter((word) => negative.has(word) || negators.has(word))).toEqual([]);
      expect([...negative].filter((word) => negators.has(word))).toEqual([]);
    }
  });

  it('knows every Chinese word of its list as the segmenter cuts it', () => {
    for (const word of CHINESE.positive) expect(tone(`消息：${word}。`), word).toBe(1);
    for (const word of CHINESE.negative) expect(tone(`消息：${word}。`), word).toBe(-1);
  });

  it('counts a word of each side as nothing', () => {
    expect(toneOf(['gain', 'loss'], ENGLISH)).toBe(0);
  });
});

describe('scoring news', () => {
  const news = makeTable(newsSchema, {
    symbol: ['A', 'A', 'B'],
    published: Float64Array.of(1, 2, 3),
    zone: ['UTC', 'UTC', 'UTC'],
    title: ['Profit beats', 'Profit beats', 'Update'],
    body: ['', '', 'a terrible loss'],
    score: Float64Array.of(-0.25, Number.NaN, Number.NaN),
  });

  it('fills in what the source does not say, from title and body, and keeps what it says', () => {
    const scored = scoreNews(news);
    expect([...scored.columns.score]).toEqual([-0.25, 1, -1]);
    expect(scored.columns.title).toBe(news.columns.title);
    expect(news.columns.score[1]).toBeNaN();
  });

  it('takes any scorer', () => {
    expect([...scoreNews(news, { name: 'length', score: (text) => text.length }).columns.score]).toEqual([
      -0.25, 12, 22,
    ]);
  });
});

const TWEETS = '../shared/data/acl18/tweets.csv.gz';
const BARS = '../shared/data/acl18/bars';

/** Real posts about US stocks: their tone on a day must agree with what the price did on that day more often than not. */
describe.skipIf(!existsSync(TWEETS))(
  `tone of real posts${existsSync(TWEETS) ? '' : ' (skipped: no real data)'}`,
  () => {
    it('agrees with the return of the day', () => {
      const { rows } = readCsv(TWEETS);
      const days = new Map<string, { sum: number; count: number }>();
      let toned = 0;
      for (const [symbol, published, text] of rows) {
        const value = tone(text);
        if (value !== 0) toned++;
        const key = `${symbol} ${published.slice(0, 10)}`;
        const day = days.get(key) ?? { sum: 0, count: 0 };
        days.set(key, { sum: day.sum + value, count: day.count + 1 });
      }
      expect(rows).toHaveLength(119_844);
      expect(toned / rows.length).toBeGreaterThan(0.3);
      let agree = 0;
      let differ = 0;
      for (const symbol of new Set(rows.map(([name]) => name))) {
        const path = `${BARS}/${symbol}.csv`;
        if (!existsSync(path)) continue;
        const bars = readCsv(path);
        const [date, close] = ['Date', 'Adj Close'].map((name) => bars.header.indexOf(name));
        for (let i = 1; i < bars.rows.length; i++) {
          const day = days.get(`${symbol} ${bars.rows[i][date]}`);
          if (!day || day.sum === 0) continue;
          const change = Number(bars.rows[i][close]) / Number(bars.rows[i - 1][close]) - 1;
          if (Math.sign(change) === Math.sign(day.sum)) agree++;
          else if (change !== 0) differ++;
        }
      }
      const n = agree + differ;
      const z = (agree - n / 2) / Math.sqrt(n / 4);
      expect(n).toBeGreaterThan(10_000);
      expect(z).toBeGreaterThan(4);
    });
  },
);
