import type { Quarter } from './company.js';

/** The last eight quarters of a company, the newest last, with the shares issued at the end of each. */
export interface Books {
  readonly quarters: readonly Quarter[];
  readonly shares: readonly number[];
  /** 0 … 3: the newest quarter's place in its year. */
  readonly quarter: number;
  /** Cash dividends a share over the last four quarters, in yuan. */
  readonly dividends: number;
}

/** Quarters that the figures of a report look back on: this year to date and the same part of the year before. */
export const BOOK_QUARTERS = 8;

type Flow = 'revenue' | 'cost' | 'operatingProfit' | 'netProfit' | 'parentProfit' | 'operatingCash';

/** Sum of the `count` quarters that end `back` quarters before the newest. */
export function flow({ quarters }: Books, name: Flow, count: number, back = 0): number {
  let sum = 0;
  for (let i = quarters.length - back - count; i < quarters.length - back; i++) sum += quarters[i][name];
  return sum;
}

/** Growth against a base that was positive; NaN where it was not, as sources leave it out. */
const growth = (now: number, before: number) => (before > 0 ? now / before - 1 : Number.NaN);

/** The figures of a report by the names of `FUNDAMENTAL_FIELDS`; NaN where one is undefined. */
export function reportFigures(books: Books): Readonly<Record<string, number>> {
  const { quarters, shares, quarter } = books;
  const elapsed = quarter + 1;
  const now = quarters[quarters.length - 1];
  const yearAgo = quarters[quarters.length - 5];
  /** The balance with which the year began. */
  const opening = quarters[quarters.length - 1 - elapsed];
  const average = (name: 'equity' | 'assets' | 'inventories' | 'receivables') => (now[name] + opening[name]) / 2;
  const issued = shares[shares.length - 1];
  const revenue = flow(books, 'revenue', elapsed);
  const cost = flow(books, 'cost', elapsed);
  const netProfit = flow(books, 'netProfit', elapsed);
  const parentProfit = flow(books, 'parentProfit', elapsed);
  const profitBefore = flow(books, 'netProfit', elapsed, 4);
  const parentBefore = flow(books, 'parentProfit', elapsed, 4);
  return {
    roe: netProfit / average('equity'),
    roa: netProfit / average('assets'),
    gross_margin: (revenue - cost) / revenue,
    net_margin: netProfit / revenue,
    operating_margin: flow(books, 'operatingProfit', elapsed) / revenue,
    net_profit: netProfit,
    revenue,
    eps_ttm: flow(books, 'parentProfit', 4) / issued,
    ocf_per_share: flow(books, 'operatingCash', elapsed) / issued,
    equity_growth: growth(now.equity, yearAgo.equity),
    asset_growth: growth(now.assets, yearAgo.assets),
    revenue_growth: growth(revenue, flow(books, 'revenue', elapsed, 4)),
    net_profit_growth: growth(netProfit, profitBefore),
    eps_growth: growth(parentProfit / issued, parentBefore / shares[shares.length - 5]),
    parent_profit_growth: growth(parentProfit, parentBefore),
    dividend_per_share: books.dividends,
    debt_to_assets: 1 - now.equity / now.assets,
    current_ratio: now.currentAssets / now.currentLiabilities,
    quick_ratio: (now.currentAssets - now.inventories) / now.currentLiabilities,
    asset_turnover: revenue / average('assets'),
    inventory_turnover: cost / average('inventories'),
    receivables_turnover: revenue / average('receivables'),
    total_shares: issued,
    float_shares: issued,
  };
}
