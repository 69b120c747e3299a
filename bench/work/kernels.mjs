// Where ONNX Runtime's time goes in one training step of one worker, by kind of kernel: kernels.mjs MODEL WINDOW FEATURES
// BATCH (of the worker). Prints {"milliseconds": {"products": …, …}, "nodes": …, "gigaflops": …}.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { modelByName } from '../../dist/models/index.js';
import { buildTrainingProgram, initialParams } from '../../dist/training/index.js';
import { createRng } from '../../dist/util/index.js';

const [name, ...sizes] = process.argv.slice(2);
const [window, features, batch] = sizes.map(Number);
const classes = 3;
const WARM_UP_STEPS = 10;
const STEPS = 60;

const KINDS = {
  products: /MatMul|Gemm/,
  'moving data': /^(Concat|Split|Slice|Gather|Pad|Transpose|Reshape|Expand|Identity)$/,
  sums: /^Reduce/,
};
const kindOf = (op) => Object.keys(KINDS).find((kind) => KINDS[kind].test(op)) ?? 'elementwise';

const rng = createRng(1, 'bench');
const sizeOf = (shape) => shape.reduce((a, b) => a * b, 1);
const tensor = (shape, value) => new Tensor('float32', Float32Array.from({ length: sizeOf(shape) }, value), shape);

const program = buildTrainingProgram(modelByName(name), { batch, window, features, classes });
const params = initialParams(program.params, program.paramCount, 1);
const labels = Array.from({ length: batch }, () => rng.int(classes));
const feeds = {
  [program.inputs.x]: tensor([batch, window, features], () => rng.normal()),
  [program.inputs.target]: tensor([batch, classes], (_, i) => Number(labels[Math.floor(i / classes)] === i % classes)),
};
for (const { name, shape, keep } of program.inputs.random) {
  feeds[name] = tensor(shape, () => (rng.uniform() < keep ? 1 / keep : 0));
}
for (const { name, shape, offset, size } of program.params) {
  feeds[name] = new Tensor('float32', params.subarray(offset, offset + size), shape);
}
const fetches = ['loss', ...program.outputs.gradients, ...program.outputs.statistics];

const folder = mkdtempSync(join(tmpdir(), 'candlenet-profile-'));
const session = await InferenceSession.create(program.model, {
  executionProviders: ['cpu'],
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  logSeverityLevel: 3,
  enableProfiling: true,
  profileFilePrefix: join(folder, 'profile'),
});
for (let i = 0; i < WARM_UP_STEPS + STEPS; i++) await session.run(feeds, fetches);
session.endProfiling();
const events = JSON.parse(readFileSync(join(folder, readdirSync(folder)[0]), 'utf8'));
rmSync(folder, { recursive: true, force: true });

/** Multiply-adds of a product count twice. The kernels say the shapes they saw. */
function flops({ input_type_shape: inputs, output_type_shape: outputs }) {
  const [a, b] = inputs.map((input) => Object.values(input)[0]);
  const made = sizeOf(Object.values(outputs[0])[0]);
  return 2 * Math.sqrt((sizeOf(a) * sizeOf(b) * made) / lead(a) ** 3) * lead(a);
}
/** Matrices multiplied side by side. */
const lead = (shape) => sizeOf(shape.slice(0, -2));

const nodes = new Map();
for (const { cat, name, dur, args } of events) {
  if (cat !== 'Node' || !name.endsWith('_kernel_time')) continue;
  if (!nodes.has(name)) nodes.set(name, { kind: kindOf(args.op_name), args, times: [] });
  nodes.get(name).times.push(dur);
}
const milliseconds = {};
let operations = 0;
for (const { kind, args, times } of nodes.values()) {
  const median = times.sort((a, b) => a - b)[times.length >> 1] / 1000;
  milliseconds[kind] = (milliseconds[kind] ?? 0) + median;
  if (kind === 'products') operations += flops(args);
}
const gigaflops = operations / milliseconds.products / 1e6;
console.log(JSON.stringify({ milliseconds, nodes: nodes.size, gigaflops }));
