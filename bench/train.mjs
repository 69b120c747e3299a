// Training speed of the paper's CNN-LSTM, ours beside PyTorch's: `npm run bench:train`, `-- --json` for rows.
// Labels are drawn at random: on labels that can be learnt by heart gradients turn denormal, and slow.

import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { build } from '../scripts/build.mjs';

build();
const { cnnLstm } = await import('../dist/models/index.js');
const { openTraining, startWorkerPool } = await import('../dist/runtime/index.js');
const { buildTrainingProgram } = await import('../dist/training/index.js');
const { initialParams, initialState } = await import('../dist/training/initialise.js');
const { createRng } = await import('../dist/util/index.js');

const SECONDS = 6;
const WARM_UP_STEPS = 20;
const WORKERS = Math.min(2, availableParallelism());
const CASES = [
  { window: 20, features: 81, batch: 64 },
  { window: 20, features: 81, batch: 256 },
  { window: 20, features: 30, batch: 64 },
  { window: 20, features: 30, batch: 256 },
];

async function ours({ window, features, batch }) {
  const classes = 3;
  const samples = 20_000;
  const rng = createRng(1, 'bench');
  const values = new Float32Array(new SharedArrayBuffer((samples + window) * features * 4));
  for (let i = 0; i < values.length; i++) values[i] = rng.normal();
  const rows = Int32Array.from({ length: samples }, (_, i) => window - 1 + i);
  const labels = Uint8Array.from({ length: samples }, () => rng.int(classes));
  const program = buildTrainingProgram(cnnLstm(), { batch: batch / WORKERS, window, features, classes });
  const pool = startWorkerPool(WORKERS);
  try {
    const engine = await openTraining(pool, {
      program,
      source: { values, features, window },
      rows,
      classes: labels,
      optimiser: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
      clipNorm: 5,
      randomKeys: program.inputs.random.map(() => 1n),
      provider: 'cpu',
    });
    engine.state.params.set(initialParams(program.params, program.paramCount, 1));
    engine.state.state.set(initialState(program.state, program.stateCount));
    const steps = 100_000;
    const order = new Int32Array(new SharedArrayBuffer(batch * 4 * (WARM_UP_STEPS + steps)));
    for (let i = 0; i < order.length; i++) order[i] = rng.int(samples);
    const learningRates = new Float64Array(WARM_UP_STEPS + steps).fill(1e-3);
    const plan = (from, to) => ({ order, from, to, updatesBefore: 0, learningRates });
    await engine.run(plan(0, WARM_UP_STEPS), undefined, () => false);
    const started = performance.now();
    const enough = () => performance.now() - started >= SECONDS * 1000;
    const { next } = await engine.run(plan(WARM_UP_STEPS, steps), undefined, enough);
    return ((next - WARM_UP_STEPS) * batch) / ((performance.now() - started) / 1000);
  } finally {
    await pool.close();
  }
}

function torch({ window, features, batch }) {
  const script = fileURLToPath(new URL('./peers/torch_train.py', import.meta.url));
  const args = [script, window, features, batch, SECONDS].map(String);
  const result = spawnSync('python3', args, { encoding: 'utf8' });
  return result.status === 0 ? JSON.parse(result.stdout) : { name: 'PyTorch', samplesPerSecond: null };
}

const rows = [];
for (const one of CASES) {
  const speed = await ours(one);
  const peer = torch(one);
  rows.push({
    work: `train CNN-LSTM ${one.window}×${one.features}, batch ${one.batch}, ${WORKERS} workers`,
    unit: 'samples/s',
    ours: Math.round(speed),
    peer: peer.samplesPerSecond,
    peerName: peer.name,
    ratio: peer.samplesPerSecond === null ? null : Number((speed / peer.samplesPerSecond).toFixed(3)),
  });
}
if (process.argv.includes('--json')) console.log(JSON.stringify(rows));
else console.table(rows);
