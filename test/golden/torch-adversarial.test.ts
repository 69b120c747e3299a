import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type ModelOptions, modelByName } from '../../src/models/index.js';
import { type Dense, runnableModel } from '../../src/onnx/run-graph.fixture.js';
import { buildTrainingProgram } from '../../src/training/index.js';

type Values = Readonly<Record<string, readonly number[]>>;

/** Made by bench/peers/torch_adversarial.py with PyTorch 2.13. */
const torch = JSON.parse(readFileSync(new URL('./vectors/torch-adversarial.json', import.meta.url), 'utf8')) as {
  readonly epsilon: number;
  readonly weight: number;
  readonly shape: {
    readonly batch: number;
    readonly window: number;
    readonly features: number;
    readonly classes: number;
  };
  readonly cases: readonly {
    readonly model: string;
    readonly options: ModelOptions;
    readonly x: readonly number[];
    readonly target: readonly number[];
    readonly masks: Values;
    readonly params: Values;
    readonly plain: number;
    readonly loss: number;
    readonly gradients: Values;
    readonly statistics: Values;
  }[];
};

const { epsilon, weight, shape } = torch;
const { batch, window, features, classes } = shape;
const largest = (values: readonly number[]) => Math.max(...values.map(Math.abs));

describe.each(torch.cases)('adversarial training of $model against PyTorch, same weights, masks and batch', (one) => {
  const model = modelByName(one.model, one.options);
  const run = async (adversarial: { epsilon: number; weight: number } | null) => {
    const program = buildTrainingProgram(model, shape, { adversarial });
    const feeds: Record<string, Dense> = {
      x: { shape: [batch, window, features], data: one.x },
      target: { shape: [batch, classes], data: one.target },
    };
    for (const { name, shape } of program.params) feeds[name] = { shape, data: one.params[name] };
    for (const { name, shape } of program.inputs.random) feeds[name] = { shape, data: one.masks[name] };
    return { program, found: await (await runnableModel(program.model))(feeds) };
  };

  it('has the loss of both passes and their gradients', async () => {
    const { program, found } = await run({ epsilon, weight });
    expect(Math.abs(found.loss.data[0] - one.loss)).toBeLessThan(1e-5);
    // The examples are harder by far more than the tolerance, or nothing would be tested.
    expect(one.loss - one.plain).toBeGreaterThan(2e-3);
    program.params.forEach(({ name }, i) => {
      const expected = one.gradients[name];
      found[program.outputs.gradients[i]].data.forEach((value, k) => {
        expect(Math.abs(value - expected[k]), `${name}[${k}]`).toBeLessThanOrEqual(1e-4 * largest(expected));
      });
    });
  });

  it('records the batch statistics of the samples as they are', async () => {
    const { program, found } = await run({ epsilon, weight });
    program.state.forEach(({ name }, i) => {
      found[program.outputs.statistics[i]].data.forEach((value, k) => {
        expect(Math.abs(value - one.statistics[name][k]), `${name}[${k}]`).toBeLessThan(1e-5);
      });
    });
  });

  it('declares what the network declares by itself, and nothing twice', async () => {
    const [{ program: hard }, { program: plain, found }] = [await run({ epsilon, weight }), await run(null)];
    expect(hard.params).toEqual(plain.params);
    expect(hard.state).toEqual(plain.state);
    expect(hard.inputs).toEqual(plain.inputs);
    expect(Math.abs(found.loss.data[0] - one.plain)).toBeLessThan(1e-5);
  });
});

it('refuses sizes that mean nothing', () => {
  const build = (adversarial: { epsilon: number; weight: number }) => () =>
    buildTrainingProgram(modelByName('cnn-lstm', torch.cases[0].options), shape, { adversarial });
  expect(build({ epsilon: 0, weight: 0.5 })).toThrow(
    'training.adversarial.epsilon: found 0, expected a number above 0',
  );
  expect(build({ epsilon: 0.1, weight: 1.5 })).toThrow(
    'training.adversarial.weight: found 1.5, expected a number in (0, 1]',
  );
});
