// A million orders through every rule of the A-share market: limits, lots, settlement, duties and fees, impact, a cap on
// participation whose remainder is carried. Random weights of the index's members, anew after every close.

import { runBacktest } from '../../dist/backtest/index.js';
import { rulebookByName } from '../../dist/market/index.js';
import { createRng } from '../../dist/util/index.js';

/** Targets by session and index of the symbol, made before the clock runs: they are an input. */
export function randomTargets({ bars, universe }) {
  const { symbols, dates } = bars;
  return Array.from(dates, (signalDate, d) => {
    const rng = createRng(1, 'targets', d);
    const named = Int32Array.from(symbols.keys()).filter((s) => universe[s * dates.length + d] === 1);
    const raw = Array.from(named, () => 0.5 + rng.uniform());
    const sum = raw.reduce((total, value) => total + value, 0);
    const weights = new Float64Array(symbols.length);
    for (const [i, s] of named.entries()) weights[s] = (0.98 * raw[i]) / sum;
    return { signalDate, named, weights };
  });
}

/** The same targets by the names of the symbols. */
export function bySymbol({ bars }, targets) {
  return targets.map(({ signalDate, named, weights }) => ({
    signalDate,
    weights: new Map(Array.from(named, (s) => [bars.symbols[s], weights[s]])),
  }));
}

export function millionOrders({ bars, instruments }, targets, prepared) {
  return runBacktest({
    bars,
    prepared,
    instruments,
    rulebook: rulebookByName('cn-a-share'),
    costs: { model: 'full', impactCoefficient: 0.8 },
    initialCapital: 1e9,
    from: bars.dates[1],
    to: bars.dates.at(-1),
    policy: { name: 'random weights', start: () => (context) => targets[context.session] },
    maxVolumeShare: 0.1,
    remainder: 'carry',
    fillPrice: 'open',
  });
}
