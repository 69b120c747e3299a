import type { BacktestResult } from '../backtest/index.js';

/** What the stocks of an industry brought over a whole period, as shares of the capital at its start. */
export interface IndustryContribution {
  /** Null: stocks whose industry the source does not say. */
  readonly industry: string | null;
  /** Stocks traded or held. */
  readonly stocks: number;
  /** Part of what was bought and sold in all. */
  readonly tradedShare: number;
  /** After `costs`; over all industries they add up to the total return. */
  readonly afterCosts: number;
  readonly costs: number;
}

interface Flows {
  readonly symbols: Set<string>;
  traded: number;
  profit: number;
  costs: number;
}

/**
 * Contribution of each industry to the total return of a back-test, largest first: cash that its stocks brought (sales less
 * purchases, dividends, what delistings and fractions paid) less charges and taxes, and the worth of what is held at the
 * last close. Nothing is held before the period and cash earns nothing, so that the parts add up to the whole exactly.
 */
export function contributionsByIndustry(
  {
    fills,
    events,
    positions,
    initialCapital,
  }: Pick<BacktestResult, 'fills' | 'events' | 'positions' | 'initialCapital'>,
  industryOf: (symbol: string) => string | null,
): IndustryContribution[] {
  const found = new Map<string | null, Flows>();
  const of = (symbol: string): Flows => {
    const industry = industryOf(symbol);
    const known = found.get(industry) ?? { symbols: new Set(), traded: 0, profit: 0, costs: 0 };
    known.symbols.add(symbol);
    found.set(industry, known);
    return known;
  };
  const { columns: fill } = fills;
  let traded = 0;
  for (let i = 0; i < fills.length; i++) {
    const flows = of(fill.symbol[i]);
    const amount = fill.amount[i];
    const charges = fill.commission[i] + fill.stamp_duty[i] + fill.transfer_fee[i] + fill.spread[i] + fill.impact[i];
    flows.traded += amount;
    flows.profit += (fill.side[i] === 'sell' ? amount : -amount) - charges;
    flows.costs += charges;
    traded += amount;
  }
  for (let i = 0; i < events.length; i++) of(events.columns.symbol[i]).profit += events.columns.cash[i];
  for (let i = 0; i < positions.length; i++) of(positions.columns.symbol[i]).profit += positions.columns.value[i];
  return [...found]
    .map(([industry, { symbols, traded: own, profit, costs }]) => ({
      industry,
      stocks: symbols.size,
      tradedShare: traded > 0 ? own / traded : Number.NaN,
      afterCosts: profit / initialCapital,
      costs: costs / initialCapital,
    }))
    .sort((a, b) => b.afterCosts - a.afterCosts || ((a.industry ?? '') < (b.industry ?? '') ? -1 : 1));
}
