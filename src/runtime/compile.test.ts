import { describe, expect, it } from 'vitest';
import {
  add,
  Graph,
  gradients,
  greater,
  matmul,
  mul,
  reduceSum,
  square,
  sub,
  withDerivative,
} from '../tensor/index.js';
import { compile } from './index.js';

describe('a compiled graph', () => {
  it('gives values by name, in the graph’s number types, again and again', async () => {
    const graph = new Graph();
    const a = graph.input('a', [2, 2]);
    const b = graph.input('b', [3], 'float64');
    const { run, choice, close } = await compile({ product: matmul(a, a), twice: mul(b, 2), above: greater(b, 0) });
    expect(choice).toEqual({ provider: 'cpu', note: null });
    const first = await run({ a: [1, 2, 3, 4], b: [0.1, -1, 2] });
    // [[1, 2], [3, 4]]² by hand.
    expect(first).toEqual({
      product: Float32Array.of(7, 10, 15, 22),
      twice: Float64Array.of(0.2, -2, 4),
      above: Uint8Array.of(1, 0, 1),
    });
    const second = await run({ a: Float32Array.of(1, 0, 0, 1), b: Float64Array.of(1, 1, 1) });
    expect([...second.product]).toEqual([1, 0, 0, 1]);
    expect([...first.product]).toEqual([7, 10, 15, 22]);
    await close();
  });

  it('runs a gradient down to the least-squares solution', async () => {
    const graph = new Graph();
    const [x, y, w] = [
      graph.input('x', [4, 2], 'float64'),
      graph.input('y', [4, 1], 'float64'),
      graph.input('w', [2, 1], 'float64'),
    ];
    const loss = reduceSum(square(sub(matmul(x, w), y)));
    const { run, close } = await compile({ slope: gradients(loss, [w])[0] });
    const data = { x: [1, 0, 1, 1, 1, 2, 1, 3], y: [1, 3, 5, 7] };
    let weights = [0, 0];
    for (let step = 0; step < 400; step++) {
      const { slope } = await run({ ...data, w: weights });
      weights = weights.map((value, i) => value - 0.05 * slope[i]);
    }
    // The points lie on y = 1 + 2x.
    expect(weights[0]).toBeCloseTo(1, 6);
    expect(weights[1]).toBeCloseTo(2, 6);
    await close();
  });

  it('asks for no input that only a derivative written by hand would read', async () => {
    const graph = new Graph();
    const [x, y] = [graph.input('x', [1]), graph.input('y', [1])];
    const { run, close } = await compile({ z: withDerivative('mine', square(x), [x, y], (g) => [g, g]) });
    expect([...(await run({ x: [3] })).z]).toEqual([9]);
    await close();
  });

  it('refuses to be compiled of nothing or for an unknown provider, and to be run once it is closed', async () => {
    await expect(compile({})).rejects.toMatchObject({
      code: 'ARGUMENT_INVALID',
      message: 'compile: found no outputs, expected one or more tensors by name',
    });
    const outputs = { y: add(new Graph().input('x', [1]), 1) };
    await expect(compile(outputs, { provider: 'tpu' as 'cpu' })).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: 'provider: found "tpu", expected one of cpu, webgpu, cuda, auto',
    });
    const { run, close } = await compile(outputs);
    expect([...(await run({ x: [2] })).y]).toEqual([3]);
    await close();
    await close();
    await expect(run({ x: [2] })).rejects.toMatchObject({
      code: 'ARGUMENT_INVALID',
      message: 'run: the graph is closed; compile it once more',
    });
  });

  it('refuses values that do not fit the graph', async () => {
    const graph = new Graph();
    const x = graph.input('x', [2, 3]);
    graph.input('idle', [1]);
    const { run, close } = await compile({ y: add(x, 1) });
    const refusal = (inputs: Record<string, number[]>, words: RegExp) =>
      expect(run(inputs)).rejects.toMatchObject({ code: 'ARGUMENT_INVALID', message: expect.stringMatching(words) });
    await refusal({}, /input "x": not given; expected 6 values of float32\[2,3\]/);
    await refusal({ x: [1, 2] }, /input "x": found 2 values, expected 6 values of float32\[2,3\]/);
    await refusal({ x: [1, 2, 3, 4, 5, 6], idle: [1] }, /input "idle": the outputs do not depend on it; expected x/);
    await close();
  });
});
