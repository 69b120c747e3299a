import type { FundamentalTable, MacroTable, NewsTable, ValuationTable } from '../market/index.js';
import type { Day } from '../util/index.js';

export type Fact = readonly [symbol: string, field: string, periodEnd: Day, announced: Day, value: number];

export function factTable(facts: readonly Fact[]): FundamentalTable {
  return {
    length: facts.length,
    columns: {
      symbol: facts.map(([symbol]) => symbol),
      field: facts.map(([, field]) => field),
      period_end: Int32Array.from(facts, ([, , periodEnd]) => periodEnd),
      announced: Int32Array.from(facts, ([, , , announced]) => announced),
      value: Float64Array.from(facts, ([, , , , value]) => value),
    },
  };
}

export type Release = readonly [series: string, periodEnd: Day, released: Day, value: number];

export function macroTable(releases: readonly Release[]): MacroTable {
  return {
    length: releases.length,
    columns: {
      series: releases.map(([series]) => series),
      period_end: Int32Array.from(releases, ([, periodEnd]) => periodEnd),
      released: Int32Array.from(releases, ([, , released]) => released),
      value: Float64Array.from(releases, ([, , , value]) => value),
    },
  };
}

export type Headline = readonly [symbol: string, published: number, score: number];

export function newsTable(headlines: readonly Headline[]): NewsTable {
  return {
    length: headlines.length,
    columns: {
      symbol: headlines.map(([symbol]) => symbol),
      published: Float64Array.from(headlines, ([, published]) => published),
      zone: headlines.map(() => 'Asia/Shanghai'),
      title: headlines.map((_, i) => `headline ${i}`),
      body: headlines.map(() => ''),
      score: Float64Array.from(headlines, ([, , score]) => score),
    },
  };
}

/** Ratios of which only the price to book matters. */
export function ratioTable(rows: readonly (readonly [symbol: string, date: Day, pb: number])[]): ValuationTable {
  const none = () => new Float64Array(rows.length).fill(Number.NaN);
  return {
    length: rows.length,
    columns: {
      symbol: rows.map(([symbol]) => symbol),
      date: Int32Array.from(rows, ([, date]) => date),
      turnover: none(),
      pe_ttm: none(),
      pb: Float64Array.from(rows, ([, , pb]) => pb),
      ps_ttm: none(),
      pcf_ttm: none(),
    },
  };
}
