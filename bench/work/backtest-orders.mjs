// A million orders through every rule of the A-share market: limits, lots, settlement, duties and fees, impact, a cap on
// participation whose remainder is carried. Random weights, anew after every close, of the index's members and of others that
// trade, so many that over a million orders come of it.

import { runBacktest } from '../../dist/backtest/index.js';
import { rulebookByName } from '../../dist/market/index.js';
import { createRng } from '../../dist/util/index.js';

/** Names a session that make a million orders over the sessions of the CSI 300's store: some are not listed or too dear. */
const NAMES = 325;

/** Targets by session and index of the symbol, made before the clock runs: they are an input. */
export function randomTargets({ bars, universe }) {
  const { symbols, dates, close } = bars;
  return Array.from(dates, (signalDate, d) => {
    const rng = createRng(1, 'targets', d);
    const all = Int32Array.from(symbols.keys());
    const members = all.filter((s) => universe[s * dates.length + d] === 1);
    const others = all.filter((s) => universe[s * dates.length + d] === 0 && close[s * dates.length + d] > 0);
    const named = Int32Array.of(...members, ...others.slice(0, Math.max(0, NAMES - members.length)));
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
