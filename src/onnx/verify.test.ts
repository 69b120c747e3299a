import { describe, expect, it } from 'vitest';
import { add, Graph, gradients, matmul, reduceSum, relu, type Tensor, withDerivative } from '../tensor/index.js';
import { lower, lowerTrainingProgram } from './index.js';
import { ModelWriter } from './model-writer.js';

/** A graph with a node in its middle that is not what its operation gives. */
function corrupted(change: object): { w: Tensor; x: Tensor; loss: Tensor } {
  const graph = new Graph();
  const [x, w] = [graph.input('x', [2, 3]), graph.input('w', [3, 3])];
  const forged = { ...matmul(x, w), ...change } as Tensor;
  return { w, x, loss: reduceSum(relu(forged)) };
}

const CORRUPTIONS: readonly (readonly [string, object, RegExp])[] = [
  ['a shape', { shape: [2, 4] }, /matmul\(float32\[2,3\], float32\[3,3\]\) → float32\[2,4\].*should be float32\[2,3\]/],
  ['a number type', { dtype: 'float64' }, /→ float64\[2,3\].*should be float32\[2,3\]/],
  ['an attribute', { attributes: { transA: true, transB: false } }, /inner lengths 2 and 3 differ/],
  ['the order', { id: 0 }, /uses a tensor built after it/],
];

describe.each(CORRUPTIONS)('a graph corrupted in %s', (_, change, words) => {
  const code = expect.objectContaining({ code: 'GRAPH_INVALID', message: expect.stringMatching(words) });
  const thrown = (work: () => unknown): unknown => {
    try {
      work();
    } catch (error) {
      return error;
    }
    return null;
  };

  it('is refused by differentiation', () => {
    const { loss, w } = corrupted(change);
    expect(thrown(() => gradients(loss, [w]))).toEqual(code);
  });

  it('is refused by lowering, as a graph and as a training program', () => {
    const { loss, x } = corrupted(change);
    expect(thrown(() => lower({ loss }, { name: 'test' }))).toEqual(code);
    const [params, state, statistics, random] = [[], [], [], []];
    const program = {
      modelName: 'test',
      x,
      target: x,
      loss,
      logits: x,
      params,
      gradients: [],
      state,
      statistics,
      random,
    };
    expect(thrown(() => lowerTrainingProgram(program))).toEqual(code);
  });

  it('names the line it was built on', () => {
    const { loss } = corrupted(change);
    expect(String(thrown(() => lower({ loss }, { name: 'test' })))).toMatch(/built at .*verify\.test\.ts:\d+:\d+/);
  });
});

describe('a derivative written by hand', () => {
  const [x, b] = (() => {
    const graph = new Graph();
    return [graph.input('x', [2, 3]), graph.input('b', [3])];
  })();
  const slopeOf = (of: (g: Tensor) => readonly (Tensor | null)[]) =>
    gradients(reduceSum(withDerivative('mine', add(x, b), [x, b], of)), [x, b]);

  it('has the type of what it is taken by', () => {
    expect(slopeOf((g) => [g, reduceSum(g, [0])]).map(({ shape }) => shape)).toEqual([[2, 3], [3]]);
    expect(() => slopeOf((g) => [g, g])).toThrow(
      /custom\(.*float32\[3\]\), built at .*verify\.test\.ts.*: derivative 2 is float32\[2,3\], should be float32\[3\]/,
    );
    expect(() => slopeOf((g) => [g])).toThrow(/2 derivatives for 3 inputs/);
  });
});

describe('what is written', () => {
  it('reads nothing that was not written before, and writes nothing twice', () => {
    const writer = new ModelWriter();
    writer.input('x', 'float32', [2]);
    writer.node('Relu', ['x'], ['y']);
    expect(() => writer.node('Relu', ['z'], ['u'])).toThrow('Relu: reads the value "z", which nothing has written');
    expect(() => writer.node('Neg', ['x'], ['y'])).toThrow('Neg: the value "y" is written twice');
    expect(() => writer.output('v', 'float32', [2])).toThrow('output: reads the value "v"');
  });

  it('is the same bytes for the same graph', () => {
    const build = () => {
      const graph = new Graph();
      const [x, w, b] = [graph.input('x', [4, 3]), graph.input('w', [3, 2]), graph.input('b', [2])];
      const loss = reduceSum(relu(add(matmul(x, w), b)));
      return lower({ loss, dw: gradients(loss, [w])[0] }, { name: 'test' });
    };
    expect(build()).toEqual(build());
  });
});
