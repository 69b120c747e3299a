import { makeTable, type Table } from '../../tables/index.js';
import { createRng, type Day, lowerBound } from '../../util/index.js';
import { fundamentalsSchema } from '../store-schema.js';
import { createCompany, type Quarter } from './company.js';
import { drawReportDates, lastQuarterBy, quarterEnd, type ReportDate } from './disclosures.js';
import type { Listing } from './listings.js';
import { BOOK_QUARTERS, type Books, flow, reportFigures } from './statement-figures.js';
import type { BarArrays, StockState } from './stock.js';

/** Reports of the year before the first session are known on it. */
const EARLIER_REPORTS = 5;
/** Standard deviation of a mistake in net profit, relative. */
const MISTAKE = 0.15;

/** What a report tells about the last four quarters, from the day on which it can be read. */
export interface KnownBooks {
  readonly day: Day;
  /** Quarters since year 0. */
  readonly index: number;
  readonly parentProfit: number;
  readonly revenue: number;
  readonly operatingCash: number;
  readonly equity: number;
}

export interface FactInputs {
  readonly listings: readonly Listing[];
  readonly states: readonly StockState[];
  readonly bars: BarArrays;
  readonly dates: Int32Array;
  readonly seed: number;
}

interface Disclosure {
  readonly announced: Day;
  readonly index: number;
  readonly books: Books;
  /** The figures that this disclosure changes; null for a report, which states all. */
  readonly before: Books | null;
}

/**
 * Quarterly reports of every company, ordered by symbol, field, day and period. A restatement gives the changed figures
 * once more, with a later day. Only what is announced up to the last session, and within the listing, is there.
 * @returns the table, and for each stock what is known of its books, ascending by day
 */
export function simulateFundamentals(inputs: FactInputs): {
  table: Table<typeof fundamentalsSchema>;
  known: KnownBooks[][];
} {
  const columns = {
    symbol: [] as string[],
    period_end: [] as number[],
    field: [] as string[],
    announced: [] as number[],
    value: [] as number[],
  };
  const known = inputs.listings.map((listing, s) => {
    const disclosures = disclosuresOf(inputs, s);
    const figures = disclosures.map(({ books }) => reportFigures(books));
    const earlier = disclosures.map(({ before }) => before && reportFigures(before));
    for (const field of Object.keys(figures[0] ?? {}).sort()) {
      for (const [i, { announced, index }] of disclosures.entries()) {
        const value = figures[i][field];
        if (!Number.isFinite(value) || earlier[i]?.[field] === value) continue;
        columns.symbol.push(listing.instrument.symbol);
        columns.period_end.push(quarterEnd(index));
        columns.field.push(field);
        columns.announced.push(announced);
        columns.value.push(value);
      }
    }
    return disclosures.map(knownBooks);
  });
  const table = makeTable(fundamentalsSchema, {
    ...columns,
    period_end: Int32Array.from(columns.period_end),
    announced: Int32Array.from(columns.announced),
    value: Float64Array.from(columns.value),
  });
  return { table, known };
}

function knownBooks({ announced: day, index, books }: Disclosure): KnownBooks {
  return {
    day,
    index,
    parentProfit: flow(books, 'parentProfit', 4),
    revenue: flow(books, 'revenue', 4),
    operatingCash: flow(books, 'operatingCash', 4),
    equity: books.quarters[BOOK_QUARTERS - 1].equity,
  };
}

/** Reports and restatements of stock s, ascending by day, then period. */
function disclosuresOf(inputs: FactInputs, s: number): Disclosure[] {
  const { listings, states, dates, seed } = inputs;
  const listing = listings[s];
  const listDay = listing.instrument.listDate ?? dates[0];
  const lastDay = dates[listing.lastSession];
  const first = lastQuarterBy(dates[listing.firstSession]) - EARLIER_REPORTS;
  const last = lastQuarterBy(lastDay);
  const mistakes = createRng(seed, 'mistakes', s);
  const history = booksHistory(inputs, s, first - BOOK_QUARTERS + 1, last);
  const disclosures: Disclosure[] = [];
  for (const [i, date] of drawReportDates(seed, s, first, last).entries()) {
    const right: Books = {
      quarters: history.quarters.slice(i, i + BOOK_QUARTERS),
      shares: history.shares.slice(i, i + BOOK_QUARTERS),
      quarter: date.index % 4,
      dividends: dividendsOf(states[s], date),
    };
    const wrong = withMistake(right, 1 + MISTAKE * mistakes.normal());
    // What came out before the listing is in the prospectus.
    const announced = Math.max(date.announced, listDay);
    const restated = date.restated !== null && date.restated > announced ? date.restated : null;
    if (announced <= lastDay) {
      disclosures.push({ announced, index: date.index, books: restated === null ? right : wrong, before: null });
    }
    if (restated !== null && restated <= lastDay) {
      disclosures.push({ announced: restated, index: date.index, books: right, before: wrong });
    }
  }
  return disclosures.sort((a, b) => a.announced - b.announced || a.index - b.index);
}

/** Quarters `first … last`, each drawn from what the market had made of the company by its end. */
function booksHistory({ listings, states, bars, dates, seed }: FactInputs, s: number, first: number, last: number) {
  const listing = listings[s];
  const company = createCompany(seed, s);
  const quarters: Quarter[] = [];
  const shares: number[] = [];
  for (let index = first; index <= last; index++) {
    const session = lowerBound(dates, quarterEnd(index) + 1) - 1;
    const listed = session >= listing.firstSession;
    const issued = listed ? states[s].shares[session] : listing.shares;
    const price = listed ? bars.close[s * dates.length + session] : listing.firstPrice / 100;
    quarters.push(company.next(issued * price, index % 4));
    shares.push(issued);
  }
  return { quarters, shares };
}

function withMistake(books: Books, factor: number): Books {
  const quarters = [...books.quarters];
  const now = quarters[quarters.length - 1];
  const [netProfit, parentProfit] = [now.netProfit * factor, now.parentProfit * factor];
  quarters[quarters.length - 1] = { ...now, netProfit, parentProfit };
  return { ...books, quarters };
}

function dividendsOf({ actions }: StockState, { index, periodEnd }: ReportDate): number {
  const after = quarterEnd(index - 4);
  return actions.reduce((sum, { exDate, cash }) => (exDate > after && exDate <= periodEnd ? sum + cash : sum), 0);
}
