// The ACL18 set (Xu & Cohen 2018, StockNet) as Feng et al. (2019) cut it: 88 US stocks, rise or fall of the next day.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { scoreNews } from 'candlenet/features';
import { closingInstant } from 'candlenet/market';
import { parseDay } from 'candlenet/util';

/** Sessions of a sample, the last of them the day before the one that is told. */
export const WINDOW = 5;
/** Rows a mean of 30 days needs. */
const HISTORY = 30;
const MEANS = [5, 10, 15, 20, 25, 30];
const RISE = 0.0055;
const FALL = -0.005;
const STARTS = { train: '2014-01-02', validation: '2015-08-03', test: '2015-10-01', end: '2016-01-01' };

/** Bars of every stock on its own sessions; a day that Yahoo has without prices is no session. */
function readBars(folder) {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.csv'))
    .sort()
    .map((file) => {
      const lines = readFileSync(join(folder, file), 'utf8').trim().split('\n').slice(1);
      const rows = lines.map((line) => line.trim().split(',')).filter((row) => row[4] !== 'null');
      const column = (k) => Float64Array.from(rows, (row) => Number(row[k]));
      const dates = rows.map((row) => row[0]);
      return {
        symbol: file.slice(0, -4),
        dates,
        open: column(1),
        high: column(2),
        low: column(3),
        close: column(4),
        adjusted: column(5),
      };
    });
}

/** The eleven features of Feng et al., × 100, of one session; no z-scores. */
function priceFeatures({ open, high, low, close, adjusted }, t) {
  const ratios = [
    open[t] / close[t],
    high[t] / close[t],
    low[t] / close[t],
    close[t] / close[t - 1],
    adjusted[t] / adjusted[t - 1],
  ];
  const means = MEANS.map((days) => {
    let sum = 0;
    for (let i = t - days + 1; i <= t; i++) sum += adjusted[i];
    return sum / days / adjusted[t];
  });
  return [...ratios, ...means].map((ratio) => 100 * (ratio - 1));
}

/** The tweets of each stock and session, scored by the English lexicon: what was written after a close belongs to the next one. */
function tweetTones(path, stocks) {
  const rows = gunzipSync(readFileSync(path)).toString('utf8').trim().split('\n').slice(1);
  const parsed = rows.map((row) => /^([^,]+),([^,]+),"?(.*?)"?$/.exec(row)).filter((match) => match !== null);
  const scored = scoreNews({
    length: parsed.length,
    columns: {
      symbol: parsed.map(([, symbol]) => symbol),
      published: Float64Array.from(parsed, ([, , published]) => Date.parse(published)),
      zone: parsed.map(() => 'UTC'),
      title: parsed.map(([, , , text]) => text),
      body: parsed.map(() => ''),
      score: new Float64Array(parsed.length).fill(Number.NaN),
    },
  }).columns;
  const bySymbol = new Map(
    stocks.map(({ symbol, dates }) => [
      symbol,
      {
        dates,
        closes: dates.map((date) => closingInstant('us-equity', parseDay(date, 'bars'))),
        scores: dates.map(() => []),
      },
    ]),
  );
  for (let row = 0; row < parsed.length; row++) {
    const stock = bySymbol.get(scored.symbol[row]);
    if (!stock || Number.isNaN(scored.score[row])) continue;
    let [low, high] = [0, stock.closes.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (stock.closes[middle] < scored.published[row]) low = middle + 1;
      else high = middle;
    }
    stock.scores[low]?.push(scored.score[row]);
  }
  return bySymbol;
}

/** Mean tone, log of the number, shares positive and negative: 0 on a silent day. */
function toneFeatures(scores) {
  if (scores.length === 0) return [0, 0, 0, 0];
  const share = (test) => scores.filter(test).length / scores.length;
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  return [mean, Math.log1p(scores.length), share((score) => score > 0), share((score) => score < 0)];
}

/**
 * @returns the panel of all stocks on their own sessions, and the three sets of samples: rows at which windows end, classes
 * (0 rise, 1 fall) of the session after
 */
export function readAcl18(folder, { tweets }) {
  const stocks = readBars(join(folder, 'bars'));
  const path = join(folder, 'tweets.csv.gz');
  const tones = tweets && existsSync(path) ? tweetTones(path, stocks) : null;
  const days = Math.max(...stocks.map(({ dates }) => dates.length));
  const features = 5 + MEANS.length + (tones ? 4 : 0);
  const values = new Float32Array(new SharedArrayBuffer(4 * stocks.length * days * features));
  const sets = { train: [], validation: [], test: [] };
  stocks.forEach((stock, s) => {
    const { symbol, dates, adjusted } = stock;
    for (let t = HISTORY - 1; t < dates.length; t++) {
      const tone = tones ? toneFeatures(tones.get(symbol).scores[t]) : [];
      values.set([...priceFeatures(stock, t), ...tone], (s * days + t) * features);
      const change = adjusted[t] / adjusted[t - 1] - 1;
      const whole = t - WINDOW >= HISTORY - 1;
      if (!whole || dates[t] < STARTS.train || dates[t] >= STARTS.end || (change < RISE && change > FALL)) continue;
      const set = dates[t] < STARTS.validation ? sets.train : dates[t] < STARTS.test ? sets.validation : sets.test;
      set.push({ row: s * days + t - 1, label: change >= RISE ? 0 : 1, symbol });
    }
  });
  const samples = (set) => ({
    rows: Int32Array.from(set, ({ row }) => row),
    classes: Uint8Array.from(set, ({ label }) => label),
  });
  const all = Object.values(sets).flat();
  return {
    data: {
      values,
      features,
      window: WINDOW,
      classes: 2,
      train: samples(sets.train),
      validation: samples(sets.validation),
    },
    test: samples(sets.test),
    symbols: new Set(all.map(({ symbol }) => symbol)).size,
  };
}
