import * as ort from 'onnxruntime-node';
import { expect } from 'vitest';
import { type FloatType, Graph, gradients, mul, reduceSum, type Shape, sizeOf, type Tensor } from '../tensor/index.js';
import { createRng } from '../util/index.js';
import { lower } from './index.js';

/** An array in row-major order. */
export interface Dense {
  readonly shape: Shape;
  readonly data: readonly number[];
}

export type Run = (inputs: Readonly<Record<string, Dense>>) => Promise<Record<string, Dense>>;

/** Runs a graph through ONNX Runtime as it is lowered. */
export async function runnable(outputs: Readonly<Record<string, Tensor>>): Promise<Run> {
  return runnableModel(lower(outputs, { name: 'test' }));
}

export async function runnableModel(model: Uint8Array): Promise<Run> {
  const session = await ort.InferenceSession.create(model, { intraOpNumThreads: 1, interOpNumThreads: 1 });
  const types = new Map(session.inputMetadata.map((input) => [input.name, input.isTensor ? input.type : '']));
  return async (inputs) => {
    const feeds: Record<string, ort.Tensor> = {};
    for (const [name, { shape, data }] of Object.entries(inputs)) {
      const type = types.get(name);
      if (type === 'float64') feeds[name] = new ort.Tensor('float64', Float64Array.from(data), shape);
      else if (type === 'float32') feeds[name] = new ort.Tensor('float32', Float32Array.from(data), shape);
    }
    const results = Object.entries(await session.run(feeds));
    return Object.fromEntries(
      results.map(([name, { dims, data }]) => [
        name,
        { shape: dims, data: Array.from(data as ArrayLike<number>, Number) },
      ]),
    );
  };
}

/** Normal values, from the seed alone. */
export function normalArray(shape: Shape, ...seed: (string | number)[]): Dense {
  const rng = createRng(...seed);
  return { shape, data: Array.from({ length: sizeOf(shape) }, () => rng.normal()) };
}

export function expectClose(found: Dense, expected: Dense, tolerance: number, what: string): void {
  expect(found.shape, `${what}: shape`).toEqual(expected.shape);
  const scale = Math.max(1e-300, ...expected.data.map(Math.abs));
  found.data.forEach((value, i) => {
    const error = Math.abs(value - expected.data[i]) / scale;
    expect(error, `${what}[${i}]: ${value} for ${expected.data[i]}`).toBeLessThanOrEqual(tolerance);
  });
}

const inputName = (i: number) => `x${i}`;

const named = (arrays: readonly Dense[]): Record<string, Dense> =>
  Object.fromEntries(arrays.map((array, i) => [inputName(i), array]));

/** The value of `build` on arrays. */
export async function evaluate(
  build: (...inputs: Tensor[]) => Tensor,
  arrays: readonly Dense[],
  dtype: FloatType = 'float64',
): Promise<Dense> {
  const graph = new Graph();
  const inputs = arrays.map(({ shape }, i) => graph.input(inputName(i), shape, dtype));
  const run = await runnable({ y: build(...inputs) });
  return (await run(named(arrays))).y;
}

/**
 * Checks the derivatives of a randomly weighted sum of `y` by every fed input against central differences of step 1e-5,
 * all in float64, where the two agree to some ten digits.
 */
export async function expectGradientsOf(
  y: Tensor,
  inputs: readonly Tensor[],
  feeds: Readonly<Record<string, Dense>>,
  tolerance = 1e-7,
): Promise<void> {
  const weights = y.graph.apply('input', [], { name: 'weights', shape: y.shape, dtype: 'float64' });
  const loss = reduceSum(mul(y, weights));
  const allFeeds = { ...feeds, weights: normalArray(y.shape, 'weights') };
  const runGradients = await runnable(Object.fromEntries(gradients(loss, inputs).map((d, i) => [`d${i}`, d])));
  const exact = await runGradients(allFeeds);
  const runLoss = await runnable({ loss });
  const step = 1e-5;
  for (const [i, input] of inputs.entries()) {
    const name = input.op === 'input' ? input.attributes.name : '';
    const { shape, data } = feeds[name];
    const lossMovedBy = async (at: number, change: number) => {
      const moved = { shape, data: data.with(at, data[at] + change) };
      return (await runLoss({ ...allFeeds, [name]: moved })).loss.data[0];
    };
    const numeric: number[] = [];
    for (let at = 0; at < data.length; at++) {
      numeric.push(((await lossMovedBy(at, step)) - (await lossMovedBy(at, -step))) / (2 * step));
    }
    expectClose(exact[`d${i}`], { shape, data: numeric }, tolerance, `derivative by ${name}`);
  }
}

/** The same for a function of arrays: the helper every operation goes through. */
export async function expectGradients(build: (...inputs: Tensor[]) => Tensor, arrays: readonly Dense[]): Promise<void> {
  const graph = new Graph();
  const inputs = arrays.map(({ shape }, i) => graph.input(inputName(i), shape, 'float64'));
  await expectGradientsOf(build(...inputs), inputs, named(arrays));
}

/**
 * The derivatives of a randomly weighted sum of a function of arrays, against the central difference along one random
 * direction through all of its inputs: for shapes too large to move one element at a time. An error e of the gradient
 * shows as e·direction, which is as large as e itself and zero by no accident; so it is measured against the gradient's norm.
 */
export async function expectDirectionalGradient(
  build: (...inputs: Tensor[]) => Tensor,
  arrays: readonly Dense[],
  tolerance = 1e-7,
): Promise<void> {
  const graph = new Graph();
  const inputs = arrays.map(({ shape }, i) => graph.input(inputName(i), shape, 'float64'));
  const y = build(...inputs);
  const weights = graph.input('weights', y.shape, 'float64');
  const loss = reduceSum(mul(y, weights));
  const fixed = { weights: normalArray(y.shape, 'weights') };
  const derivatives = gradients(loss, inputs);
  const exact = await (await runnable(Object.fromEntries(derivatives.map((d, i) => [`d${i}`, d]))))({
    ...named(arrays),
    ...fixed,
  });
  const directions = arrays.map(({ shape }, i) => normalArray(shape, 'direction', i));
  const runLoss = await runnable({ loss });
  const lossAt = async (step: number) => {
    const moved = arrays.map(({ shape, data }, i) => ({
      shape,
      data: data.map((value, at) => value + step * directions[i].data[at]),
    }));
    return (await runLoss({ ...named(moved), ...fixed })).loss.data[0];
  };
  const step = 1e-5;
  const numeric = ((await lossAt(step)) - (await lossAt(-step))) / (2 * step);
  let along = 0;
  let squares = 0;
  arrays.forEach((_, i) => {
    expect(exact[`d${i}`].shape).toEqual(arrays[i].shape);
    exact[`d${i}`].data.forEach((value, at) => {
      along += value * directions[i].data[at];
      squares += value * value;
    });
  });
  expect(Math.abs(along - numeric), `${along} for ${numeric}`).toBeLessThanOrEqual(tolerance * Math.sqrt(squares));
}
