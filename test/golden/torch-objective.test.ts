import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { softmaxCrossEntropy } from '../../src/nn/index.js';
import { runnable } from '../../src/onnx/run-graph.fixture.js';
import { Graph, gradients } from '../../src/tensor/index.js';
import { targetTable } from '../../src/training/targets.js';

/** Made by bench/peers/torch_objective.py with PyTorch 2.13. */
const torch = JSON.parse(readFileSync(new URL('./vectors/torch-objective.json', import.meta.url), 'utf8')) as {
  readonly logits: readonly number[];
  readonly classes: readonly number[];
  readonly partners: readonly number[];
  readonly weights: readonly number[];
  readonly cases: readonly {
    readonly labelSmoothing: number;
    readonly weighted: boolean;
    readonly mix: number | null;
    readonly loss: number;
    readonly gradient: readonly number[];
  }[];
};

const CLASSES = 3;
const batch = torch.classes.length;
const labels = Uint8Array.from(torch.classes);
/** Brought to a mean of 1 over the samples, the weights are smaller by this, and the loss and its gradient with them. */
const meanWeight = torch.classes.reduce((sum, label) => sum + torch.weights[label], 0) / batch;

it.each(torch.cases)(
  'smoothing $labelSmoothing, class weights $weighted, mixing $mix: the loss and gradient of PyTorch’s cross_entropy',
  async ({ labelSmoothing, weighted, mix, loss: expected, gradient }) => {
    const data = { classes: CLASSES, train: { rows: new Int32Array(batch), classes: labels } };
    const table = targetTable(data, { labelSmoothing, classWeights: weighted ? torch.weights : null });
    const target = Array.from({ length: batch * CLASSES }, (_, i) => {
      const [sample, column] = [Math.floor(i / CLASSES), i % CLASSES];
      const own = table[labels[sample] * CLASSES + column];
      const other = table[labels[torch.partners[sample]] * CLASSES + column];
      return mix === null ? own : mix * own + (1 - mix) * other;
    });
    const graph = new Graph();
    const logits = graph.input('logits', [batch, CLASSES], 'float64');
    const loss = softmaxCrossEntropy(logits, graph.input('target', [batch, CLASSES], 'float64'));
    const run = await runnable({ loss, gradient: gradients(loss, [logits])[0] });
    const shape = [batch, CLASSES];
    const found = await run({ logits: { shape, data: torch.logits }, target: { shape, data: target } });
    const scale = weighted ? meanWeight : 1;
    // The targets are float32.
    expect(Math.abs(found.loss.data[0] * scale - expected)).toBeLessThan(1e-6);
    found.gradient.data.forEach((value, i) => {
      expect(Math.abs(value * scale - gradient[i]), `gradient[${i}]`).toBeLessThan(1e-7);
    });
  },
);
