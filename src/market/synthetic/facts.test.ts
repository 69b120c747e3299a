import { describe, expect, it } from 'vitest';
import { formatDay, parseDay, weekdayOf, yearOf } from '../../util/index.js';
import { checkMarketTables } from '../check-tables.js';
import { FUNDAMENTAL_FIELDS } from '../fundamental-fields.js';
import { MACRO_SERIES, RISK_FREE_SERIES } from '../macro-series.js';
import { closingInstant, knownDayOfNews } from '../session-clock.js';
import { storeTables } from '../store-tables.js';
import { lastQuarterBy, quarterEnd, reportDeadline } from './disclosures.js';
import { generateMarket } from './generate.js';
import { SERIES } from './macro-releases.js';
import { titleScore } from './news-words.js';

const SYMBOLS = 60;
const DAYS = 900;
const options = { kind: 'planted', symbols: SYMBOLS, days: DAYS, seed: 3, withTruth: false } as const;
const market = generateMarket(options);
const nothing = generateMarket({ ...options, kind: 'null' });
const { bars, instruments } = market;
const fundamentals = market.fundamentals!.columns;
const valuations = market.valuations!.columns;
const macro = market.macro!.columns;
const news = market.news!.columns;
const lastDay = bars.dates[DAYS - 1];
const instrumentOf = new Map(instruments.map((instrument) => [instrument.symbol, instrument]));
const rowOf = new Map(bars.symbols.map((symbol, s) => [symbol, s]));

interface Fact {
  readonly symbol: string;
  readonly field: string;
  readonly periodEnd: number;
  readonly announced: number;
  readonly value: number;
}
const facts: Fact[] = fundamentals.symbol.map((symbol, row) => ({
  symbol,
  field: fundamentals.field[row],
  periodEnd: fundamentals.period_end[row],
  announced: fundamentals.announced[row],
  value: fundamentals.value[row],
}));
function groupBy<T>(values: readonly T[], keyOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const group = groups.get(keyOf(value));
    if (group) group.push(value);
    else groups.set(keyOf(value), [value]);
  }
  return groups;
}

/** The rows of each fact, first told first. */
const told = groupBy(facts, ({ symbol, field, periodEnd }) => `${symbol} ${field} ${periodEnd}`);

describe('dated tables of the synthetic market', () => {
  it('are what a store takes, already in its order, each key once', () => {
    expect(() => checkMarketTables(market)).not.toThrow();
    const stored = new Map(storeTables(market).map((make) => [make().name, make().table]));
    expect(stored.get('fundamentals')).toBe(market.fundamentals);
    expect(stored.get('valuations')).toBe(market.valuations);
    expect(stored.get('macro')).toBe(market.macro);
    expect(stored.get('news')).toBe(market.news);
  });

  it('are the same bits for the same options, and leave the bars alone', () => {
    const again = generateMarket(options);
    for (const name of ['fundamentals', 'valuations', 'macro', 'news'] as const) {
      expect(again[name]).toEqual(market[name]);
    }
    const bare = generateMarket({ ...options, withFacts: false });
    expect(bare.bars).toEqual(market.bars);
    expect([bare.fundamentals, bare.valuations, bare.macro, bare.news]).toEqual(Array(4).fill(undefined));
    expect(generateMarket({ ...options, seed: 4 }).macro).not.toEqual(market.macro);
  });
});

describe('synthetic fundamentals', () => {
  it('have every field of the paper that companies disclose', () => {
    const named = FUNDAMENTAL_FIELDS.filter(({ table }) => table === 'facts').map(({ field }) => field);
    expect([...new Set(fundamentals.field)].sort()).toEqual([...named].sort());
  });

  it('are announced after their period ends, by the legal day but for a few, and never after the last session', () => {
    let late = 0;
    let reports = 0;
    for (const [first] of told.values()) {
      const { symbol, field, periodEnd, announced } = first;
      if (announced <= periodEnd || announced > lastDay) expect.fail(JSON.stringify(first));
      if (field !== 'revenue' || announced === instrumentOf.get(symbol)!.listDate) continue;
      reports++;
      // Q1 by 30 April, half-year by 31 August, Q3 by 31 October, annual by 30 April (CSRC).
      const legal: Record<string, string> = { '03-31': '04-30', '06-30': '08-31', '09-30': '10-31', '12-31': '04-30' };
      const monthDay = formatDay(periodEnd).slice(5);
      const deadline = parseDay(`${yearOf(periodEnd) + (monthDay === '12-31' ? 1 : 0)}-${legal[monthDay]}`);
      expect(reportDeadline(lastQuarterBy(periodEnd))).toBe(deadline);
      if (announced > deadline) late++;
    }
    expect(reports).toBeGreaterThan(SYMBOLS * 12);
    expect(late).toBeGreaterThan(0);
    expect(late / reports).toBeLessThan(0.03);
  });

  it('come in the order of their quarters, none before the listing or after its end', () => {
    const bySymbol = groupBy(
      [...told.values()].map(([first]) => first).filter(({ field }) => field === 'total_shares'),
      ({ symbol }) => symbol,
    );
    expect(bySymbol.size).toBe(SYMBOLS);
    for (const [symbol, rows] of bySymbol) {
      const { listDate, delistDate } = instrumentOf.get(symbol)!;
      const ordered = [...rows].sort((a, b) => a.periodEnd - b.periodEnd);
      for (const [i, { announced }] of ordered.entries()) {
        expect(announced).toBeGreaterThanOrEqual(Math.max(listDate!, ordered[i - 1]?.announced ?? 0));
        expect(announced).toBeLessThanOrEqual(delistDate ?? lastDay);
      }
    }
  });

  it('restate now and then, in a later row for the same period, with another value', () => {
    let restated = 0;
    let plain = 0;
    for (const rows of told.values()) {
      for (const [i, row] of rows.entries()) {
        if (i === 0) continue;
        expect(row.announced).toBeGreaterThan(rows[i - 1].announced);
        expect(row.value).not.toBe(rows[i - 1].value);
      }
      if (rows[0].field !== 'net_profit') continue;
      if (rows.length > 1) restated++;
      else plain++;
    }
    expect(restated).toBeGreaterThan(5);
    expect(restated / (restated + plain)).toBeLessThan(0.06);
    // What does not hang on profit is not told twice.
    expect([...told.values()].filter((rows) => rows.length > 1 && rows[0].field === 'revenue')).toEqual([]);
  });

  it('hang together: margin × revenue is profit, quick below current ratio, shares those of the bars', () => {
    const latest = new Map([...told].map(([key, rows]) => [key, rows[rows.length - 1].value]));
    for (const [key, value] of latest) {
      const [symbol, field, period] = key.split(' ');
      const other = (name: string) => latest.get(`${symbol} ${name} ${period}`)!;
      if (field === 'net_profit') expect(other('net_margin') * other('revenue')).toBeCloseTo(value, 2);
      if (field === 'quick_ratio') expect(value).toBeLessThan(other('current_ratio'));
      if (field === 'debt_to_assets') expect(value > 0 && value < 1).toBe(true);
    }
  });

  it('knows its quarters', () => {
    const quarter = 4 * 2020;
    expect(lastQuarterBy(parseDay('2020-03-30'))).toBe(quarter - 1);
    expect(lastQuarterBy(parseDay('2020-03-31'))).toBe(quarter);
    expect(lastQuarterBy(parseDay('2020-12-31'))).toBe(quarter + 3);
    expect(formatDay(quarterEnd(quarter + 1))).toBe('2020-06-30');
  });
});

describe('synthetic daily ratios', () => {
  it('have a row for every bar, with what was known of the books on its day', () => {
    expect(valuations.symbol.length).toBe(bars.close.filter((close) => !Number.isNaN(close)).length);
    /** What total shares and earnings per share of the newest report known on a day give. */
    const reports = groupBy(
      facts.filter(({ field }) => field === 'eps_ttm' || field === 'total_shares'),
      ({ symbol, field }) => `${symbol} ${field}`,
    );
    const known = (symbol: string, field: string, day: number) =>
      reports
        .get(`${symbol} ${field}`)!
        .filter(({ announced }) => announced <= day)
        .sort((a, b) => a.periodEnd - b.periodEnd || a.announced - b.announced)
        .at(-1);
    let checked = 0;
    for (let row = 0; row < valuations.symbol.length; row += 97) {
      const [symbol, day] = [valuations.symbol[row], valuations.date[row]];
      const cell = rowOf.get(symbol)! * DAYS + bars.dates.indexOf(day);
      const [eps, issued] = [known(symbol, 'eps_ttm', day), known(symbol, 'total_shares', day)];
      expect(eps).toBeDefined();
      if (valuations.turnover[row] > 0) {
        // Turnover is volume over today's shares; earnings are spread over those, not over the report's.
        const shares = bars.volume[cell] / valuations.turnover[row];
        const expected = (bars.close[cell] * shares) / (eps!.value * issued!.value);
        expect(valuations.pe_ttm[row] / expected).toBeCloseTo(1, 9);
        checked++;
      } else expect(bars.suspended[cell]).toBe(1);
    }
    expect(checked).toBeGreaterThan(400);
  });

  it('lie where those of a market lie', () => {
    const median = (values: Float64Array) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
    expect(median(valuations.pb)).toBeGreaterThan(1);
    expect(median(valuations.pb)).toBeLessThan(4);
    expect(median(valuations.pe_ttm)).toBeGreaterThan(8);
    expect(median(valuations.pe_ttm)).toBeLessThan(60);
  });
});

describe('synthetic macro series', () => {
  it('are those of the paper and the risk-free rate', () => {
    const named = [...MACRO_SERIES.map(({ series }) => series), RISK_FREE_SERIES];
    expect([...new Set(macro.series)].sort()).toEqual(named.sort());
    expect(SERIES.map(({ series }) => series)).toEqual([...named].sort());
  });

  it('come out with their lags, once, but for revisions, which come with the next release', () => {
    const settings = new Map(SERIES.map((setting) => [setting.series, setting]));
    const first = new Map<string, number>();
    let revisions = 0;
    for (let row = 0; row < macro.series.length; row++) {
      const { lag, revised } = settings.get(macro.series[row])!;
      const key = `${macro.series[row]} ${macro.period_end[row]}`;
      const days = macro.released[row] - macro.period_end[row];
      expect(macro.released[row]).toBeLessThanOrEqual(lastDay);
      if (!first.has(key)) {
        first.set(key, days);
        expect(days >= lag[0] && days <= lag[1]).toBe(true);
      } else {
        revisions++;
        expect(revised).toBeGreaterThan(0);
        expect(days).toBeGreaterThan(first.get(key)! + 20);
      }
    }
    expect(revisions).toBeGreaterThan(5);
  });

  it('know of every series on the first session, and have no January where the bureau has none', () => {
    for (const { series } of SERIES) {
      expect(macro.series.some((name, row) => name === series && macro.released[row] <= bars.dates[0])).toBe(true);
    }
    const months = (series: string) =>
      new Set(
        macro.series.flatMap((name, row) => (name === series ? [formatDay(macro.period_end[row]).slice(5, 7)] : [])),
      );
    expect(months('retail_sales_growth')).not.toContain('01');
    expect(months('cpi')).toContain('01');
    expect([...months('gdp_growth')].sort()).toEqual(['03', '06', '09', '12']);
  });
});

describe('synthetic news', () => {
  it('have a Chinese title with its score, and the same in English', () => {
    for (let row = 0; row < news.symbol.length; row++) {
      const [chinese] = instrumentOf.get(news.symbol[row])!.name.split(' ');
      if (!news.title[row].startsWith(chinese)) expect.fail(news.title[row]);
      if (!/^[A-Z][a-z]+ [A-Z][a-z]+ [a-z ]+\.$/.test(news.body[row])) expect.fail(news.body[row]);
      if (news.score[row] !== titleScore(news.title[row])) expect.fail(news.title[row]);
    }
    for (const score of [-1, 0, 1]) expect(news.score).toContain(score);
    expect([titleScore('业绩大幅增长'), titleScore('季度出现亏损，中标重大项目'), titleScore('变更办公地址')]).toEqual([
      1, 0, 0,
    ]);
  });

  it('come before and after the close, and on weekends', () => {
    const days = Array.from(news.published, (instant) => Math.floor((instant + 8 * 3_600_000) / 86_400_000));
    const weekend = days.filter((day) => weekdayOf(day) > 4).length / days.length;
    expect(weekend).toBeGreaterThan(0.08);
    expect(weekend).toBeLessThan(0.18);
    const late = days.filter((day, row) => news.published[row] > closingInstant('cn-a-share', day)).length;
    expect(late / days.length).toBeCloseTo(0.35, 1);
    expect(news.zone.every((zone) => zone === 'Asia/Shanghai')).toBe(true);
    for (const instant of news.published) if (knownDayOfNews('cn-a-share', instant) > lastDay) expect.fail('too late');
  });
});

describe('what the dated tables tell in the null market', () => {
  /** Twenty-session forward return from the session after `day`; NaN where there is none. */
  function forward(symbol: string, day: number): number {
    const s = rowOf.get(symbol)!;
    const d = nothing.bars.dates.findIndex((date) => date > day);
    const [from, to] = [s * DAYS + d, s * DAYS + d + 20];
    if (d < 0 || d + 20 >= DAYS) return Number.NaN;
    const { open, adjFactor } = nothing.bars;
    return (open[to] * adjFactor[to]) / (open[from] * adjFactor[from]) - 1;
  }

  /** What each table tells, and the day on which it is known. */
  const signals: Record<string, () => { symbol: string; day: number; signal: number }[]> = {
    'the score of news'() {
      const { symbol, published, score } = nothing.news!.columns;
      return symbol.map((name, row) => {
        return { symbol: name, day: knownDayOfNews('cn-a-share', published[row]), signal: score[row] };
      });
    },
    'growth of profit'() {
      const { symbol, field, announced, value } = nothing.fundamentals!.columns;
      return symbol.flatMap((name, row) => {
        if (field[row] !== 'net_profit_growth') return [];
        return [{ symbol: name, day: announced[row], signal: Math.max(-1, Math.min(1, value[row])) }];
      });
    },
    'book value to price'() {
      const { symbol, date, pb } = nothing.valuations!.columns;
      return symbol.flatMap((name, row) =>
        row % 20 === 0 ? [{ symbol: name, day: date[row], signal: 1 / pb[row] }] : [],
      );
    },
  };

  it.each(Object.keys(signals))('is nothing about returns to come: %s', (name) => {
    const rows = signals[name]()
      .filter(({ day }) => day >= nothing.bars.dates[0])
      .map((row) => ({ ...row, outcome: forward(row.symbol, row.day) }))
      .filter(({ outcome }) => !Number.isNaN(outcome));
    expect(rows.length).toBeGreaterThan(400);
    const mean = rows.reduce((sum, { signal }) => sum + signal, 0) / rows.length;
    // One market moves all the stocks of a day: sums over blocks of 30 days are taken as independent.
    const blocks = groupBy(rows, ({ day }) => String(Math.floor(day / 30)));
    const sums = [...blocks.values()].map((block) =>
      block.reduce((sum, { signal, outcome }) => sum + (signal - mean) * outcome, 0),
    );
    const total = sums.reduce((a, b) => a + b, 0);
    expect(Math.abs(total)).toBeLessThan(3 * Math.sqrt(sums.reduce((a, b) => a + b * b, 0)));
  });
});
