import { z } from 'zod';
import { CandlenetError, type Day, formatDay } from '../../../util/index.js';
import { MOST_PRICE, MOST_SPLIT } from '../../plausible.js';
import { type HttpClient, type RateLimit, readJson } from '../http/index.js';

export const YAHOO_URL = 'https://query1.finance.yahoo.com';

const column = z.array(z.number().nullable());
const errorSchema = z.object({ code: z.string(), description: z.string() });
const resultSchema = z.object({
  meta: z.object({
    symbol: z.string().nullish(),
    currency: z.string().nullish(),
    fullExchangeName: z.string().nullish(),
    exchangeName: z.string().nullish(),
    exchangeTimezoneName: z.string(),
    longName: z.string().nullish(),
    shortName: z.string().nullish(),
  }),
  timestamp: z.array(z.number()).optional(),
  events: z
    .object({
      dividends: z.record(z.string(), z.object({ date: z.number(), amount: z.number() })).optional(),
      splits: z
        .record(z.string(), z.object({ date: z.number(), numerator: z.number(), denominator: z.number() }))
        .optional(),
    })
    .optional(),
  indicators: z.object({
    quote: z.array(
      z.object({
        open: column.optional(),
        high: column.optional(),
        low: column.optional(),
        close: column.optional(),
        volume: column.optional(),
      }),
    ),
  }),
});
const answerSchema = z.object({
  chart: z.object({ result: z.array(resultSchema).nullable(), error: errorSchema.nullable() }),
});

/** 9999-01-01. */
const LATEST_SECONDS = 253_370_764_800;

const PRICES = ['open', 'high', 'low', 'close', 'volume'] as const;

/** One symbol as the chart endpoint tells it: prices, volumes and dividends restated for every later split. */
export interface Chart {
  readonly symbol: string;
  readonly name: string;
  readonly exchange: string;
  readonly currency: string;
  /** Days of the exchange's own time zone, ascending. */
  readonly days: readonly Day[];
  readonly columns: Readonly<Record<(typeof PRICES)[number], Float64Array>>;
  readonly dividends: readonly { readonly day: Day; readonly amount: number }[];
  /** `ratio` new shares for one old. */
  readonly splits: readonly { readonly day: Day; readonly ratio: number }[];
}

/**
 * Asks for a symbol's bars from a day to the present. The present, because a split after the period has restated the prices
 * in it.
 * @param until last day of the import: part of the identity, so that a later import asks anew
 * @throws HTTP_FAILED, HTTP_REFUSED (unknown symbol), TABLE_INVALID, INTERRUPTED
 */
export function askChart(
  { client, url, limit, until }: { client: HttpClient; url: string; limit: RateLimit; until: string },
  symbol: string,
  from: Day,
): Promise<Chart> {
  const what = `yahoo ${symbol}`;
  const query = `period1=${from * 86_400}&period2=9999999999&interval=1d&events=div%2Csplits`;
  const path = `/v8/finance/chart/${encodeURIComponent(symbol)}?${query}`;
  return client.ask({
    what,
    identity: { source: 'yahoo', url, path, until },
    url: `${url.replace(/\/$/, '')}${path}`,
    // Requests that name no program are turned away.
    headers: { 'user-agent': 'Mozilla/5.0 (compatible; candlenet)' },
    limit,
    read(text, status) {
      const parsed = answerSchema.safeParse(readJson(text));
      if (!parsed.success) {
        const [issue] = parsed.error.issues;
        throw new CandlenetError(
          'HTTP_FAILED',
          `${what}: found an answer of another shape (HTTP status ${status}, ${issue.path.join('.')}: ${issue.message}), expected {chart: {result, error}}`,
        );
      }
      const { result, error } = parsed.data.chart;
      if (error) {
        throw new CandlenetError('HTTP_REFUSED', `${what}: found ${error.code}, ${error.description}`);
      }
      if (!result?.[0]) throw new CandlenetError('HTTP_FAILED', `${what}: found no result, expected one`);
      return readChart(what, symbol, result[0]);
    },
  });
}

function readChart(what: string, symbol: string, result: z.infer<typeof resultSchema>): Chart {
  const { meta, timestamp = [], events = {}, indicators } = result;
  if (meta.symbol && meta.symbol.toUpperCase() !== symbol.toUpperCase()) {
    throw new CandlenetError('TABLE_INVALID', `${what}: meta.symbol: found "${meta.symbol}", expected ${symbol}`);
  }
  const dayOf = localDay(what, meta.exchangeTimezoneName);
  const days = timestamp.map((seconds, i) => dayOf(seconds, `timestamp ${i + 1}`));
  const late = days.findIndex((day, i) => i > 0 && day < days[i - 1]);
  if (late >= 0) {
    throw new CandlenetError(
      'TABLE_INVALID',
      `${what}: timestamp ${late + 1}: found an earlier day, expected ascending days`,
    );
  }
  const twice = days.findIndex((day, i) => i > 0 && i < days.length - 1 && day === days[i - 1]);
  if (twice >= 0) {
    throw new CandlenetError(
      'TABLE_INVALID',
      `${what}: timestamp ${twice + 1}: found another bar of ${formatDay(days[twice])}, expected one a day`,
    );
  }
  // While a session runs, its day comes twice; the last is the whole one so far.
  const kept = days.map((_, i) => i).filter((i) => days[i] !== days[i + 1]);
  const quote = indicators.quote[0] ?? {};
  const columns = Object.fromEntries(
    PRICES.map((name) => {
      const values = quote[name] ?? (timestamp.length === 0 ? [] : null);
      if (values === null || values.length !== timestamp.length) {
        const found = values === null ? 'no such column' : `${values.length} values`;
        throw new CandlenetError(
          'TABLE_INVALID',
          `${what}: column "${name}": found ${found}, expected ${timestamp.length} values, one a timestamp`,
        );
      }
      return [name, Float64Array.from(kept, (i) => values[i] ?? Number.NaN)];
    }),
  ) as unknown as Chart['columns'];
  return {
    symbol,
    name: meta.longName ?? meta.shortName ?? '',
    exchange: meta.fullExchangeName ?? meta.exchangeName ?? '',
    currency: meta.currency ?? '',
    days: kept.map((i) => days[i]),
    columns,
    dividends: Object.values(events.dividends ?? {})
      .map(({ date, amount }) => {
        if (amount > 0 && amount <= MOST_PRICE) return { day: dayOf(date, 'events.dividends'), amount };
        throw new CandlenetError(
          'TABLE_INVALID',
          `${what}: events.dividends: found an amount of ${amount}, expected a number above 0, up to ${MOST_PRICE}`,
        );
      })
      .sort((a, b) => a.day - b.day),
    splits: Object.values(events.splits ?? {})
      .map(({ date, numerator, denominator }) => {
        const ratio = numerator / denominator;
        if (numerator > 0 && denominator > 0 && ratio <= MOST_SPLIT && ratio >= 1 / MOST_SPLIT)
          return { day: dayOf(date, 'events.splits'), ratio };
        throw new CandlenetError(
          'TABLE_INVALID',
          `${what}: events.splits: found ${numerator}:${denominator}, expected two numbers above 0, up to ${MOST_SPLIT} for 1`,
        );
      })
      .sort((a, b) => a.day - b.day),
  };
}

function localDay(what: string, zone: string): (seconds: number, where: string) => Day {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
  } catch {
    throw new CandlenetError(
      'TABLE_INVALID',
      `${what}: meta.exchangeTimezoneName: found "${zone}", expected a time zone such as America/New_York`,
    );
  }
  return (seconds, where) => {
    const day =
      Math.abs(seconds) < LATEST_SECONDS ? Date.parse(format.format(seconds * 1000)) / 86_400_000 : Number.NaN;
    if (Number.isInteger(day)) return day;
    throw new CandlenetError(
      'TABLE_INVALID',
      `${what}: ${where}: found ${seconds}, expected seconds since 1970 of a day before the year 10000`,
    );
  };
}
