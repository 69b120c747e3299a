import { describe, expect, it } from 'vitest';
import { CandlenetError } from '../util/index.js';
import {
  add,
  broadcastTo,
  concat,
  Graph,
  gradients,
  log,
  logSoftmax,
  matmul,
  mul,
  neg,
  type Outputs,
  pad,
  print,
  reduceMean,
  reduceSum,
  relu,
  reshape,
  slice,
  split,
  standardMaxPool,
  stopGradient,
  type Tensor,
  transpose,
  verify,
} from './index.js';

function errorOf(work: () => unknown): CandlenetError {
  try {
    work();
  } catch (error) {
    if (error instanceof CandlenetError) return error;
    throw error;
  }
  throw new Error('expected an error');
}

describe('a graph', () => {
  it('prints as text, gradient and all, without dead code', () => {
    const graph = new Graph();
    const x = graph.input('x', [4, 3]);
    const target = graph.input('target', [4, 2]);
    const w = graph.input('w', [3, 2]);
    const b = graph.input('b', [2]);
    log(x);
    const loss = neg(reduceMean(reduceSum(mul(target, logSoftmax(add(matmul(x, w), b))), [1])));
    const [dw, db] = gradients(loss, [w, b]);
    expect(print({ loss, dw, db })).toMatchInlineSnapshot(`
      "x: float32[4,3]
      target: float32[4,2]
      w: float32[3,2]
      b: float32[2]
      %0: float32[4,2] = matmul(x, w)
      %1: float32[4,2] = add(%0, b)
      %2: float32[4,2] = logSoftmax(%1)
      %3: float32[4,2] = mul(target, %2)
      %4: float32[4] = reduceSum(%3) axes=[1]
      %5: float32[] = reduceSum(%4) axes=[0]
      %6: float32[] = mul(%5, 0.25)
      %7: float32[] = neg(%6)
      %8: float32[4,2] = mul(-0.25, target)
      %9: float32[4,2] = exp(%2)
      %10: float32[4,1] = reduceSum(%8) axes=[1] keepDims=true
      %11: float32[4,2] = mul(%9, %10)
      %12: float32[4,2] = sub(%8, %11)
      %13: float32[2] = reduceSum(%12) axes=[0]
      %14: float32[3,2] = matmul(x, %12) transA=true
      return loss=%7, dw=%14, db=%13
      "
    `);
  });

  it('builds the same operation on the same inputs once', () => {
    const graph = new Graph();
    const x = graph.input('x', [2]);
    expect(relu(x)).toBe(relu(x));
    expect(mul(x, 2)).not.toBe(mul(x, 3));
    expect(graph.constant(Number.NEGATIVE_INFINITY, 'float32')).not.toBe(graph.constant(Number.NaN, 'float32'));
  });

  it('leaves out what changes nothing', () => {
    const x = new Graph().input('x', [2, 3]);
    expect(mul(x, 1)).toBe(x);
    expect(add(0, x)).toBe(x);
    expect(neg(neg(x))).toBe(x);
    expect(transpose(transpose(x))).toBe(x);
    expect(reshape(reshape(x, [6]), [2, 3])).toBe(x);
    expect(slice(x, 1, 0, 3)).toBe(x);
    expect(pad(x, 0, 0, 0)).toBe(x);
  });

  it('works before it stretches: a broadcast factor is never written out', () => {
    const graph = new Graph();
    const x = graph.input('x', [5, 3]);
    const row = graph.input('row', [3]);
    expect(mul(broadcastTo(row, [5, 3]), x)).toBe(mul(row, x));
    expect(add(broadcastTo(row, [5, 3]), 1).op).toBe('broadcastTo');
    expect(add(broadcastTo(row, [5, 3]), 1).shape).toEqual([5, 3]);
  });
});

describe('an unsound graph', () => {
  const x = new Graph().input('x', [2, 3]);

  it('is refused where it is built, naming op, shapes and the line', () => {
    const error = errorOf(() => matmul(x, x));
    expect(error.code).toBe('GRAPH_INVALID');
    expect(error.message).toMatch(
      /^matmul\(float32\[2,3\], float32\[2,3\]\), built at .*graph\.test\.ts:\d+:\d+: inner lengths 3 and 2 differ$/,
    );
  });

  it.each<[string, (graph: Graph) => unknown]>([
    ['shapes do not broadcast', (g) => add(g.input('a', [2]), g.input('b', [3]))],
    ['mixes number types', (g) => add(g.input('a', [2]), g.input('b', [2], 'float64'))],
    ['an input belongs to another graph', (g) => add(g.input('a', [2, 3]), x)],
    ['\\[7\\] does not hold 6 values', (g) => reshape(g.input('a', [6]), [7])],
    ['\\[2, 5\\) is not inside axis 0 of length 4', (g) => slice(g.input('a', [4]), 0, 2, 3)],
    ['has no axis 1', (g) => concat([g.input('a', [4]), g.input('b', [4])], 1)],
    ['lengths differ off axis 0', (g) => concat([g.input('a', [4, 1]), g.input('b', [4, 2])], 0)],
    ['\\[0,0\\] is no permutation', (g) => transpose(g.input('a', [2, 2]), [0, 0])],
    ['does not broadcast to \\[2\\]', (g) => broadcastTo(g.input('a', [3]), [2])],
    ['not distinct axes', (g) => reduceSum(g.input('a', [3]), [0, 0])],
    ['the name is taken', (g) => [g.input('a', [1]), g.input('a', [2])]],
    ['"2a" is not a name', (g) => g.input('2a', [1])],
    ['length below 1', (g) => g.input('a', [0])],
    ['not a scalar', (g) => gradients(g.input('a', [2]), [])],
    ['cannot pool 1 steps', (g) => standardMaxPool(g.input('a', [1, 1, 1]), 2)],
  ])('is refused: %s', (words, build) => {
    const error = errorOf(() => build(new Graph()));
    expect(error.code).toBe('GRAPH_INVALID');
    expect(error.message).toMatch(new RegExp(words));
  });

  it('has no derivative through a deployed layer', () => {
    const graph = new Graph();
    const a = graph.input('a', [1, 1, 4]);
    expect(errorOf(() => gradients(reduceSum(standardMaxPool(a, 2)), [a])).message).toMatch(/maxPool.*no derivative/);
  });

  it('is caught by verify, whoever made it', () => {
    const graph = new Graph();
    const a = graph.input('a', [2]);
    const forged = (change: object): Outputs => ({ y: { ...relu(a), ...change } as Tensor });
    expect(() => verify({ y: relu(a) })).not.toThrow();
    expect(() => verify(forged({ shape: [3] }))).toThrow(/relu\(float32\[2\]\) → float32\[3\].*should be float32\[2\]/);
    expect(() => verify(forged({ id: 0 }))).toThrow(/uses a tensor built after it/);
    expect(() => verify(forged({ graph: new Graph() }))).toThrow(/another graph/);
  });
});

describe('derivatives that meet at one tensor', () => {
  it('are joined, not padded and added, where they tile it', () => {
    const graph = new Graph();
    const x = graph.input('x', [3, 2]);
    const [a, b] = split(x, 0, [1, 2]);
    const loss = add(reduceSum(mul(a, a)), reduceSum(b));
    expect(print({ dx: gradients(loss, [x])[0] })).toMatchInlineSnapshot(`
      "x: float32[3,2]
      %0: float32[1,2] = slice(x) axis=0 start=0 length=1
      %1: float32[2,2] = broadcastTo(1)
      %2: float32[1,2] = mul(2, %0)
      %3: float32[3,2] = concat(%2, %1) axis=0
      return dx=%3
      "
    `);
  });

  it('are zeros where the loss does not depend on it', () => {
    const a = new Graph().input('a', [2, 3]);
    expect(print({ da: gradients(reduceSum(stopGradient(a)), [a])[0] })).toBe(
      '%0: float32[2,3] = broadcastTo(0)\nreturn da=%0\n',
    );
  });

  it('of a recurrence’s weight are one product', () => {
    const graph = new Graph();
    const [h0, w] = [graph.input('h0', [4, 3]), graph.input('w', [3, 3])];
    const h1 = relu(matmul(h0, w));
    const h2 = relu(matmul(h1, w));
    const text = print({ dw: gradients(reduceSum(h2), [w])[0] });
    expect(text.match(/matmul\(.*transA=true/g)).toHaveLength(1);
  });
});
