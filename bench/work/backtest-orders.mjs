// A million orders through every rule of the A-share market: limits, lots, settlement, duties and fees, impact, a cap on
// participation whose remainder is carried. Random weights of the index's members, anew after every close.

import { runBacktest } from '../../dist/backtest/index.js';
import { rulebookByName } from '../../dist/market/index.js';
import { createRng } from '../../dist/util/index.js';

/** Targets by session, made before the clock runs: they are an input. */
export function randomTargets({ bars, universe }) {
  const { symbols, dates } = bars;
  return Array.from(dates, (signalDate, d) => {
    const rng = createRng(1, 'targets', d);
    const members = symbols.flatMap((symbol, s) => (universe[s * dates.length + d] === 1 ? [symbol] : []));
    const raw = members.map(() => 0.5 + rng.uniform());
    const sum = raw.reduce((total, value) => total + value, 0);
    return { signalDate, weights: new Map(members.map((symbol, i) => [symbol, (0.98 * raw[i]) / sum])) };
  });
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
