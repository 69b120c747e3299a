import { FUNDAMENTAL_FIELDS, type FundamentalField } from '../market/index.js';
import { rankAcrossSection } from './cross-section.js';
import type { MarketFamily } from './feature-family.js';
import type { PanelSources, SourceOffer } from './panel-sources.js';
import { type Published, stepAsOf } from './step-as-of.js';

/** Fifteen months: a company that has published nothing newer for so long has no current figures. */
export const STALE_FACT_DAYS = 457;
/** A ratio of a day's close outlives a week of holidays, no more. */
export const STALE_RATIO_DAYS = 10;

/** A company publishes in the evening as a rule: what it announced on a day is used from the next day on. */
const DAYS_TO_USE = 1;

/** Figures in force at each close, [S × D]. */
function factsAsOf({ bars, fundamentals }: PanelSources, field: string): Float64Array {
  const { symbols, dates } = bars;
  const out = new Float64Array(symbols.length * dates.length).fill(Number.NaN);
  if (!fundamentals) return out;
  const { columns, length } = fundamentals;
  const published = new Map<string, Published[]>(symbols.map((symbol) => [symbol, []]));
  for (let row = 0; row < length; row++) {
    if (columns.field[row] !== field) continue;
    published.get(columns.symbol[row])?.push({
      periodEnd: columns.period_end[row],
      usable: columns.announced[row] + DAYS_TO_USE,
      value: columns.value[row],
    });
  }
  for (const [s, symbol] of symbols.entries()) {
    const facts = published.get(symbol);
    if (facts && facts.length > 0) out.set(stepAsOf(facts, dates, STALE_FACT_DAYS), s * dates.length);
  }
  return out;
}

type Ratio = 'pe_ttm' | 'pb' | 'ps_ttm' | 'pcf_ttm';

/** Ratios of the day's close, or of the last day before that has one, [S × D]. */
function ratiosAsOf({ bars, valuations }: PanelSources, name: Ratio): Float64Array {
  const { symbols, dates } = bars;
  const out = new Float64Array(symbols.length * dates.length).fill(Number.NaN);
  if (!valuations) return out;
  const rowOf = new Map(symbols.map((symbol, s) => [symbol, s]));
  const sessionOf = new Map(Array.from(dates, (date, t) => [date, t]));
  const { symbol, date, [name]: ratio } = valuations.columns;
  for (let row = 0; row < valuations.length; row++) {
    const s = rowOf.get(symbol[row]);
    const t = sessionOf.get(date[row]);
    if (s !== undefined && t !== undefined) out[s * dates.length + t] = ratio[row];
  }
  for (let s = 0; s < symbols.length; s++) {
    let last = -1;
    for (let t = 0; t < dates.length; t++) {
      const cell = s * dates.length + t;
      if (Number.isFinite(out[cell])) last = t;
      else if (last >= 0 && dates[t] - dates[last] <= STALE_RATIO_DAYS) out[cell] = out[s * dates.length + last];
    }
  }
  return out;
}

function has({ table, field }: FundamentalField, offer: SourceOffer): boolean {
  return (table === 'facts' ? offer.facts : offer.ratios)?.has(field) ?? false;
}

function lacks(wanted: FundamentalField, offer: SourceOffer): string | null {
  if (has(wanted, offer)) return null;
  if (!offer.facts && !offer.ratios) return 'the store has no fundamentals';
  const there = FUNDAMENTAL_FIELDS.filter((one) => has(one, offer)).length;
  return `the store has ${there} of the ${FUNDAMENTAL_FIELDS.length} fundamentals, not this one`;
}

/** The 28 fundamentals of the paper, each placed in the section of its day. */
export const FUNDAMENTALS: readonly MarketFamily[] = FUNDAMENTAL_FIELDS.map((one) => ({
  columns: [
    {
      name: one.field.toUpperCase(),
      group: 'fundamental',
      formula: `rank across the universe of the day of: ${one.meaning}`,
      source: `paper, section 3.1.1: ${one.group.replace('-', ' ')}`,
      lookback: 1,
      optional: true,
    },
  ],
  lacks: (offer) => lacks(one, offer),
  computeMarket: (sources) =>
    rankAcrossSection(
      one.table === 'facts' ? factsAsOf(sources, one.field) : ratiosAsOf(sources, one.field as Ratio),
      sources.universe,
      sources.bars.dates.length,
    ),
}));
