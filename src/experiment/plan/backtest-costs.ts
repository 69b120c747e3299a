import { runBacktest } from '../../backtest/index.js';
import { testPaths } from '../../training/index.js';
import { createRng, systemClock } from '../../util/index.js';
import type { ExperimentConfig } from '../config/schema.js';
import { forecastTable } from '../pipeline/forecast.js';
import { policyDesk } from '../pipeline/policies.js';
import type { Prepared } from '../pipeline/prepare.js';
import { backtestOptions } from '../pipeline/strategies.js';
import { type Cost, cost } from './cost.js';

/** Sessions of the trial. */
const TRIAL_SESSIONS = 40;
/** Break-even cost and capacity: points of their grids, and the steps that narrow the rate down. */
const LIMIT_RUNS = 30;

/** Time of a session of a back-test: the configuration's own policy on arbitrary forecasts for the last validation sessions. */
function secondsOfSession(prepared: Prepared, config: ExperimentConfig): number {
  const { data, fold, bars } = prepared;
  const days = bars.dates.length;
  const { last } = fold.validate;
  const first = Math.max(1, fold.validate.first, last - TRIAL_SESSIONS + 1);
  const rows = data.validation.rows.filter((row) => row % days >= first - 1);
  const rng = createRng(config.training.seed, 'trial of a back-test');
  const outputs = Float32Array.from({ length: rows.length * data.classes }, () => rng.uniform());
  const forecasts = forecastTable(prepared, sortedByDay(rows, days), outputs);
  const desk = policyDesk(prepared, config);
  const trade = () => {
    const policy = desk.controlled(desk.fromForecasts(forecasts));
    const options = backtestOptions({ ...prepared, period: { first, last } }, config, policy);
    const began = systemClock.seconds();
    runBacktest(options);
    return (systemClock.seconds() - began) / (last - first + 1);
  };
  // The first is slow for want of compiled code.
  trade();
  return trade();
}

/** Forecasts are in the order of their days. */
const sortedByDay = (rows: Int32Array, days: number): Int32Array =>
  Int32Array.from(rows).sort((a, b) => (a % days) - (b % days) || a - b);

/** How many strategies a run trades over its test. @param models whose forecasts choose stocks @param paths of the protocol */
function backtestsOf(
  { placebos, portfolio, backtest, risk, ensemble, online, sensitivity }: ExperimentConfig,
  models: number,
  paths: number,
) {
  const { momentum, meanReversion, lowVolatility, value, marketTiming } = portfolio.strategies;
  const rules = [momentum, meanReversion, lowVolatility, value, marketTiming].filter(Boolean).length;
  const controls = Object.values(risk).filter((control) => control !== null).length;
  return {
    'back-tests':
      models +
      rules +
      1 +
      placebos.randomPortfolios +
      (paths > 1 ? paths : 0) +
      (controls === 0 ? 0 : controls + 2) +
      (ensemble === null ? 0 : ensemble.members + 1) +
      (online === null ? 0 : 2),
    'break-even cost and capacity': backtest.limits ? LIMIT_RUNS : 0,
    'costs and rebalancing': sensitivity === null ? 0 : sensitivity.costsBps.length * sensitivity.rebalance.length,
  };
}

/** What trading takes, by kind of back-test. */
export function backtestCosts(prepared: Prepared, config: ExperimentConfig, models: number): Cost[] {
  const { first, last } = prepared.period;
  const each = secondsOfSession(prepared, config) * (last - first + 1);
  return Object.entries(backtestsOf(config, models, testPaths(prepared.folds).length))
    .filter(([, runs]) => runs > 0)
    .map(([name, runs]) => cost('back-test', name, runs * each));
}
