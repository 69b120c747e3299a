// A public benchmark: will the stock rise or fall tomorrow? node examples/acl18.mjs FOLDER [--seeds 10] [--quick]
// FOLDER holds bars/*.csv (Yahoo's columns) and tweets.csv.gz (symbol, published, text) of the ACL18 set. Which network, rate and
// width is chosen on the validation days alone; the test days are opened once, by what was chosen, over all seeds.
import { modelByName, predict, train } from 'candlenet';
import { buildInferenceModel, buildTrainingProgram, classificationLoss } from 'candlenet/training';
import { readAcl18, WINDOW } from './acl18-data.mjs';

const [folder, ...flags] = process.argv.slice(2);
const quick = flags.includes('--quick');
const seeds = quick ? 2 : Number(flags[flags.indexOf('--seeds') + 1] || 10);
if (!folder) {
  console.error('usage: node examples/acl18.mjs FOLDER [--seeds 10] [--quick]');
  process.exit(2);
}

/** Feng et al. (2019); their code gives the counts. One standard deviation of chance over 3,720 samples is 0.82 points. */
const PUBLISHED = [
  ['always up', 51.29, 0],
  ['LSTM', 53.18, 0.067],
  ['ALSTM', 54.9, 0.104],
  ['Adv-ALSTM', 57.2, 0.148],
  ['Adv-ALSTM, replicated', 56.45, 0.131],
];
const COUNTS = { train: 20_315, validation: 2_555, test: 3_720, symbols: 87 };

/** What validation chooses from. The window is short: pooled twice it leaves one step. */
const CANDIDATES = [
  ...[16, 64].map((hidden) => ({
    name: `LSTM ${hidden}`,
    model: 'lstm',
    options: { hidden, dense: 16, dropout: 0.1 },
  })),
  {
    name: 'LSTM 64, adversarial',
    model: 'lstm',
    options: { hidden: 64, dense: 16, dropout: 0.1 },
    adversarial: { epsilon: 0.05, weight: 0.5 },
  },
  { name: 'CNN', model: 'cnn', options: { filters1: 16, filters2: 32, dense: 16, dropout: 0.1 } },
  { name: 'CNN-LSTM', model: 'cnn-lstm', options: { filters1: 16, filters2: 32, hidden: 32, dense: 16, dropout: 0.1 } },
].slice(0, quick ? 1 : undefined);

async function trainNetwork({ data }, { model: name, options, adversarial }, seed) {
  const model = modelByName(name, options);
  const shape = { window: WINDOW, features: data.features, classes: 2 };
  const training = {
    ...{ seed, workers: 1, batchSize: 256, maxEpochs: quick ? 3 : 60, patience: 8, learningRate: 0.002 },
    ...{ schedule: { kind: 'constant' }, clipNorm: 1, samplesPerEpoch: null },
    optimiser: { kind: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01, decayed: 'all' },
  };
  const metadata = {
    ...{ modelName: name, window: WINDOW, classes: ['buy', 'sell'] },
    features: Array.from({ length: data.features }, (_, k) => `feature ${k + 1}`),
    scaler: { mean: new Array(data.features).fill(0), std: new Array(data.features).fill(1), clip: 1e6 },
  };
  const trainable = {
    program: buildTrainingProgram(model, { ...shape, batch: training.batchSize }, { adversarial }),
    inference: (params, state) => buildInferenceModel(model, shape, params, state, metadata),
  };
  const trained = await train(trainable, data, training);
  return trainable.inference(trained.params, trained.state);
}

/** Accuracy, and Matthews correlation of rise against fall. */
function judge(probabilities, classes) {
  const count = [0, 0, 0, 0];
  classes.forEach((label, i) => {
    count[2 * label + (probabilities[2 * i] >= probabilities[2 * i + 1] ? 0 : 1)]++;
  });
  const [upUp, upDown, downUp, downDown] = count;
  const root = Math.sqrt((upUp + downUp) * (upUp + upDown) * (downDown + downUp) * (downDown + upDown));
  return {
    accuracy: (100 * (upUp + downDown)) / classes.length,
    mcc: root === 0 ? 0 : (upUp * downDown - upDown * downUp) / root,
  };
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const spread = (values) =>
  Math.sqrt(values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0) / Math.max(1, values.length - 1));

for (const tweets of [false, true]) {
  const set = readAcl18(folder, { tweets });
  const { data, test } = set;
  const counts = {
    train: data.train.rows.length,
    validation: data.validation.rows.length,
    test: test.rows.length,
    symbols: set.symbols,
  };
  console.log(
    `\n${tweets ? 'Prices and the tone of tweets' : 'Prices alone'}: ${data.features} features, ${Object.entries(counts)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ')}`,
  );
  if (JSON.stringify(counts) !== JSON.stringify(COUNTS)) {
    console.error(`found other counts than the published protocol's ${JSON.stringify(COUNTS)}`);
    process.exit(1);
  }
  const judged = [];
  for (const candidate of CANDIDATES) {
    const networks = [];
    for (let seed = 1; seed <= seeds; seed++) networks.push(await trainNetwork(set, candidate, seed));
    const losses = [];
    for (const network of networks) {
      const said = await predict(network, data, data.validation.rows, { workers: 1 });
      losses.push(classificationLoss(said, data.validation.classes, 2).loss);
    }
    judged.push({ ...candidate, networks, loss: mean(losses) });
    console.log(
      `  ${candidate.name.padEnd(24)} validation loss ${mean(losses).toFixed(5)} ± ${spread(losses).toFixed(5)}`,
    );
  }
  const chosen = judged.reduce((best, one) => (one.loss < best.loss ? one : best));
  const scores = [];
  for (const network of chosen.networks)
    scores.push(judge(await predict(network, data, test.rows, { workers: 1 }), test.classes));
  const figures = (key, digits) =>
    `${mean(scores.map((one) => one[key])).toFixed(digits)} ± ${spread(scores.map((one) => one[key])).toFixed(digits)}`;
  console.log(
    `  chosen: ${chosen.name}; over ${seeds} seeds accuracy ${figures('accuracy', 2)} %, MCC ${figures('mcc', 3)}`,
  );
}
console.log('\npublished');
for (const [name, accuracy, mcc] of PUBLISHED) console.log(`  ${name.padEnd(24)} ${accuracy.toFixed(2)} %, MCC ${mcc}`);
