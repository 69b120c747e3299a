import { type BacktestResult, runBacktest } from '../../backtest/index.js';
import { BarFlag, rulebookByName } from '../../market/index.js';
import {
  equalWeightOnce,
  type IndexForecasts,
  marketTiming,
  PriceHistory,
  withRiskControls,
} from '../../portfolio/index.js';
import { formatDay } from '../../util/index.js';
import type { ExperimentConfig } from '../config/schema.js';
import { executionOf } from './execution.js';
import type { ForecastIndex } from './forecast-index.js';
import { indexMarket } from './index-market.js';
import type { Studied } from './study.js';

/** The index itself, in or out by the network's forecasts of it. */
export interface TimedMarket {
  /** Null where the index cannot be forecast or traded. */
  readonly result: BacktestResult | null;
  /** How it was done, or why it was not. */
  readonly note: string;
}

/**
 * Market timing: the index is held from the next open while the network, trained on stocks, has P(buy) > P(sell), or a return above 0, for it, and
 * left while it is below. It trades as a fund on the index would, in fractions, at the configuration's commission and
 * half-spread; a fund pays no stamp duty.
 * @param said what the network of each fold forecasts, in the order of time
 */
export function timeMarket(prepared: Studied, config: ExperimentConfig, said: readonly ForecastIndex[]): TimedMarket {
  if (config.label.kind === 'rank') {
    return { result: null, note: 'Market timing is off: a rank among stocks says nothing of the index itself.' };
  }
  const { bars, instrument } = indexMarket(prepared.benchmark, prepared.bars.dates);
  const { dates } = bars;
  const { first, last } = prepared.period;
  if (said.every(({ columns, absent }) => columns === absent.length)) {
    return { result: null, note: `Market timing is off: ${instrument.name} has none of the network’s columns.` };
  }
  const forecasts = join(said.flatMap((one) => one.forecasts ?? []));
  if (forecasts.date.length === 0) {
    return { result: null, note: `Market timing is off: no window of ${instrument.name} is whole in the test period.` };
  }
  if (!(bars.open[first] > 0)) {
    const day = formatDay(dates[first]);
    return { result: null, note: `Market timing is off: ${instrument.name} has no open on ${day}.` };
  }
  const { costs } = executionOf(config, prepared.store, null);
  const result = runBacktest({
    bars,
    instruments: [instrument],
    rulebook: rulebookByName('frictionless'),
    costs: { ...costs, impactCoefficient: 0 },
    initialCapital: config.backtest.capital,
    from: dates[first],
    to: dates[last],
    policy: withRiskControls(equalWeightOnce({ name: 'market timing', symbols: [instrument.symbol] }), {
      controls: [marketTiming(forecasts)],
      prices: new PriceHistory(bars, { unusableFlags: BarFlag.MISRECORDED }),
    }),
  });
  const { columns, absent } = said[said.length - 1];
  return { result, note: describe(instrument.name, columns, absent, forecasts) };
}

/** One forecast a day: where the close before a fold's first session was forecast by the fold before, that one stays. */
function join(parts: readonly IndexForecasts[]): IndexForecasts {
  const seen = new Set<number>();
  const kept = parts.flatMap((part) =>
    Array.from(part.date.keys())
      .filter((row) => !seen.has(part.date[row]) && seen.add(part.date[row]))
      .map((row) => ({ part, row })),
  );
  kept.sort((a, b) => a.part.date[a.row] - b.part.date[b.row]);
  const floats = (of: (part: IndexForecasts) => Float32Array) =>
    Float32Array.from(kept, ({ part, row }) => of(part)[row]);
  return {
    date: Int32Array.from(kept, ({ part, row }) => part.date[row]),
    pBuy: floats(({ pBuy }) => pBuy),
    pSell: floats(({ pSell }) => pSell),
    ...(parts.some(({ score }) => score) && {
      score: floats(({ score, date }) => score ?? new Float32Array(date.length).fill(Number.NaN)),
    }),
  };
}

function describe(index: string, columns: number, absent: readonly string[], { date, score }: IndexForecasts): string {
  const missing =
    absent.length === 0
      ? ''
      : `; ${absent.length} of its ${columns} columns an index does not have and stand at their training mean`;
  return (
    `Market timing: the network, trained on stocks, forecasts ${index} from windows of its own bars on ${date.length} days${missing}. In while ${score ? 'the return it forecasts is above 0' : 'P(buy) is above P(sell)'}, ` +
    'out while it is below, from the next open; traded as a fund on the index, in fractions, at the commission and half-spread of the run, ' +
    'without stamp duty and without interest on cash.'
  );
}
