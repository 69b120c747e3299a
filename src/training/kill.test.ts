import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { builtUrl } from '../util/index.js';
import { decodeCheckpoint } from './checkpoint.js';

const built = (path: string) => JSON.stringify(builtUrl(import.meta.url, path).href);

/** Trains a small network, every option on, with checkpoints in the folder argv[1], as often as can be, and prints the final bits. */
const SCRIPT = `
  const { cnnLstm } = await import(${built('../models/index.js')});
  const { createRng, sha256 } = await import(${built('../util/index.js')});
  const { buildInferenceModel, buildTrainingProgram, train } = await import(${built('./index.js')});
  const shape = { window: 8, features: 3, classes: 3 };
  const rng = createRng(1);
  const values = new Float32Array(new SharedArrayBuffer(4 * 3 * 9000));
  values.forEach((_, i) => { values[i] = rng.normal(); });
  const samples = (first, count) => {
    const rows = Int32Array.from({ length: count }, (_, i) => first + i);
    return { rows, classes: Uint8Array.from(rows, () => rng.int(3)), maxShift: new Uint8Array(count).fill(1) };
  };
  const data = { ...shape, values, train: samples(8, 8000), validation: samples(8100, 500) };
  const network = cnnLstm({ filters1: 8, filters2: 8, hidden: 12, dense: 8 });
  const metadata = { modelName: 'test', window: 8, features: [], classes: [], scaler: { mean: [], std: [], clip: 5 } };
  const model = {
    program: buildTrainingProgram(network, { ...shape, batch: 8 }, { adversarial: { epsilon: 0.05, weight: 0.3 } }),
    inference: (params, state) => buildInferenceModel(network, shape, params, state, metadata),
  };
  const options = {
    seed: 1, workers: 2, batchSize: 16, maxEpochs: 3, patience: 3, learningRate: 0.003, clipNorm: 1,
    samplesPerEpoch: null, schedule: { kind: 'cosine', finalRate: 0 },
    warmUp: { length: 2, unit: 'epochs', startFactor: 0.01 },
    optimiser: { kind: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01, decayed: 'all' },
    labelSmoothing: 0.1, classWeights: 'balanced', mixup: { alpha: 0.2 }, noise: { sigma: 0.1 },
    timeShift: { maxSessions: 1 },
  };
  const directory = process.argv[1];
  const checkpoint = directory ? { directory, everySteps: 1 } : undefined;
  const { params, state, history } = await train(model, data, options, { checkpoint });
  console.log(sha256(params, state, JSON.stringify(history.map((record) => ({ ...record, seconds: 0 })))));
`;

function start(...args: string[]): ChildProcess {
  const flags = ['--eval', `(async () => {${SCRIPT}})()`, ...args];
  return spawn(process.execPath, flags, { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function outputOf(child: ChildProcess): Promise<string> {
  let text = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  await once(child, 'close');
  return text;
}

/** Waits until the folder's checkpoint was made in the middle of an epoch. */
async function midEpochCheckpoint(child: ChildProcess, directory: string): Promise<void> {
  const path = join(directory, 'checkpoint.bin');
  while (child.exitCode === null) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    try {
      if (decodeCheckpoint(readFileSync(path), path).step > 0) return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  expect.unreachable('training ended before a checkpoint was made in mid-epoch');
}

it('killed outright and started again, training ends with the bits of one that never stopped', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'candlenet-kill-'));
  try {
    const killed = start(directory);
    await midEpochCheckpoint(killed, directory);
    killed.kill('SIGKILL');
    await once(killed, 'close');
    const resumed = await outputOf(start(directory));
    expect(resumed).toMatch(/^[0-9a-f]{64}\n$/);
    expect(resumed).toBe(await outputOf(start()));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});
