// How near the search comes to the minimum of standard test functions within so many trials, ours beside scikit-optimize's and
// Optuna's, in one run: `npm run bench:search`.
//   -- --json      rows instead of a table
//   -- --quick     three seeds
//   PEER_PYTHON    the Python that has scikit-optimize or Optuna (bench/peers/requirements.txt); default python3

import { fileURLToPath } from 'node:url';
import { build } from '../scripts/build.mjs';
import { converse, median, print } from './peer.mjs';
import { branin, hartmann6, minimumAfter } from './work/search.mjs';

build();
const seeds = process.argv.includes('--quick') ? 3 : 10;
const tasks = [
  { test: branin, trials: 40 },
  { test: hartmann6, trials: 60 },
];

const script = fileURLToPath(new URL('./peers/search_regret.py', import.meta.url));
const peer = converse(process.env.PEER_PYTHON ?? 'python3', [script]);
const versions = (await peer.answer()) ?? {};

const rows = [];
for (const { test, trials } of tasks) {
  const regrets = { bayes: [], random: [], skopt: [], optuna: [] };
  const seconds = { bayes: 0, skopt: 0, optuna: 0 };
  const timed = async (name, work) => {
    const began = performance.now();
    const best = await work();
    if (name in seconds) seconds[name] += (performance.now() - began) / 1000;
    regrets[name].push(best - test.minimum);
  };
  for (let seed = 0; seed < seeds; seed++) {
    for (const method of ['bayes', 'random']) await timed(method, () => minimumAfter(test, method, seed, trials));
    for (const name of Object.keys(versions)) {
      await timed(name, async () => (await peer.ask(`${name} ${test.name} ${seed} ${trials}`)).at(-1));
    }
  }
  const short = (value) => Number(value.toPrecision(3));
  const of = (name, label) => {
    if (regrets[name].length === 0) return [];
    const sorted = regrets[name].toSorted((a, b) => a - b);
    const time = seconds[name] === undefined ? null : short(seconds[name] / seeds);
    return [
      {
        function: test.name,
        trials,
        seeds,
        by: label,
        medianRegret: short(median(sorted)),
        worstRegret: short(sorted.at(-1)),
        secondsASearch: time,
      },
    ];
  };
  rows.push(
    ...of('bayes', 'candlenet bayes'),
    ...of('skopt', `scikit-optimize ${versions.skopt}, GP and EI`),
    ...of('optuna', `Optuna ${versions.optuna}, TPE`),
    ...of('random', 'candlenet random'),
  );
}
await peer.close();
print(rows);
