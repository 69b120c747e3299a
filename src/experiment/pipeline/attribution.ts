import {
  type Attribution,
  attributeReturns,
  type FactorSeries,
  longShortReturns,
  lowVolatilityCharacteristic,
  momentumCharacteristic,
  reversalCharacteristic,
} from '../../evaluation/index.js';
import { BarFlag } from '../../market/index.js';
import { disclosedCapitalisation, PriceHistory, value } from '../../portfolio/index.js';
import { testMean } from '../../stats/index.js';
import type { ExperimentConfig } from '../config/schema.js';
import { sessionRates } from './risk-free.js';
import type { TradedStrategy } from './strategies.js';
import type { Studied } from './study.js';

export const FACTOR_NAMES = ['market', 'size', 'value', 'momentum', 'reversal', 'low-volatility'] as const;
export type FactorName = (typeof FACTOR_NAMES)[number];

/** Calendar days for which a ratio of price to book value stands. */
const STALE_DAYS = 30;

type NamedFactor = FactorSeries & { readonly name: FactorName };

export interface StrategyAttribution {
  readonly id: string;
  readonly capm: Attribution;
  readonly factors: Attribution;
}

/** A factor's own return over the period. */
export interface FactorMean {
  readonly name: FactorName;
  /** Mean of a session times the sessions of a year; its Newey-West t and two-sided p. */
  readonly annualMean: number;
  readonly t: number;
  readonly p: number;
  /** On which it could be formed. */
  readonly sessions: number;
}

/** What of each strategy's return goes with the market and with factors made from the store. */
export interface AttributionResult {
  readonly strategies: readonly StrategyAttribution[];
  readonly factors: readonly FactorMean[];
  /** Factors that the store cannot give. */
  readonly missing: readonly FactorName[];
}

/** Regresses every strategy but the index itself on the market and on the factors. @throws STORE_INVALID */
export async function attribute(
  prepared: Studied,
  config: ExperimentConfig,
  strategies: readonly TradedStrategy[],
): Promise<AttributionResult | null> {
  const benchmark = strategies.find(({ role }) => role === 'benchmark');
  if (!benchmark) return null;
  const { sessionsPerYear } = config.backtest;
  const riskFree = sessionRates(prepared.riskFree, sessionsPerYear);
  const market = {
    name: 'market' as const,
    returns: benchmark.record.returns.map((change, i) => change - riskFree[i]),
  };
  const factors: NamedFactor[] = [market, ...(await factorReturns(prepared))];
  const known = factors.filter(({ returns }) => !returns.every(Number.isNaN));
  return {
    strategies: strategies
      .filter((strategy) => strategy !== benchmark)
      .map(({ id, record }) => ({
        id,
        capm: attributeReturns(record.returns, riskFree, [market], sessionsPerYear),
        factors: attributeReturns(record.returns, riskFree, known, sessionsPerYear),
      })),
    factors: known.map(({ name, returns }) => factorMean(name, returns, sessionsPerYear)),
    missing: FACTOR_NAMES.filter((name) => !known.some((factor) => factor.name === name)),
  };
}

function factorMean(name: FactorName, returns: Float64Array, sessionsPerYear: number): FactorMean {
  const { mean, t, p, n } = testMean(returns.filter(Number.isFinite));
  return { name, annualMean: mean * sessionsPerYear, t, p, sessions: n };
}

/**
 * Long-short returns over the tested sessions, each portfolio as known when it was formed: small less large market value,
 * high less low book value to price, winners less losers of the year before last month, losers less winners of last month,
 * calm less volatile. All NaN where the store has no shares or no ratios.
 */
async function factorReturns({ store, bars, universe, period }: Studied): Promise<NamedFactor[]> {
  const { symbols, dates } = bars;
  const asOf = dates[period.last];
  const fundamentals = await store.readFundamentals({ asOf });
  const valuations = await store.readValuations({
    asOf,
    from: Math.max(store.firstDay, dates[period.first] - STALE_DAYS),
  });
  const market = { bars, universe };
  const history = new PriceHistory(bars, { unusableFlags: BarFlag.MISRECORDED });
  const sizeOf = fundamentals ? disclosedCapitalisation(fundamentals, history, dates) : () => Number.NaN;
  const cheapness = valuations ? value(valuations, dates, { staleDays: STALE_DAYS }) : () => Number.NaN;
  const series = (name: FactorName, characteristic: (stock: number, session: number) => number) => ({
    name,
    returns: longShortReturns(market, characteristic, period),
  });
  return [
    series('size', (stock, session) => -sizeOf(symbols[stock], { session })),
    series('value', (stock, session) => cheapness(symbols[stock], session)),
    series('momentum', momentumCharacteristic(market)),
    series('reversal', reversalCharacteristic(market)),
    series('low-volatility', lowVolatilityCharacteristic(market)),
  ];
}
