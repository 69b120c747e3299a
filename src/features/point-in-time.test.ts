import { describe, expect, it } from 'vitest';
import { closingInstant } from '../market/index.js';
import { createRng } from '../util/index.js';
import { codedBars, FIRST_DAY, sessionsOf } from './coded-bars.fixture.js';
import { rankAcrossSection } from './cross-section.js';
import { factTable, macroTable, newsTable, ratioTable } from './dated-tables.fixture.js';
import type { MarketFamily } from './feature-family.js';
import { trailingZScore } from './macro.js';
import { buildPanel } from './panel.js';
import type { FeatureTables, PanelSources } from './panel-sources.js';
import type { Panel } from './types.js';

const DAYS = 700;
const SYMBOLS = 6;
/** Sessions 0, 1, 2 … are the days from 2020-01-01 on, without holidays. */
const day = (session: number) => FIRST_DAY + session;
const bars = codedBars({ symbols: SYMBOLS, days: DAYS });

/** What is known at the close of session `t`: cut by the days on which things became known. */
function upTo(tables: FeatureTables, t: number): FeatureTables {
  const { fundamentals, valuations, macro, news } = tables;
  const rows = (length: number, known: (row: number) => boolean) =>
    Array.from({ length }, (_, row) => row).filter(known);
  return {
    fundamentals:
      fundamentals &&
      factTable(
        rows(fundamentals.length, (row) => fundamentals.columns.announced[row] <= day(t)).map((row) => [
          fundamentals.columns.symbol[row],
          fundamentals.columns.field[row],
          fundamentals.columns.period_end[row],
          fundamentals.columns.announced[row],
          fundamentals.columns.value[row],
        ]),
      ),
    valuations:
      valuations &&
      ratioTable(
        rows(valuations.length, (row) => valuations.columns.date[row] <= day(t)).map((row) => [
          valuations.columns.symbol[row],
          valuations.columns.date[row],
          valuations.columns.pb[row],
        ]),
      ),
    macro:
      macro &&
      macroTable(
        rows(macro.length, (row) => macro.columns.released[row] <= day(t)).map((row) => [
          macro.columns.series[row],
          macro.columns.period_end[row],
          macro.columns.released[row],
          macro.columns.value[row],
        ]),
      ),
    news:
      news &&
      newsTable(
        rows(news.length, (row) => news.columns.published[row] <= closingInstant('cn-a-share', day(t))).map((row) => [
          news.columns.symbol[row],
          news.columns.published[row],
          news.columns.score[row],
        ]),
      ),
  };
}

const SETS = ['macro', 'fundamental', 'news'];
const panelOf = (tables: FeatureTables, days = DAYS, families: readonly MarketFamily[] = []) =>
  buildPanel(sessionsOf(bars, 0, days), { featureSet: ['CLOSE', ...SETS], tables, families });

function valueAt(panel: Panel, s: number, t: number, name: string): number {
  const k = panel.columns.findIndex((column) => column.name === name);
  if (k < 0) throw new Error(`no column ${name}`);
  return panel.values[(s * panel.dates.length + t) * panel.columns.length + k];
}

/** First session on which a row of the whole panel differs from the panel made at its close; −1 for none. */
function firstLeak(known: FeatureTables, whole: Panel, families: readonly MarketFamily[] = []): number {
  for (const t of [300, 330, 361, 395, 430, 500, 610]) {
    const then = panelOf(upTo(known, t), t + 1, families);
    for (const [k, { name }] of then.columns.entries()) {
      for (let s = 0; s < SYMBOLS; s++) {
        const value = then.values[(s * (t + 1) + t) * then.columns.length + k];
        if (!Object.is(value, valueAt(whole, s, t, name))) return t;
      }
    }
  }
  return -1;
}

const MONTH = 30;
const rng = createRng(5, 'dated tables');
const months = Array.from({ length: 22 }, (_, month) => ({ end: day(MONTH * (month + 1)), value: rng.normal() }));
/** Monthly figures that come out ten days after the month; disclosures, twenty after; and news at all hours. */
const tables: FeatureTables = {
  macro: macroTable(months.map(({ end, value }) => ['cpi', end, end + 10, value])),
  fundamentals: factTable(
    bars.symbols.flatMap((symbol) => months.map(({ end }) => [symbol, 'roe', end, end + 20, rng.normal()] as const)),
  ),
  valuations: ratioTable(
    bars.symbols.flatMap((symbol) => Array.from(bars.dates, (date) => [symbol, date, rng.uniform()])),
  ),
  news: newsTable(
    Array.from({ length: 4000 }, () => [
      `S${rng.int(SYMBOLS)}`,
      (day(0) + rng.uniform() * DAYS) * 86_400_000,
      rng.uniform() * 2 - 1,
    ]),
  ),
};
const honest = panelOf(tables);

describe('what a day knew', () => {
  it('is the same bits whether the days after it exist or not', () => {
    expect(honest.columns.map(({ name }) => name)).toEqual([
      'CLOSE',
      'CPI',
      'ROE',
      'PB',
      'NEWS_SCORE',
      'NEWS_COUNT',
      'NEWS_POSITIVE',
      'NEWS_NEGATIVE',
      'NEWS_DISPERSION',
    ]);
    expect(firstLeak(tables, honest)).toBe(-1);
    for (const { name } of honest.columns)
      expect([name, Number.isNaN(valueAt(honest, 2, 610, name))]).toEqual([name, false]);
  });

  it('trap 1: a macro figure read at the end of its month, before its release, is caught', () => {
    const early = macroTable(months.map(({ end, value }) => ['cpi', end, end, value]));
    expect(firstLeak(tables, panelOf({ ...tables, macro: early }))).toBeGreaterThan(0);
  });

  it('trap 1: a line from one month’s figure to the next is caught', () => {
    const line = months.slice(1).flatMap(({ end, value }, i) =>
      Array.from({ length: MONTH }, (_, ago) => {
        const at = end - ago;
        const before = months[i].value;
        return ['cpi', at, at + 10, before + ((value - before) * (MONTH - ago)) / MONTH] as const;
      }),
    );
    expect(firstLeak(tables, panelOf({ ...tables, macro: macroTable(line) }))).toBeGreaterThan(0);
  });

  it('trap 2: fundamentals joined on the end of their period are caught', () => {
    const { columns, length } = tables.fundamentals ?? factTable([]);
    const early = factTable(
      Array.from({ length }, (_, row) => [
        columns.symbol[row],
        columns.field[row],
        columns.period_end[row],
        columns.period_end[row],
        columns.value[row],
      ]),
    );
    expect(firstLeak(tables, panelOf({ ...tables, fundamentals: early }))).toBeGreaterThan(0);
  });

  it('trap 7: news of an evening read on the same day are caught', () => {
    const { columns, length } = tables.news ?? newsTable([]);
    const early = newsTable(
      Array.from({ length }, (_, row) => [
        columns.symbol[row],
        // Nine hours earlier: what came between the close and midnight in Shanghai now comes before the close.
        columns.published[row] - 9 * 3_600_000,
        columns.score[row],
      ]),
    );
    expect(firstLeak(tables, panelOf({ ...tables, news: early }))).toBeGreaterThan(0);
  });

  it('trap 3: statistics of the whole sample are caught, those of the day or of the past are not', () => {
    const column = (compute: MarketFamily['computeMarket']): MarketFamily => ({
      columns: [{ name: 'OWN', group: 'expression', formula: '', source: '', lookback: 1 }],
      lacks: () => null,
      computeMarket: compute,
    });
    const leakOf = (family: MarketFamily) => firstLeak({}, panelOf({}, DAYS, [family]), [family]);
    const wholeMean = ({ bars: { close } }: PanelSources) => {
      const mean = close.reduce((sum, value) => sum + value, 0) / close.length;
      return close.map((value) => value - mean);
    };
    const gapsFilledFromBehind = ({ bars: { close, dates } }: PanelSources) =>
      close.map((value, cell) => (cell % 5 === 0 && (cell + 1) % dates.length !== 0 ? close[cell + 1] : value));
    expect(leakOf(column(wholeMean))).toBe(300);
    expect(leakOf(column(gapsFilledFromBehind))).toBeGreaterThan(0);
    expect(leakOf(column(({ bars: { close } }) => rankAcrossSection(close, null, 1)))).toBe(300);
    expect(leakOf(column(({ bars: { close, dates } }) => rankAcrossSection(close, null, dates.length)))).toBe(-1);
    const trailing = ({ bars: { close, dates } }: PanelSources) => trailingZScore(close.slice(0, dates.length), 20);
    expect(leakOf(column(trailing))).toBe(-1);
  });
});

describe('fundamentals', () => {
  const only = (facts: Parameters<typeof factTable>[0], universe: Uint8Array | null = null) =>
    buildPanel(bars, { featureSet: ['ROE'], tables: { fundamentals: factTable(facts) }, universe });

  it('count from the day after the announcement, the latest period first, a restatement from its own day', () => {
    const panel = only([
      // S1 and S2 stay at 0 and 1: where S0 stands tells its value.
      ['S1', 'roe', day(0), day(0), 0],
      ['S2', 'roe', day(0), day(0), 1],
      ['S0', 'roe', day(5), day(20), -1],
      ['S0', 'roe', day(30), day(40), 0.5],
      ['S0', 'roe', day(5), day(50), 2],
      ['S0', 'roe', day(30), day(60), 2],
    ]);
    const standing = [20, 21, 40, 41, 51, 60, 61].map((t) => valueAt(panel, 0, t, 'ROE'));
    expect(standing).toEqual([Number.NaN, 1 / 6, 1 / 6, 0.5, 0.5, 0.5, 5 / 6].map(Math.fround));
    expect(panel.complete[10]).toBe(1);
  });

  it('end fifteen months after their period', () => {
    const panel = only([['S0', 'roe', day(0), day(20), 1]]);
    expect(valueAt(panel, 0, 457, 'ROE')).toBe(0.5);
    expect(valueAt(panel, 0, 458, 'ROE')).toBeNaN();
  });

  it('are ranked among the members of the day, and the others placed against them', () => {
    const universe = new Uint8Array(SYMBOLS * DAYS);
    for (const s of [0, 1]) universe.fill(1, s * DAYS, (s + 1) * DAYS);
    universe.fill(1, 2 * DAYS + 300, 3 * DAYS);
    const facts = [3, 1, 2, 2].map((value, s) => [`S${s}`, 'roe', day(0), day(0), value] as const);
    const panel = only(facts, universe);
    const standing = (t: number) => [0, 1, 2, 3, 4].map((s) => valueAt(panel, s, t, 'ROE'));
    expect(standing(299)).toEqual([0.75, 0.25, 0.5, 0.5, Number.NaN]);
    expect(standing(300)).toEqual([5 / 6, 1 / 6, 0.5, 0.5, Number.NaN].map(Math.fround));
  });
});

describe('macro series', () => {
  it('are the trailing z-score of the last released figure, the same for every instrument', () => {
    for (const t of [400, 410, 411]) {
      const stepped = Array.from({ length: 252 }, (_, ago) => {
        const known = months.filter(({ end }) => end + 11 <= day(t - ago));
        return known[known.length - 1].value;
      });
      const mean = stepped.reduce((sum, value) => sum + value, 0) / 252;
      const deviation = Math.sqrt(stepped.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 252);
      for (const s of [0, 5]) expect(valueAt(honest, s, t, 'CPI')).toBeCloseTo((stepped[0] - mean) / deviation, 5);
    }
    expect(valueAt(honest, 0, 410, 'CPI')).not.toBe(valueAt(honest, 0, 401, 'CPI'));
  });

  it('of December hold until those of March where nothing comes out between', () => {
    // Sessions are days from 2020-01-01 on: December 2020 ends on day 365, March's figure is usable on 2021-04-26.
    const yearly = panelOf({
      macro: macroTable([
        ...months.flatMap(({ end, value }) => (end < day(350) ? [['cpi', end, end + 25, value] as const] : [])),
        ['cpi', day(365), day(365) + 25, 2],
        ['cpi', day(455), day(455) + 25, 3],
      ]),
    });
    for (const t of [365 + 111, 455 + 25]) expect(valueAt(yearly, 0, t, 'CPI')).not.toBeNaN();
  });

  it('end when no figure has come out for long', () => {
    const ended = panelOf({
      macro: macroTable(months.slice(0, 12).map(({ end, value }) => ['cpi', end, end + 10, value])),
    });
    expect(valueAt(ended, 0, 360 + 120, 'CPI')).not.toBeNaN();
    expect(valueAt(ended, 0, 360 + 121, 'CPI')).toBeNaN();
  });
});

describe('news', () => {
  it('are tallied per session, after the close for the next, from the first one about the instrument on', () => {
    const close = closingInstant('cn-a-share', day(10));
    const hour = 3_600_000;
    const panel = buildPanel(bars, {
      featureSet: ['news'],
      tables: {
        news: newsTable([
          ['S0', close - hour, 0.5],
          ['S0', close, -0.25],
          ['S0', close + 1, 1],
          ['S0', close + 3 * hour, Number.NaN],
        ]),
      },
    });
    const row = (s: number, t: number) =>
      ['SCORE', 'COUNT', 'POSITIVE', 'NEGATIVE', 'DISPERSION'].map((name) => valueAt(panel, s, t, `NEWS_${name}`));
    expect(row(0, 9)).toEqual(Array(5).fill(Number.NaN));
    expect(row(0, 10)).toEqual([0.125, Math.log(3), 0.5, 0.5, 0.375].map(Math.fround));
    expect(row(0, 11)).toEqual([1, Math.log(3), 1, 0, 0].map(Math.fround));
    expect(row(0, 12)).toEqual([0, 0, 0, 0, 0]);
    expect(row(1, 12)).toEqual(Array(5).fill(Number.NaN));
  });

  it('of a suspension belong to the day on which the stock trades again, and to none where it never does', () => {
    const hour = 3_600_000;
    const at = (t: number) => closingInstant('cn-a-share', day(t)) - hour;
    const halted = codedBars({
      symbols: 2,
      days: 30,
      suspended: [...[11, 12, 13].map((t) => [0, t] as const), ...[26, 27, 28, 29].map((t) => [1, t] as const)],
    });
    const headlines: Parameters<typeof newsTable>[0] = [
      ['S0', at(10), 0.25],
      ['S0', at(10) + 2 * hour, 1],
      ['S0', at(12), -0.5],
      ['S0', at(14), -0.5],
      ['S1', at(20), 0.5],
      ['S1', at(27), 1],
    ];
    const panelTo = (news: typeof headlines) =>
      buildPanel(halted, { featureSet: ['news'], tables: { news: newsTable(news) } });
    const panel = panelTo(headlines);
    const row = (s: number, t: number) => ['SCORE', 'COUNT'].map((name) => valueAt(panel, s, t, `NEWS_${name}`));
    expect(row(0, 10)).toEqual([0.25, Math.log(2)].map(Math.fround));
    expect(row(0, 12)).toEqual([Number.NaN, Number.NaN]);
    expect(row(0, 14)).toEqual([0, Math.log(4)].map(Math.fround));
    expect(row(0, 15)).toEqual([0, 0]);
    expect(row(1, 25)).toEqual([0, 0]);
    expect(row(1, 29)).toEqual([Number.NaN, Number.NaN]);
    // News of the suspension change nothing before it.
    const before = panelTo(headlines.filter(([, published]) => published <= at(10)));
    expect(valueAt(before, 0, 10, 'NEWS_SCORE')).toBe(valueAt(panel, 0, 10, 'NEWS_SCORE'));
  });
});
