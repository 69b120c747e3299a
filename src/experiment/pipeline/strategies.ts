import {
  type BacktestOptions,
  type BacktestResult,
  type Policy,
  PreparedMarket,
  runBacktest,
} from '../../backtest/index.js';
import { holdRecord, type StrategyRecord, strategyRecord } from '../../evaluation/index.js';
import type { BarMatrix } from '../../market/index.js';
import { equalWeightOnce, randomPortfolio, type WeighedPortfolio } from '../../portfolio/index.js';
import type { FrontierReport, Role } from '../../report/index.js';
import { createRng } from '../../util/index.js';
import type { ExperimentConfig } from '../config/schema.js';
import { breathe, type Services } from '../services.js';
import { executionOf } from './execution.js';
import { measureFrontier } from './measure-frontier.js';
import type { FittedModel } from './models.js';
import { policyDesk } from './policies.js';
import type { Studied } from './study.js';
import type { TimedMarket } from './time-market.js';

export interface TradedStrategy {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly record: StrategyRecord;
  /** Null for the index, which is not traded. */
  readonly result: BacktestResult | null;
  /** Total returns of all draws, where the record is the median of several. */
  readonly peers?: readonly number[];
  /** What the last portfolio was chosen from; of the subject alone, where an optimiser weighs return against risk. */
  readonly frontier?: FrontierReport;
}

/**
 * Every model's strategy, those without a model, the index in or out, the placebos' and buy-and-hold of the index and of its members, over one
 * period. Limits and risk controls are on all that choose among stocks, so that only the choice differs.
 */
export async function tradeStrategies(
  prepared: Studied,
  config: ExperimentConfig,
  models: readonly FittedModel[],
  services: Services,
  timed: TimedMarket | null = null,
): Promise<TradedStrategy[]> {
  const { k, rebalance } = config.portfolio;
  const names = new Map(prepared.instruments.map(({ symbol, name }) => [symbol, name]));
  const record = (result: BacktestResult) => strategyRecord(result, (symbol) => names.get(symbol) ?? '');
  const { dates } = prepared.bars;
  const from = dates[prepared.period.first];
  const to = dates[prepared.period.last];
  const traders = models.filter(({ ranks }) => ranks);
  const { randomPortfolios } = config.placebos;
  const desk = policyDesk(prepared, config);
  const count = traders.length + desk.strategies.length + 1 + randomPortfolios;
  const task = services.progress.start('Back-tests', count, 'portfolios');
  let done = 0;
  const trade = async (policy: Policy): Promise<BacktestResult> => {
    await breathe(services.signal);
    const result = backtestOf(prepared, config, policy);
    task.update(++done);
    return result;
  };

  const strategies: TradedStrategy[] = [];
  for (const { id, name, role, forecasts } of traders) {
    let weighed: WeighedPortfolio | undefined;
    const keep = (last: WeighedPortfolio) => {
      weighed = last;
    };
    const result = await trade(desk.controlled(desk.fromForecasts(forecasts, role === 'subject' ? keep : undefined)));
    const frontier = measureFrontier(weighed, config.backtest.sessionsPerYear);
    strategies.push({ id, name, role, result, record: record(result), ...(frontier && { frontier }) });
  }
  for (const { id, policy } of desk.strategies) {
    const result = await trade(desk.controlled(policy));
    strategies.push({ id, name: id, role: 'baseline', result, record: record(result) });
  }
  if (timed?.result) {
    const { result } = timed;
    strategies.push({ id: 'market-timing', name: 'market-timing', role: 'baseline', result, record: record(result) });
  }
  if (randomPortfolios > 0) {
    const draws = { forecasts: models[0].forecasts, replaceShare: meanReplacement(strategies[0].result, k) };
    const results: BacktestResult[] = [];
    for (let i = 0; i < randomPortfolios; i++) {
      const createStream = () => createRng(config.training.seed, 'random portfolio', i);
      results.push(await trade(desk.controlled(randomPortfolio({ ...draws, createStream, k, rebalance }))));
    }
    const median = medianByFinalEquity(results);
    strategies.push({
      id: 'random-portfolios',
      name: `random portfolios, median of ${randomPortfolios}`,
      role: 'placebo',
      peers: results.map(finalReturn),
      result: median,
      record: record(median),
    });
  }
  const held = await trade(equalWeightOnce({ symbols: membersBefore(prepared) }));
  strategies.push(
    {
      id: 'universe',
      name: 'buy and hold, universe',
      role: 'universe',
      result: held,
      record: record(held),
    },
    {
      id: 'benchmark',
      name: 'buy and hold, index',
      role: 'benchmark',
      result: null,
      record: holdRecord(prepared.benchmark.dates, prepared.benchmark.close, from, to),
    },
  );
  task.end();
  return strategies;
}

/** A policy over the test period under the configuration's rules and costs. */
export function backtestOf(prepared: Studied, config: ExperimentConfig, policy: Policy): BacktestResult {
  return runBacktest(backtestOptions(prepared, config, policy));
}

export function backtestOptions(prepared: Studied, config: ExperimentConfig, policy: Policy): BacktestOptions {
  const { bars, instruments, actions, period, store } = prepared;
  return {
    ...executionOf(config, store, actions),
    prepared: preparedMarket(prepared),
    bars,
    instruments,
    initialCapital: config.backtest.capital,
    from: bars.dates[period.first],
    to: bars.dates[period.last],
    policy,
  };
}

const preparedMarkets = new WeakMap<BarMatrix, PreparedMarket>();

/** What the back-tests of a run work out alike, made once. */
function preparedMarket({ bars, actions }: Pick<Studied, 'bars' | 'actions'>): PreparedMarket {
  const known = preparedMarkets.get(bars);
  if (known?.actions === actions) return known;
  const made = new PreparedMarket(bars, actions);
  preparedMarkets.set(bars, made);
  return made;
}

/** The index at the last close before the test period: what a buyer of its members could have bought at its first open. */
function membersBefore({ bars, universe, period }: Studied): string[] {
  const day = period.first - 1;
  return bars.symbols.filter((_, s) => universe[s * bars.dates.length + day] === 1);
}

/** Share of the names a strategy gives up at a rebalancing after its first, so that a placebo can trade as much. */
function meanReplacement(result: BacktestResult | null, k: number): number {
  if (result === null) return 1;
  const rebalancings = new Set(result.orders.columns.signal_date).size - 1;
  return rebalancings < 1 ? 1 : Math.min(1, result.roundTrips.length / rebalancings / k);
}

const finalReturn = ({ equity, initialCapital }: BacktestResult) =>
  equity.columns.equity[equity.length - 1] / initialCapital - 1;

function medianByFinalEquity(results: readonly BacktestResult[]): BacktestResult {
  const sorted = [...results].sort((a, b) => finalReturn(a) - finalReturn(b));
  return sorted[Math.floor((sorted.length - 1) / 2)];
}
