// How often does the whole pipeline find something where there is nothing? On the null market returns are a martingale difference: no excess
// return, information coefficient or buy-versus-sell skill is possible, and a test at 5 % may be significant in 5 runs of 100, give or
// take chance. Each seed makes a market and runs an experiment on it; the exit status is 1 when significant runs are more than chance allows.
//
//   node examples/null-market.mjs [--seeds 100] [--first 1] [--json]
//
// Accuracy is no part of it: volatility can be predicted here too, and with it the hold class of a label scaled by volatility.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { formatDay, openMarketStore, parseConfig, runExperiment, silentProgress, synthesiseStore } from 'candlenet';

const { values: options } = parseArgs({
  options: {
    seeds: { type: 'string', default: '100' },
    first: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
});
const [seeds, first] = [options.seeds, options.first].map(Number);
if (!(Number.isInteger(seeds) && seeds > 0 && Number.isInteger(first) && first >= 0)) {
  console.error(`null-market: found --seeds ${options.seeds} --first ${options.first}, expected whole numbers`);
  process.exit(2);
}

const LEVEL = 0.05;
/** A correct machine is found wanting once in a hundred times, for each of the tests. */
const CHANCE = 0.01;
/** The report's own bar (Harvey, Liu & Zhu 2016). */
const EVIDENCE = 3;
const MARKET = { kind: 'null', symbols: 24, days: 1100, truth: false, facts: false };
const services = { progress: silentProgress };

/** No costs and no rules: the excess return of any choice of stocks has the mean 0, and not the costs of trading. */
function experiment(calendar, seed) {
  const day = (share) => formatDay(calendar[Math.round(share * (calendar.length - 1))]);
  return parseConfig(
    {
      name: 'null',
      market: { store: '.', index: 'synthetic' },
      features: { groups: ['price-volume'] },
      split: { train: [day(0), day(0.35)], validate: [day(0.36), day(0.44)], test: [day(0.45), day(1)] },
      model: { filters: [8, 8], hidden: 8, dense: 8 },
      training: { seed, workers: 1, maxEpochs: 2, patience: 2, samplesPerEpoch: 3000, learningRate: 0.003 },
      baselines: { logisticRegression: { maxSamples: 3000, maxIterations: 30 } },
      placebos: { shuffledLabels: false, randomPortfolios: 0 },
      portfolio: {
        k: 6,
        strategies: { momentum: false, meanReversion: false, lowVolatility: false, value: false, marketTiming: false },
      },
      backtest: {
        ...{ rulebook: 'frictionless', commissionBps: 0, minCommission: 0, halfSpreadBps: 0 },
        ...{ maxVolumeShare: 1, dividendTax: false, limits: false },
      },
    },
    'null-market.mjs',
  );
}

async function run(seed) {
  const folder = mkdtempSync(join(tmpdir(), 'candlenet-null-'));
  try {
    const storePath = join(folder, 'store');
    await synthesiseStore(storePath, { ...MARKET, seed }, services);
    const store = await openMarketStore(storePath);
    const config = experiment(await store.readCalendar({ asOf: store.lastDay }), seed);
    const { summary } = await runExperiment({ config, storePath, path: 'null' }, { ...services, runsFolder: folder });
    return summary.metrics;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** P(X ≥ count) of a binomial: how easily chance alone brings so many. */
function atLeast(count, runs, share) {
  let probability = 0;
  let term = (1 - share) ** runs;
  for (let k = 0; k <= runs; k++) {
    if (k >= count) probability += term;
    term *= ((runs - k) / (k + 1)) * (share / (1 - share));
  }
  return probability;
}

/** The most that chance allows. */
function allowed(runs) {
  let count = 0;
  while (atLeast(count + 1, runs, LEVEL) > CHANCE) count++;
  return count;
}

const TESTS = {
  'excess return': ({ strategies }, model) => strategies[model].versusUniverse,
  IC: ({ models }, model) => models[model].signal.ic,
  'rank IC': ({ models }, model) => models[model].signal.rankIc,
  'buy versus sell': ({ models }, model) => models[model].direction.edge,
};
const MODELS = ['cnn-lstm', 'logistic'];
const counts = Object.fromEntries(
  MODELS.flatMap((model) => Object.keys(TESTS).map((test) => [`${model}: ${test}`, { significant: 0, runs: 0 }])),
);
const declared = { significant: 0, runs: 0 };

for (let seed = first; seed < first + seeds; seed++) {
  const metrics = await run(seed);
  const line = [];
  for (const model of MODELS) {
    for (const [test, pick] of Object.entries(TESTS)) {
      const { p, t } = pick(metrics, model);
      // A network that says the same of every stock has no IC; that is no discovery, and no chance of one either.
      if (p === null) continue;
      const count = counts[`${model}: ${test}`];
      count.runs++;
      if (p < LEVEL) count.significant++;
      line.push(t.toFixed(1));
    }
  }
  // What the report would call skill or a lead of the model in question.
  const bar = ['rank IC', 'excess return'].map((test) => TESTS[test](metrics, MODELS[0]).t);
  declared.runs++;
  if (bar.some((t) => t !== null && Math.abs(t) >= EVIDENCE)) declared.significant++;
  console.error(`seed ${seed}: t ${line.join('  ')}`);
}

const rows = Object.entries({ ...counts, [`declared by the report (|t| ≥ ${EVIDENCE})`]: declared }).map(
  ([test, { significant, runs }]) => ({ test, significant, runs, allowed: allowed(runs) }),
);
const failed = rows.filter(({ significant, allowed: most }) => significant > most);
if (options.json) console.log(JSON.stringify({ seeds, first, level: LEVEL, chance: CHANCE, tests: rows }, null, 2));
else {
  for (const { test, significant, runs, allowed: most } of rows) {
    const share = runs === 0 ? '–' : `${((100 * significant) / runs).toFixed(1)} %`;
    console.log(`${test.padEnd(32)} ${significant} of ${runs} significant (${share}); at most ${most} by chance`);
  }
}
if (failed.length > 0)
  console.error(`null-market: more than chance allows: ${failed.map(({ test }) => test).join(', ')}`);
process.exitCode = failed.length > 0 ? 1 : 0;
