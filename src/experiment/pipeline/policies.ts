import type { ForecastTable, Policy } from '../../backtest/index.js';
import { BarFlag } from '../../market/index.js';
import {
  lowVolatility,
  meanReversion,
  momentum,
  PriceHistory,
  type RankingSignal,
  type RiskControlName,
  type RiskDay,
  ranked,
  value,
  type WeighedPortfolio,
  withLimits,
  withRiskControls,
} from '../../portfolio/index.js';
import { CandlenetError } from '../../util/index.js';
import type { ExperimentConfig } from '../config/schema.js';
import { checkShares, forecastPolicy, type PolicyMarket } from './forecast-policy.js';
import { riskControls } from './risk-controls.js';

export interface ControlledOptions {
  /** Controls of the configuration that are left out. */
  readonly without?: readonly RiskControlName[];
  readonly record?: (day: RiskDay) => void;
}

/** The policies of a configuration over one market. */
export interface PolicyDesk {
  /** Names of the risk controls that are on. */
  readonly controls: readonly RiskControlName[];
  /** How forecasts become weights, without limits and controls. */
  fromForecasts(forecasts: ForecastTable, record?: (weighed: WeighedPortfolio) => void): Policy;
  /** Strategies without a model, likewise. */
  readonly strategies: readonly { readonly id: string; readonly policy: Policy }[];
  /** Any policy under the configuration's limits and risk controls. */
  controlled(policy: Policy, options?: ControlledOptions): Policy;
}

/** @throws CONFIG_INVALID for a limit that the market lacks the data for */
export function policyDesk(market: PolicyMarket, config: ExperimentConfig): PolicyDesk {
  const history = new PriceHistory(market.bars, { unusableFlags: BarFlag.MISRECORDED | BarFlag.FILLED });
  const controls = riskControls(config, history, market.benchmark);
  const limits = limitsOf(market, config);
  checkShares(market, config);
  return {
    controls: controls.map(({ name }) => name),
    fromForecasts: (forecasts, record) => forecastPolicy(forecasts, market, history, config, record),
    strategies: comparedStrategies(market, history, config),
    controlled(policy, { without = [], record } = {}) {
      const limited = limits === null ? policy : withLimits(policy, limits);
      const active = controls.filter(({ name }) => !without.includes(name));
      if (active.length === 0 && record === undefined) return limited;
      return withRiskControls(limited, { controls: active, prices: history, record });
    },
  };
}

/** The policy that a run trades: its forecasts, its limits, its risk controls. */
export function runPolicy(
  market: PolicyMarket,
  config: ExperimentConfig,
  forecasts: ForecastTable,
  record?: (day: RiskDay) => void,
): Policy {
  const desk = policyDesk(market, config);
  return desk.controlled(desk.fromForecasts(forecasts), { record });
}

function limitsOf({ instruments }: PolicyMarket, { portfolio }: ExperimentConfig) {
  const { maxWeight, maxIndustryWeight, maxTurnover } = portfolio;
  if (maxWeight === null && maxIndustryWeight === null && maxTurnover === null) return null;
  const industries = new Map(instruments.map(({ symbol, industry }) => [symbol, industry]));
  if (maxIndustryWeight !== null && instruments.every(({ industry }) => industry === '')) {
    throw new CandlenetError(
      'CONFIG_INVALID',
      `portfolio.maxIndustryWeight: found ${maxIndustryWeight}, but the market store has no industries; expected null`,
    );
  }
  return {
    industryOf: (symbol: string) => industries.get(symbol) ?? '',
    ...(maxWeight !== null && { maxWeight }),
    ...(maxIndustryWeight !== null && { maxIndustryWeight }),
    ...(maxTurnover !== null && { maxTurnover }),
  };
}

function comparedStrategies(
  { bars, universe, valuations }: PolicyMarket,
  history: PriceHistory,
  { portfolio }: ExperimentConfig,
) {
  const { k, rebalance, strategies } = portfolio;
  const members = { symbols: bars.symbols, mask: universe, sessions: bars.dates.length };
  const found: { id: string; policy: Policy }[] = [];
  const add = (id: string, signal: RankingSignal) =>
    found.push({ id, policy: ranked({ name: id, signal, universe: members, k, rebalance }) });
  if (strategies.momentum) {
    const { lookbackDays: lookback, skipDays: skip } = strategies.momentum;
    add('momentum', momentum(history, { lookback, skip }));
  }
  if (strategies.meanReversion) {
    add('mean-reversion', meanReversion(history, { lookback: strategies.meanReversion.lookbackDays }));
  }
  if (strategies.lowVolatility) add('low-volatility', lowVolatility(history, strategies.lowVolatility));
  if (strategies.value && valuations) add('value', value(valuations, bars.dates, strategies.value));
  return found;
}
