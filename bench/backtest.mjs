// The back-test's speed, ours beside vectorbt's where it is installed: `npm run bench:backtest`. On the CSI 300 where its
// files are (../shared/data), else on random walks of its size. vectorbt has no market rules: ours run all of them.
//   -- --json      rows instead of a table
//   -- --quick     fewer sets, one turn
//   PEER_PYTHON    the Python that has vectorbt; default python3

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from '../scripts/build.mjs';
import { converse, median, print, row } from './peer.mjs';

build();
const { MOMENTUM_STRATEGY, PreparedMarket, sweepBacktests } = await import('../dist/backtest/index.js');
const { rulebookByName } = await import('../dist/market/index.js');
const { benchMarket } = await import('./work/backtest-market.mjs');
const { bySymbol, millionOrders, randomTargets } = await import('./work/backtest-orders.mjs');
const { filledBars, writeForPeer } = await import('./work/backtest-peer.mjs');

const quick = process.argv.includes('--quick');
const TURNS = quick ? 1 : 5;
/** The peer plays some of the sets, spread over all; its rate stands for the whole. */
const PEER_SETS = quick ? 2 : 10;
const LOOKBACKS = quick
  ? [20, 120]
  : [5, 10, 20, 30, 40, 60, 80, 100, 120, 140, 160, 180, 200, 210, 220, 230, 240, 245, 250, 252];
const SIZES = quick ? [20, 50] : [5, 10, 20, 50, 100];
const REBALANCES = quick ? [5, 20] : [1, 2, 3, 5, 10, 15, 20, 30, 40, 60];
const parameterSets = LOOKBACKS.flatMap((lookback) =>
  SIZES.flatMap((k) => REBALANCES.map((rebalance) => ({ lookback, k, rebalance }))),
);
const spread = (count) =>
  Array.from({ length: count }, (_, i) => parameterSets[Math.floor(((i + 0.5) * parameterSets.length) / count)]);

const market = await benchMarket();
const { bars, instruments, universe, name } = market;
const period = { from: bars.dates[1], to: bars.dates.at(-1) };
const ruled = {
  rulebook: rulebookByName('cn-a-share'),
  costs: { model: 'full', impactCoefficient: 0.8 },
  initialCapital: 1e8,
  maxVolumeShare: 0.1,
  remainder: 'carry',
};
const free = { rulebook: rulebookByName('frictionless'), costs: { model: 'flat', flatRate: 0 }, initialCapital: 1e6 };
const seconds = async (work) => {
  const begun = performance.now();
  const result = await work();
  return { result, seconds: (performance.now() - begun) / 1000 };
};

const folder = mkdtempSync(join(tmpdir(), 'candlenet-bench-'));
try {
  const filled = filledBars(market);
  writeForPeer(folder, filled, universe);
  const script = fileURLToPath(new URL('./peers/vectorbt_backtest.py', import.meta.url));
  const peer = converse(process.env.PEER_PYTHON ?? 'python3', [script]);
  const peerName = (await peer.answer())?.name ?? null;
  const ask = (what, argument) => (peerName === null ? null : peer.ask(`${what} ${folder} ${argument}`));
  // The first answer compiles the peer's kernels, and is the proof that both do the same work.
  const proof = spread(quick ? 1 : 3);
  const theirs = await ask('sweep', JSON.stringify(proof));
  const sweep = (options, sets, workers) =>
    sweepBacktests({
      ...options,
      instruments,
      universe,
      ...period,
      strategy: MOMENTUM_STRATEGY,
      parameterSets: sets,
      workers,
    });
  const ours = await sweep({ ...free, bars: filled }, proof);
  const rows = [];
  if (theirs) {
    const gaps = ours.flatMap(({ equity }, i) => Array.from(equity, (v, d) => Math.abs(v / theirs.equity[i][d] - 1)));
    rows.push(row('largest relative gap of equity, no rules, no costs', 'fraction', Math.max(...gaps), null, peerName));
  }

  const targets = randomTargets(market);
  writeFileSync(join(folder, 'weights.bin'), weightMatrix(targets));
  const named = bySymbol(market, targets);
  const orders = { ours: [], named: [], peer: [] };
  let count = 0;
  const { result: prepared, seconds: preparing } = await seconds(() => {
    const made = new PreparedMarket(bars);
    made.liquidity();
    return made;
  });
  rows.push(
    row(`${name}: marks, obstacles and trailing liquidity, once for all back-tests`, 's', preparing, null, null),
  );
  for (let turn = 0; turn < TURNS; turn++) {
    const { result, seconds: taken } = await seconds(() => millionOrders(market, targets, prepared));
    count = result.orders.length;
    orders.ours.push((1e6 * taken) / count);
    orders.named.push((1e6 * (await seconds(() => millionOrders(market, named, prepared))).seconds) / count);
    const answer = await ask('orders', join(folder, 'weights.bin'));
    if (answer) orders.peer.push((1e6 * answer.seconds) / answer.orders);
  }
  const perMillion = [median(orders.ours), peerName === null ? null : median(orders.peer)];
  const work = `a million orders on ${name}, one thread: ours through all rules (${count} done), the peer's without any`;
  rows.push(row(work, 's', ...perMillion, peerName, { lessIsBetter: true }));
  rows.push(row('the same with the targets as maps of symbols', 's', median(orders.named), null, null));

  const rates = { ours: [], peer: [] };
  let swept = 0;
  for (let turn = 0; turn < (quick ? 1 : 2); turn++) {
    const { result, seconds: taken } = await seconds(() => sweep({ ...ruled, bars }, parameterSets));
    rates.ours.push(taken);
    swept = result.reduce((total, { orders: given }) => total + given, 0);
    const some = spread(PEER_SETS);
    const answer = await ask('sweep', JSON.stringify(some));
    if (answer) rates.peer.push((answer.seconds / some.length) * parameterSets.length);
  }
  const whole = [Math.min(...rates.ours), peerName === null ? null : Math.min(...rates.peer)];
  const size = `${parameterSets.length} sets of momentum on ${name}`;
  rows.push(
    row(
      `${size}: ours under all rules, the peer's without any, at its rate over ${PEER_SETS} sets`,
      's',
      ...whole,
      peerName,
      {
        lessIsBetter: true,
      },
    ),
  );
  const threads = `${availableParallelism()} threads`;
  rows.push(row(`a million of its ${swept} ruled orders, ${threads}`, 's', (1e6 * whole[0]) / swept, null, null));
  await peer.close();
  print(rows);
} finally {
  rmSync(folder, { recursive: true });
}

function weightMatrix(targets) {
  const weights = new Float64Array(targets.length * bars.symbols.length);
  for (const [d, target] of targets.entries()) weights.set(target.weights, d * bars.symbols.length);
  return weights;
}
