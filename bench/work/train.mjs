// One of our networks, trained and asked: train.mjs DATA MODEL WINDOW FEATURES BATCH WORKERS, then commands on standard
// input, as bench/peers/torch_train.py takes them. DATA is the file that bench/train.mjs writes.

import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { modelByName } from '../../dist/models/index.js';
import { loadInference, openTraining, predictRows, startWorkerPool } from '../../dist/runtime/index.js';
import { buildInferenceModel, buildTrainingProgram, initialParams, initialState } from '../../dist/training/index.js';
import { createRng } from '../../dist/util/index.js';

const [data, name, ...sizes] = process.argv.slice(2);
const [window, features, batch, workers] = sizes.map(Number);
const classes = 3;
const SAMPLES = 20_000;
const WARM_UP_STEPS = 10;
const MOST_STEPS = 100_000;

const rng = createRng(1, 'bench');
const bytes = readFileSync(data);
const values = new Float32Array(new SharedArrayBuffer(bytes.length - SAMPLES));
new Uint8Array(values.buffer).set(bytes.subarray(SAMPLES));
const source = { values, features, window };
const rows = Int32Array.from({ length: SAMPLES }, (_, i) => window - 1 + i);
const labels = Uint8Array.from(bytes.subarray(0, SAMPLES));
const order = new Int32Array(new SharedArrayBuffer(batch * 4 * MOST_STEPS));
for (let i = 0; i < order.length; i++) order[i] = rng.int(SAMPLES);

const model = modelByName(name);
const program = buildTrainingProgram(model, { batch: batch / workers, window, features, classes });
const pool = startWorkerPool(workers);
const engine = await openTraining(pool, {
  program,
  source,
  rows,
  classes: labels,
  optimiser: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  clipNorm: 5,
  randomKeys: program.inputs.random.map(() => 1n),
  provider: 'cpu',
});
engine.state.params.set(initialParams(program.params, program.paramCount, 1));
engine.state.state.set(initialState(program.state, program.stateCount));

const learningRates = new Float64Array(MOST_STEPS).fill(1e-3);
const plan = (from, to) => ({ order, from, to, updatesBefore: 0, learningRates });

async function train(seconds) {
  await engine.run(plan(0, WARM_UP_STEPS), undefined, () => false);
  const before = engine.phaseSeconds();
  const started = performance.now();
  const enough = () => performance.now() - started >= seconds * 1000;
  const { next } = await engine.run(plan(WARM_UP_STEPS, MOST_STEPS), undefined, enough);
  const steps = next - WARM_UP_STEPS;
  const after = engine.phaseSeconds();
  const phases = Object.fromEntries(Object.keys(after).map((phase) => [phase, (after[phase] - before[phase]) / steps]));
  return { samplesPerSecond: (steps * batch) / ((performance.now() - started) / 1000), phases };
}

async function predict(count) {
  const metadata = { modelName: name, window, features: [], classes: [], scaler: { mean: [], std: [], clip: null } };
  const { params, state } = engine.state;
  const bytes = buildInferenceModel(model, { window, features, classes }, params.slice(), state.slice(), metadata);
  await loadInference(pool, bytes, source, classes, 'cpu');
  const asked = Int32Array.from({ length: count }, (_, i) => rows[i % SAMPLES]);
  await predictRows(pool, asked.subarray(0, 5_000), classes);
  const started = performance.now();
  await predictRows(pool, asked, classes);
  return { samplesPerSecond: count / ((performance.now() - started) / 1000) };
}

const answer = (fields) => console.log(JSON.stringify(fields));
answer({ name: 'candlenet' });
for await (const line of createInterface({ input: process.stdin })) {
  const [command, amount] = line.split(' ');
  const result = await (command === 'train' ? train(Number(amount)) : predict(Number(amount)));
  answer({ ...result, peakMemoryBytes: process.resourceUsage().maxRSS * 1024 });
}
await pool.close();
