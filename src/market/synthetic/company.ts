import { createRng, type Rng } from '../../util/index.js';

/** A quarter's flows and the balance at its end, in yuan. */
export interface Quarter {
  readonly revenue: number;
  readonly cost: number;
  readonly operatingProfit: number;
  readonly netProfit: number;
  /** Net profit of the parent's shareholders, without the minority's share. */
  readonly parentProfit: number;
  readonly operatingCash: number;
  readonly equity: number;
  readonly assets: number;
  readonly inventories: number;
  readonly receivables: number;
  readonly currentAssets: number;
  readonly currentLiabilities: number;
}

/** Shares of a year's revenue by quarter: a slow start, a strong end. */
const SEASON = [0.21, 0.25, 0.25, 0.29];
const TAX = 0.2;
/** Share of the way a quarter that equity goes towards what the market thinks of the company. */
const PULL = 0.06;

export interface Company {
  /**
   * The next quarter.
   * @param capitalisation at the last close up to the quarter's end, in yuan
   * @param quarter 0 … 3 of the calendar year
   */
  next(capitalisation: number, quarter: number): Quarter;
}

/**
 * Books of one company. Equity follows the *past* capitalisation slowly, about a price-to-book ratio of the company's own, everything else is
 * drawn beside it: knowing the books tells nothing about returns to come. Flows and balances are drawn each for itself; they
 * do not articulate.
 */
export function createCompany(seed: number, number: number): Company {
  const rng = createRng(seed, 'company', number);
  const priceToBook = 1.8 * Math.exp(0.4 * rng.normal());
  const turnover = 0.8 * Math.exp(0.4 * rng.normal());
  const drifts = {
    grossMargin: drifting(rng, 0.3, 0.08, 0.012, [0.05, 0.8]),
    overhead: drifting(rng, 0.15, 0.04, 0.012, [0.03, 0.5]),
    leverage: drifting(rng, 0.45, 0.12, 0.01, [0.1, 0.85]),
    inventoryShare: drifting(rng, 0.12, 0.04, 0.006, [0.01, 0.3]),
    receivableShare: drifting(rng, 0.12, 0.04, 0.006, [0.01, 0.3]),
    currentShare: drifting(rng, 0.62, 0.04, 0.006, [0.61, 0.9]),
    shortTermShare: drifting(rng, 0.7, 0.08, 0.01, [0.3, 1]),
    cashShare: drifting(rng, 1, 0.1, 0.15, [-0.5, 2.5]),
  };
  const minority = 0.1 * rng.uniform();
  let logEquity = Number.NaN;
  return {
    next(capitalisation, quarter) {
      const level = Math.log(capitalisation / priceToBook);
      logEquity = Number.isNaN(logEquity) ? level : logEquity + PULL * (level - logEquity);
      logEquity += 0.015 * rng.normal();
      const equity = Math.exp(logEquity);
      const assets = equity / (1 - drifts.leverage());
      const revenue = equity * turnover * SEASON[quarter] * Math.exp(0.06 * rng.normal());
      const grossProfit = revenue * drifts.grossMargin();
      const operatingProfit = grossProfit - revenue * drifts.overhead();
      const netProfit = operatingProfit * (1 - TAX) + 0.005 * revenue * rng.normal();
      return {
        revenue,
        cost: revenue - grossProfit,
        operatingProfit,
        netProfit,
        parentProfit: netProfit * (1 - minority),
        operatingCash: netProfit * drifts.cashShare() + 0.03 * revenue * rng.normal(),
        equity,
        assets,
        inventories: assets * drifts.inventoryShare(),
        receivables: assets * drifts.receivableShare(),
        currentAssets: assets * drifts.currentShare(),
        currentLiabilities: (assets - equity) * drifts.shortTermShare(),
      };
    },
  };
}

/** A ratio that swings slowly about a level of the company's own, within bounds; spread between companies, noise a quarter. */
function drifting(rng: Rng, mean: number, spread: number, noise: number, [low, high]: readonly [number, number]) {
  const level = Math.min(high, Math.max(low, mean + spread * rng.normal()));
  let value = level;
  return () => {
    value = Math.min(high, Math.max(low, level + 0.9 * (value - level) + noise * rng.normal()));
    return value;
  };
}
