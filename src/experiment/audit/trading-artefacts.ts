import type { Policy, TargetWeights } from '../../backtest/index.js';
import { CLASS_NAMES } from '../../features/index.js';
import type { ExperimentConfig } from '../config/schema.js';
import { forecastTable } from '../pipeline/forecast.js';
import { runPolicy } from '../pipeline/policies.js';
import type { Prepared } from '../pipeline/prepare.js';
import { backtestOf } from '../pipeline/strategies.js';
import { forecastTogether, type KnownMember } from '../pipeline/subject/known-members.js';
import type { Combined } from '../pipeline/subject/weigh.js';
import type { Services } from '../services.js';
import type { Artefact } from './artefact.js';
import { RowGrid } from './grids.js';
import type { Trade } from './provenance.js';

/** Forecasts, target weights, orders and fills of the test period, made as a run makes them. */
export async function tradingArtefacts(
  prepared: Prepared,
  config: ExperimentConfig,
  members: readonly KnownMember[],
  services: Services,
): Promise<{ readonly artefacts: readonly Artefact[]; readonly trades: readonly Trade[] }> {
  const { bars, period, testRows } = prepared;
  const { ranges, probabilities: outputs } = await forecastTogether(prepared, config, members, services);
  const forecasts = forecastTable(prepared, testRows, outputs);
  const targets: TargetWeights[] = [];
  const policy = recorded(runPolicy(prepared, config, forecasts), (target) => targets.push(target));
  const { orders, fills } = backtestOf(prepared, config, policy);

  const sessions = bars.dates.slice(period.first, period.last + 1);
  // The policy is asked at the close before the period, and last at the close before the last session.
  const closes = bars.dates.slice(period.first - 1, period.last + 1);
  const grid = (dates: Int32Array, columns: readonly string[]) => new RowGrid(bars.symbols, dates, columns);
  const forecast = grid(sessions, forecasts.score ? ['score'] : CLASS_NAMES.map((name) => `P(${name})`));
  for (let i = 0; i < forecasts.length; i++) {
    const { score, pBuy, pHold, pSell } = forecasts;
    const row = score ? [score[i]] : [pBuy[i], pHold[i], pSell[i]];
    forecast.add(forecasts.symbol[i], forecasts.date[i], row);
  }
  const weights = grid(closes, ['weight']);
  for (const { signalDate, weights: wanted } of targets) {
    for (const [symbol, weight] of wanted) weights.add(symbol, signalDate, [weight]);
  }
  const sign = (side: string) => (side === 'sell' ? -1 : 1);
  const asked = grid(sessions, ['shares']);
  const { columns: order } = orders;
  const trades: Trade[] = [];
  for (let i = 0; i < orders.length; i++) {
    asked.add(order.symbol[i], order.trade_date[i], [sign(order.side[i]) * order.shares_requested[i]]);
    trades.push({ symbol: order.symbol[i], signal: order.signal_date[i], traded: order.trade_date[i] });
  }
  const filled = grid(sessions, ['shares', 'amount', 'costs']);
  const { columns: fill } = fills;
  for (let i = 0; i < fills.length; i++) {
    const costs = fill.commission[i] + fill.stamp_duty[i] + fill.transfer_fee[i] + fill.spread[i] + fill.impact[i];
    filled.add(fill.symbol[i], fill.date[i], [sign(fill.side[i]) * fill.shares[i], fill.amount[i], costs]);
  }
  return {
    artefacts: [
      ...(members.length > 1 ? [ensembleWeights(bars.dates, ranges)] : []),
      forecast.as('forecasts'),
      { ...weights.as('target weights'), unfinished: 1 },
      asked.as('orders'),
      filled.as('fills'),
    ],
    trades,
  };
}

/** Each member's weight on each tested session, known at its close. */
function ensembleWeights(dates: Int32Array, ranges: Combined['ranges']): Artefact {
  const rows = ranges.flatMap(({ test, weights }) =>
    weights.map((values, t) => ({ day: dates[test.first + t], values })),
  );
  return {
    name: 'ensemble weights',
    symbols: [''],
    dates: Int32Array.from(rows, ({ day }) => day),
    columns: Array.from(rows[0].values, (_, m) => `member ${m + 1}`),
    values: Float64Array.from(rows.flatMap(({ values }) => Array.from(values))),
  };
}

/** The same policy, with each of its targets shown to a listener. */
function recorded(policy: Policy, listen: (target: TargetWeights) => void): Policy {
  return {
    name: policy.name,
    start() {
      const step = policy.start();
      return (context) => {
        const target = step(context);
        if (target !== null) listen(target);
        return target;
      };
    },
  };
}
