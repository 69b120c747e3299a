import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { huberLoss, meanSquaredError } from '../../src/nn/index.js';
import { runnable } from '../../src/onnx/run-graph.fixture.js';
import { Graph, gradients } from '../../src/tensor/index.js';
import { regressionLoss } from '../../src/training/regression-loss.js';
import type { RegressionLoss } from '../../src/training/types.js';

/** Made by bench/peers/torch_regression.py with PyTorch 2.13. */
const torch = JSON.parse(readFileSync(new URL('./vectors/torch-regression.json', import.meta.url), 'utf8')) as {
  readonly forecast: readonly number[];
  readonly target: readonly number[];
  readonly partners: readonly number[];
  readonly cases: readonly {
    readonly kind: RegressionLoss;
    readonly mix: number | null;
    readonly loss: number;
    readonly gradient: readonly number[];
  }[];
};

const LOSSES = { mse: meanSquaredError, huber: huberLoss };
const shape = [torch.forecast.length, 1];

it.each(torch.cases)(
  '$kind, mixing $mix: the loss and gradient of PyTorch',
  async ({ kind, mix, loss: expected, gradient }) => {
    const target = torch.target.map((own, i) =>
      mix === null ? own : mix * own + (1 - mix) * torch.target[torch.partners[i]],
    );
    const graph = new Graph();
    const forecast = graph.input('forecast', shape, 'float64');
    const loss = LOSSES[kind](forecast, graph.input('target', shape, 'float64'));
    const run = await runnable({ loss, gradient: gradients(loss, [forecast])[0] });
    const found = await run({ forecast: { shape, data: torch.forecast }, target: { shape, data: target } });
    expect(Math.abs(found.loss.data[0] - expected)).toBeLessThan(1e-12);
    found.gradient.data.forEach((value, i) => {
      expect(Math.abs(value - gradient[i]), `gradient[${i}]`).toBeLessThan(1e-12);
    });
    // The same figure as validation works it out, from float32.
    const validated = regressionLoss(Float32Array.from(torch.forecast), Float32Array.from(target), kind);
    expect(validated / expected).toBeCloseTo(1, 6);
  },
);
