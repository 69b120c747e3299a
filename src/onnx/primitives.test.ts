import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as t from '../tensor/index.js';
import * as oracle from './oracle.fixture.js';
import {
  type Dense,
  evaluate,
  expectClose,
  expectDirectionalGradient,
  expectGradients,
  normalArray,
} from './run-graph.fixture.js';

interface Example {
  readonly shapes: readonly t.Shape[];
  readonly build: (...inputs: t.Tensor[]) => t.Tensor;
  readonly oracle: (...inputs: Dense[]) => Dense;
}

/** No array of an example is larger than this: the oracles are plain loops. */
const MOST = 4096;

/** The same shape with leading axes shrunk to 1 until it is no larger than `most`. */
function bounded(s: readonly number[], most = MOST): number[] {
  const fit = [...s];
  for (let axis = 0; t.sizeOf(fit) > most; axis++) fit[axis] = 1;
  return fit;
}

const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);

/** A number away from 0, of either sign. */
const awayFromZero = (x: t.Tensor) => t.mul(x, t.add(1, t.div(1, t.square(x))));
const away = (x: number) => x * (1 + 1 / (x * x));

const cube = (x: number) => x * x * x;

type UnaryCase = readonly [build: (x: t.Tensor) => t.Tensor, f: (x: number) => number];
type BinaryCase = readonly [build: (a: t.Tensor, b: t.Tensor) => t.Tensor, f: (a: number, b: number) => number];

const UNARY = {
  neg: [t.neg, (x) => -x],
  exp: [t.exp, Math.exp],
  log: [(x) => t.log(t.add(t.square(x), 0.1)), (x) => Math.log(x * x + 0.1)],
  sqrt: [(x) => t.sqrt(t.add(t.square(x), 0.1)), (x) => Math.sqrt(x * x + 0.1)],
  sigmoid: [t.sigmoid, (x) => 1 / (1 + Math.exp(-x))],
  tanh: [t.tanh, Math.tanh],
  relu: [t.relu, (x) => Math.max(x, 0)],
  custom: [(x) => t.withDerivative('cube', t.mul(x, t.square(x)), [x], (g) => [t.mul(g, t.mul(3, t.square(x)))]), cube],
} as const satisfies Record<string, UnaryCase>;

const BINARY = {
  add: [t.add, (a, b) => a + b],
  sub: [t.sub, (a, b) => a - b],
  mul: [t.mul, (a, b) => a * b],
  div: [(a, b) => t.div(a, awayFromZero(b)), (a, b) => a / away(b)],
  max: [t.max, Math.max],
  greater: [(a, b) => t.where(t.greater(a, b), t.square(a), b), (a, b) => (a > b ? a * a : b)],
  indicator: [(a, b) => t.mul(t.indicator(t.greater(a, b), a), a), (a, b) => (a > b ? a : 0)],
} as const satisfies Record<string, BinaryCase>;

const WHERE: Pick<Example, 'build' | 'oracle'> = {
  build: (a, b, c, d) => t.where(t.greater(a, b), t.add(a, c), t.mul(b, d)),
  oracle: (a, b, c, d) => oracle.zip((p, q, r, s) => (p > q ? p + r : q * s), a, b, c, d),
};

const unaryOf = ([build, f]: UnaryCase) => ({ build, oracle: (x: Dense) => oracle.zip(f, x) });
const binaryOf = ([build, f]: BinaryCase) => ({ build, oracle: (a: Dense, b: Dense) => oracle.zip(f, a, b) });

type Examples = { readonly [P in Exclude<t.Primitive, 'stopGradient'>]: fc.Arbitrary<Example> };

/** Examples of every primitive whose axes have lengths drawn from `length`. */
function examplesOf(length: fc.Arbitrary<number>): Examples {
  const shape = (minLength: number) => fc.array(length, { minLength, maxLength: 3 }).map((s) => bounded(s));

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
  const unary = (of: UnaryCase) => shape(0).map((s): Example => ({ shapes: [s], ...unaryOf(of) }));
  const binary = (of: BinaryCase) => broadcasting(2).map((shapes): Example => ({ shapes, ...binaryOf(of) }));

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

  return {
    neg: unary(UNARY.neg),
    exp: unary(UNARY.exp),
    log: unary(UNARY.log),
    sqrt: unary(UNARY.sqrt),
    sigmoid: unary(UNARY.sigmoid),
    tanh: unary(UNARY.tanh),
    relu: unary(UNARY.relu),
    custom: unary(UNARY.custom),
    add: binary(BINARY.add),
    sub: binary(BINARY.sub),
    mul: binary(BINARY.mul),
    div: binary(BINARY.div),
    max: binary(BINARY.max),
    greater: binary(BINARY.greater),
    indicator: binary(BINARY.indicator),
    where: broadcasting(4).map((shapes) => ({ shapes, ...WHERE })),
    matmul: fc
      .tuple(fc.array(length, { maxLength: 2 }), length, length, length, fc.boolean(), fc.boolean())
      .map(([lead, m, k, n, transA, transB]) => {
        const few = bounded(lead, Math.max(1, Math.floor((8 * MOST) / (m * k * n))));
        return {
          shapes: [
            [...few, ...(transA ? [k, m] : [m, k])],
            [...few, ...(transB ? [n, k] : [k, n])],
          ],
          build: (a, b) => t.matmul(a, b, { transA, transB }),
          oracle: (a, b) => oracle.matmul(a, b, transA, transB),
        };
      }),
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
      .chain(([s, axis]) =>
        fc.tuple(fc.constant(s), fc.constant(axis), fc.array(length, { minLength: 1, maxLength: 3 })),
      )
      .map(([s, axis, lengths]) => ({
        shapes: lengths.map((l) => bounded(s.with(axis, 1), MOST / 129).with(axis, l)),
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
    takeRows: fc
      .tuple(length, length)
      .map((s) => bounded(s))
      .chain((s) => {
        const rows = fc.array(fc.integer({ min: -1, max: s[0] - 1 }), { minLength: 1, maxLength: 20 });
        return fc.tuple(fc.constant(s), rows);
      })
      .map(([s, rows]) => ({
        shapes: [s],
        build: (x) => t.takeRows(x, rows),
        oracle: (x) =>
          oracle.generate([rows.length, s[1]], ([i, c]) => (rows[i] < 0 ? 0 : oracle.read(x, [rows[i], c]))),
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
}

/** Lengths where broadcasting and reductions have their edges. */
const SMALL = examplesOf(fc.constantFrom(1, 2, 3, 5));
/** Lengths past the width of any vector register or loop that a kernel unrolls, odd ones among them. */
const LARGE = examplesOf(fc.constantFrom(1, 17, 64, 129));

/** float32 keeps 24 bits; a sum over 129 of them loses some four more. */
const FLOAT32_TOLERANCE = 2 ** -19;

const rounded = ({ shape, data }: Dense): Dense => ({ shape, data: data.map(Math.fround) });

const PRIMITIVES = Object.keys(SMALL) as (keyof Examples)[];

describe.each(PRIMITIVES)('%s', (name) => {
  const arraysOf = ({ shapes }: Example) => shapes.map((s, i) => normalArray(s, name, i, ...s));
  const check = (examples: Examples, numRuns: number, property: (example: Example) => Promise<void>) =>
    fc.assert(fc.asyncProperty(examples[name], property), { seed: 20260101, numRuns });

  it('computes what its definition says', () =>
    check(SMALL, 12, async (example) => {
      const arrays = arraysOf(example);
      expectClose(await evaluate(example.build, arrays), example.oracle(...arrays), 1e-14, name);
    }));

  it('has the derivative that central differences find', () =>
    check(SMALL, 6, (example) => expectGradients(example.build, arraysOf(example))));

  it('computes the same of large arrays', () =>
    check(LARGE, 8, async (example) => {
      const arrays = arraysOf(example);
      expectClose(await evaluate(example.build, arrays), example.oracle(...arrays), 1e-12, name);
    }));

  it('has the derivative of large arrays, along a random direction', () =>
    check(LARGE, 8, (example) => expectDirectionalGradient(example.build, arraysOf(example))));

  it('computes in float32 what float64 does, to its precision', () =>
    check(LARGE, 6, async (example) => {
      const arrays = arraysOf(example).map(rounded);
      const found = await evaluate(example.build, arrays, 'float32');
      expectClose(found, example.oracle(...arrays), FLOAT32_TOLERANCE, name);
    }));
});

describe('broadcasting', () => {
  /** A number, a row, a column, two that stretch each other, and ranks that differ by one, two and three. */
  const PAIRS: readonly (readonly [t.Shape, t.Shape])[] = [
    [[], [3, 1, 5]],
    [[5], [2, 3, 5]],
    [
      [3, 1],
      [1, 5],
    ],
    [
      [2, 1, 1],
      [3, 1],
    ],
    [[1], [1, 1]],
    [[1, 3, 1], [5]],
  ];
  const cases = (Object.keys(BINARY) as (keyof typeof BINARY)[]).flatMap((op) =>
    PAIRS.flatMap(([a, b]) => [[op, a, b] as const, [op, b, a] as const]),
  );

  it.each(cases)('%s of [%s] and [%s], and its derivative', async (op, a, b) => {
    const { build, oracle: expected } = binaryOf(BINARY[op]);
    const arrays = [normalArray(a, op, 'a'), normalArray(b, op, 'b')];
    expectClose(await evaluate(build as Example['build'], arrays), expected(arrays[0], arrays[1]), 1e-14, op);
    await expectGradients(build as Example['build'], arrays);
  });

  it('where, with four ranks at once', async () => {
    const arrays = [[3, 1], [], [2, 1, 5], [5]].map((s, i) => normalArray(s, 'where', i));
    expectClose(await evaluate(WHERE.build, arrays), WHERE.oracle(...arrays), 1e-14, 'where');
    await expectGradients(WHERE.build, arrays);
  });
});

describe('the checks themselves', () => {
  const x = normalArray([17, 3], 'x');
  // x·stop(x) has the value of x² and half its derivative.
  const wrong = (a: t.Tensor) => t.mul(a, t.stopGradient(a));

  it('find a wrong derivative and a wrong value', async () => {
    await expect(expectGradients(wrong, [x])).rejects.toThrow(/derivative by x0/);
    await expect(expectDirectionalGradient(wrong, [x])).rejects.toThrow(/ for /);
    await expectGradients(t.square, [x]);
    await expectDirectionalGradient(t.square, [x]);
    const nudged = { ...x, data: x.data.with(50, x.data[50] + 1e-4) };
    expect(() => expectClose(nudged, x, FLOAT32_TOLERANCE, 'nudged')).toThrow(/nudged\[50\]/);
  });
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
