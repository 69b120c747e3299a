import { describe, expect, it } from 'vitest';
import {
  add,
  broadcastTo,
  Graph,
  matmul,
  mul,
  pad,
  reduceSum,
  relu,
  reshape,
  slice,
  split,
  type Tensor,
  transpose,
} from '../tensor/index.js';
import { lower, OPEN_BATCH } from './index.js';
import { operatorsOf } from './operators.fixture.js';
import { runnable, runnableModel } from './run-graph.fixture.js';

describe('a lowered graph', () => {
  it('writes a product plus a bias as one Gemm, but not a product that is used elsewhere', () => {
    const graph = new Graph();
    const [x, w, b] = [graph.input('x', [4, 3]), graph.input('w', [3, 2]), graph.input('b', [2])];
    const product = matmul(x, w);
    expect(operatorsOf(lower({ y: add(b, product) }, { name: 'test' }))).toEqual(['Gemm']);
    expect(operatorsOf(lower({ y: add(b, product), product }, { name: 'test' }))).toEqual(['MatMul', 'Add']);
    expect(operatorsOf(lower({ y: add(product, product) }, { name: 'test' }))).toEqual(['MatMul', 'Add']);
    const tall = graph.input('tall', [5, 4, 2]);
    expect(operatorsOf(lower({ y: add(product, tall) }, { name: 'test' }))).toEqual(['MatMul', 'Add']);
  });

  it('writes slices that tile a tensor as one Split', async () => {
    const x = new Graph().input('x', [2, 5]);
    const [a, b] = split(x, 1, [2, 3]);
    const outputs = { b, a };
    expect(operatorsOf(lower(outputs, { name: 'test' }))).toEqual(['Split']);
    const result = await (await runnable(outputs))({ x: { shape: [2, 5], data: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] } });
    expect(result.a).toEqual({ shape: [2, 2], data: [0, 1, 5, 6] });
    expect(result.b).toEqual({ shape: [2, 3], data: [2, 3, 4, 7, 8, 9] });
    expect(operatorsOf(lower({ a, c: slice(x, 1, 1, 4) }, { name: 'test' }))).toEqual(['Slice', 'Slice']);
  });

  it('gives inputs, constants and one tensor under two names as outputs too', async () => {
    const graph = new Graph();
    const x = graph.input('x', [2]);
    const y = relu(x);
    const run = await runnable({ same: x, first: y, second: y, seven: graph.constant(7, 'float32') });
    const result = await run({ x: { shape: [2], data: [-1, 2] } });
    expect([result.same.data, result.first.data, result.second.data, result.seven.data]).toEqual([
      [-1, 2],
      [0, 2],
      [0, 2],
      [7],
    ]);
  });

  it('refuses an output under the name of an input', () => {
    const x = new Graph().input('x', [2]);
    expect(() => lower({ x: relu(x) }, { name: 'test' })).toThrow(
      /output "x" has the name of an input, built at .*lower/,
    );
  });

  it('stores what is known, rearranged as the model reads it', async () => {
    const graph = new Graph();
    const x = graph.input('x', [1, 3]);
    const w = graph.input('w', [2, 3]);
    const rearranged = pad(reshape(transpose(w), [3, 2]), 1, 1, 0);
    const stored = new Map([['w', Float32Array.of(1, 2, 3, 4, 5, 6)]]);
    const model = lower({ y: matmul(x, rearranged) }, { name: 'test', stored });
    expect(operatorsOf(model)).toEqual(['MatMul']);
    const run = await runnableModel(model);
    // Rows of the stored matrix: (0, 1, 4), (0, 2, 5), (0, 3, 6).
    expect((await run({ x: { shape: [1, 3], data: [1, 10, 100] } })).y.data).toEqual([0, 321, 654]);
  });

  it('leaves the batch open', async () => {
    const graph = new Graph();
    const x = graph.input('x', [OPEN_BATCH, 2, 3]);
    const rows = reshape(mul(x, 2), [2 * OPEN_BATCH, 3]);
    const run = await runnableModel(lower({ rows }, { name: 'test' }));
    const data = [1, 2, 3, 4, 5, 6];
    const doubled = data.map((value) => 2 * value);
    expect((await run({ x: { shape: [1, 2, 3], data } })).rows).toEqual({ shape: [2, 3], data: doubled });
    const two = await run({ x: { shape: [2, 2, 3], data: [...data, ...data] } });
    expect(two.rows).toEqual({ shape: [4, 3], data: [...doubled, ...doubled] });
  });

  it.each<[string, (x: Tensor) => Tensor]>([
    ['broadcastTo', (x) => broadcastTo(x.graph.constant(1, 'float32'), x.shape)],
    ['slice', (x) => slice(x, 0, 0, 1)],
    ['pad', (x) => pad(x, 0, 1, 0)],
    ['reduceSum', (x) => reduceSum(x, [0])],
    ['matmul', (x) => matmul(x, x, { transA: true })],
  ])('refuses %s along an open batch', (op, build) => {
    const x = new Graph().input('x', [OPEN_BATCH, 3]);
    expect(() => lower({ y: build(x) }, { name: 'test' })).toThrow(
      new RegExp(`^${op}, built at .*lower\\.test\\.ts:.*: works along the batch`),
    );
  });
});
