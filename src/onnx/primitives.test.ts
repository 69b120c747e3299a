import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as t from '../tensor/index.js';
import * as oracle from './oracle.fixture.js';
import { type Dense, evaluate, expectClose, expectGradients, normalArray } from './run-graph.fixture.js';

interface Example {
  readonly shapes: readonly t.Shape[];
  readonly build: (...inputs: t.Tensor[]) => t.Tensor;
  readonly oracle: (...inputs: Dense[]) => Dense;
}

/** Odd lengths, and 1, where broadcasting and reductions have their edges. */
const length = fc.constantFrom(1, 2, 3, 5);
const shape = (minLength: number) => fc.array(length, { minLength, maxLength: 3 });

/** Shapes that broadcast together: any axis shrunk to 1, leading axes missing. */
const broadcasting = (count: number) =>
  fc
    .tuple(
      shape(0),
      fc.array(fc.tuple(fc.nat(3), fc.array(fc.boolean(), { minLength: 3, maxLength: 3 })), {
        minLength: count,
        maxLength: count,
      }),
    )
    .map(([full, changes]) =>
      changes.map(([dropped, shrunk]) =>
        full.map((l, axis) => (shrunk[axis] ? 1 : l)).slice(Math.min(dropped, full.length)),
      ),
    );

const withAxis = shape(1).chain((s) => fc.tuple(fc.constant(s), fc.nat(s.length - 1)));

const unary = (build: (x: t.Tensor) => t.Tensor, f: (x: number) => number): fc.Arbitrary<Example> =>
  shape(0).map((s) => ({ shapes: [s], build, oracle: (x) => oracle.zip(f, x) }));

const binary = (build: (a: t.Tensor, b: t.Tensor) => t.Tensor, f: (a: number, b: number) => number) =>
  broadcasting(2).map((shapes): Example => ({ shapes, build, oracle: (a, b) => oracle.zip(f, a, b) }));

/** A number away from 0, of either sign. */
const awayFromZero = (x: t.Tensor) => t.mul(x, t.add(1, t.div(1, t.square(x))));
const away = (x: number) => x * (1 + 1 / (x * x));

const reduction = (
  build: (x: t.Tensor, axes: readonly number[], options: t.ReduceOptions) => t.Tensor,
  f: (values: number[]) => number,
): fc.Arbitrary<Example> =>
  shape(1)
    .chain((s) =>
      fc.tuple(
        fc.constant(s),
        fc.subarray(
          s.map((_, axis) => axis),
          { minLength: 1 },
        ),
        fc.boolean(),
      ),
    )
    .map(([s, axes, keepDims]) => ({
      shapes: [s],
      build: (x) => build(x, axes, { keepDims }),
      oracle: (x) => oracle.reduce(x, axes, keepDims, f),
    }));

const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);

const EXAMPLES: { readonly [P in Exclude<t.Primitive, 'stopGradient'>]: fc.Arbitrary<Example> } = {
  neg: unary(t.neg, (x) => -x),
  exp: unary(t.exp, Math.exp),
  log: unary(
    (x) => t.log(t.add(t.square(x), 0.1)),
    (x) => Math.log(x * x + 0.1),
  ),
  sqrt: unary(
    (x) => t.sqrt(t.add(t.square(x), 0.1)),
    (x) => Math.sqrt(x * x + 0.1),
  ),
  sigmoid: unary(t.sigmoid, (x) => 1 / (1 + Math.exp(-x))),
  tanh: unary(t.tanh, Math.tanh),
  relu: unary(t.relu, (x) => Math.max(x, 0)),
  add: binary(t.add, (a, b) => a + b),
  sub: binary(t.sub, (a, b) => a - b),
  mul: binary(t.mul, (a, b) => a * b),
  div: binary(
    (a, b) => t.div(a, awayFromZero(b)),
    (a, b) => a / away(b),
  ),
  max: binary(t.max, Math.max),
  greater: binary(
    (a, b) => t.where(t.greater(a, b), t.square(a), b),
    (a, b) => (a > b ? a * a : b),
  ),
  where: broadcasting(4).map((shapes) => ({
    shapes,
    build: (a, b, c, d) => t.where(t.greater(a, b), t.add(a, c), t.mul(b, d)),
    oracle: (a, b, c, d) => oracle.zip((p, q, r, s) => (p > q ? p + r : q * s), a, b, c, d),
  })),
  matmul: fc
    .tuple(fc.array(length, { maxLength: 2 }), length, length, length, fc.boolean(), fc.boolean())
    .map(([lead, m, k, n, transA, transB]) => ({
      shapes: [
        [...lead, ...(transA ? [k, m] : [m, k])],
        [...lead, ...(transB ? [n, k] : [k, n])],
      ],
      build: (a, b) => t.matmul(a, b, { transA, transB }),
      oracle: (a, b) => oracle.matmul(a, b, transA, transB),
    })),
  reshape: shape(1).map((s) => ({
    shapes: [s],
    build: (x) => t.reshape(t.square(x), [1, t.sizeOf(s)]),
    oracle: (x) => ({ shape: [1, x.data.length], data: x.data.map((value) => value * value) }),
  })),
  transpose: shape(1)
    .chain((s) =>
      fc.tuple(
        fc.constant(s),
        fc.shuffledSubarray(
          s.map((_, i) => i),
          { minLength: s.length },
        ),
      ),
    )
    .map(([s, permutation]) => ({
      shapes: [s],
      build: (x) => t.transpose(x, permutation),
      oracle: (x) => oracle.transpose(x, permutation),
    })),
  concat: withAxis
    .chain(([s, axis]) => fc.tuple(fc.constant(s), fc.constant(axis), fc.array(length, { minLength: 1, maxLength: 3 })))
    .map(([s, axis, lengths]) => ({
      shapes: lengths.map((l) => s.with(axis, l)),
      build: (...parts) => t.concat(parts, axis),
      oracle: (...parts) => oracle.concat(parts, axis),
    })),
  slice: withAxis
    .chain(([s, axis]) => fc.tuple(fc.constant(s), fc.constant(axis), fc.nat(s[axis] - 1)))
    .chain(([s, axis, start]) =>
      fc.tuple(fc.constant({ s, axis, start }), fc.integer({ min: 1, max: s[axis] - start })),
    )
    .map(([{ s, axis, start }, count]) => ({
      shapes: [s],
      build: (x) => t.slice(x, axis, start, count),
      oracle: (x) => oracle.section(x, axis, start, count),
    })),
  pad: fc.tuple(withAxis, fc.nat(2), fc.nat(2)).map(([[s, axis], before, after]) => ({
    shapes: [s],
    build: (x) => t.pad(x, axis, before, after),
    oracle: (x) => oracle.section(x, axis, -before, before + s[axis] + after),
  })),
  broadcastTo: broadcasting(1).map(([s]) => {
    const to = [2, ...s.map((l) => (l === 1 ? 3 : l))];
    return {
      shapes: [s],
      build: (x) => t.broadcastTo(x, to),
      oracle: (x) => oracle.generate(to, (i) => oracle.read(x, i)),
    };
  }),
  reduceSum: reduction(t.reduceSum, sum),
  reduceMax: reduction(t.reduceMax, (values) => Math.max(...values)),
  softmax: shape(1).map((s) => ({ shapes: [s], build: t.softmax, oracle: oracle.softmax })),
  logSoftmax: shape(1).map((s) => ({
    shapes: [s],
    build: t.logSoftmax,
    oracle: (x) => oracle.zip(Math.log, oracle.softmax(x)),
  })),
};

describe.each(Object.entries(EXAMPLES))('%s', (name, examples) => {
  const arraysOf = ({ shapes }: Example) => shapes.map((s, i) => normalArray(s, name, i, ...s));
  const runs = { seed: 20260101, numRuns: 12 };

  it('computes what its definition says', () =>
    fc.assert(
      fc.asyncProperty(examples, async (example) => {
        const arrays = arraysOf(example);
        expectClose(await evaluate(example.build, arrays), example.oracle(...arrays), 1e-14, name);
      }),
      runs,
    ));

  it('has the derivative that central differences find', () =>
    fc.assert(
      fc.asyncProperty(examples, (example) => expectGradients(example.build, arraysOf(example))),
      { ...runs, numRuns: 6 },
    ));
});

describe('composed operations', () => {
  const x = normalArray([3, 5], 'x');
  const y = normalArray([3, 1], 'y');

  it('reduceMean averages, over all axes or some', async () => {
    const mean = (values: number[]) => sum(values) / values.length;
    expectClose(await evaluate((a) => t.reduceMean(a), [x]), oracle.reduce(x, [0, 1], false, mean), 1e-14, 'all');
    expectClose(await evaluate((a) => t.reduceMean(a, [0]), [x]), oracle.reduce(x, [0], false, mean), 1e-14, 'rows');
  });

  it('min is the smaller', async () => {
    expectClose(await evaluate(t.min, [x, y]), oracle.zip(Math.min, x, y), 0, 'min');
  });

  it('stopGradient passes the value and no derivative', async () => {
    const graph = new t.Graph();
    const a = graph.input('a', [2], 'float64');
    const product = t.reduceSum(t.mul(a, t.stopGradient(a)));
    expect(t.print({ d: t.gradients(product, [a])[0] })).toMatchInlineSnapshot(`
      "a: float64[2]
      %0: float64[2] = stopGradient(a)
      return d=%0
      "
    `);
  });

  it('a tie gives max’s derivative to the first, and reduceMax’s to both in halves', async () => {
    const tie: Dense = { shape: [2], data: [1, 1] };
    const derivative = (build: (a: t.Tensor, b: t.Tensor) => t.Tensor) =>
      evaluate((a, b) => t.concat(t.gradients(t.reduceSum(build(a, b)), [a, b]), 0), [tie, tie]);
    expect((await derivative(t.max)).data).toEqual([1, 1, 0, 0]);
    expect((await derivative((a, b) => t.reduceMax(t.mul(a, b)))).data).toEqual([0.5, 0.5, 0.5, 0.5]);
  });
});
