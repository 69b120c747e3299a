import { describe, expect, it } from 'vitest';
import { Graph } from '../tensor/index.js';
import { batchNorm, dense, Scope, sequenceOf } from './index.js';

const fresh = (mode: 'training' | 'evaluation' | 'deployment') => new Scope(new Graph(), { mode });

describe('a scope', () => {
  it('names what its children declare by their path', () => {
    const scope = fresh('training');
    dense(scope.child('block').child('dense'), scope.graph.input('x', [2, 3]), 4);
    expect(scope.params.map(({ name }) => name)).toEqual(['block.dense.kernel', 'block.dense.bias']);
  });

  it('refuses a name that is taken', () => {
    const scope = fresh('training');
    const x = scope.graph.input('x', [2, 3]);
    dense(scope.child('a'), x, 4);
    expect(() => dense(scope.child('a'), x, 4)).toThrow(
      /input "a\.kernel", built at .*scope\.test\.ts.*: the name is taken/,
    );
  });

  it.each(['training', 'evaluation', 'deployment'] as const)('declares the same slots for %s', (mode) => {
    const scope = fresh(mode);
    batchNorm(scope.child('norm'), sequenceOf(scope, scope.graph.input('x', [2, 5, 3])));
    expect(scope.params.map(({ name, offset }) => [name, offset])).toEqual([
      ['norm.scale', 0],
      ['norm.shift', 3],
    ]);
    expect(scope.state.map(({ name, offset }) => [name, offset])).toEqual([
      ['norm.mean', 0],
      ['norm.variance', 3],
    ]);
  });

  it('has statistics of a batch only while training', () => {
    const statistics = (mode: 'training' | 'evaluation') => {
      const scope = fresh(mode);
      batchNorm(scope.child('norm'), sequenceOf(scope, scope.graph.input('x', [2, 5, 3])));
      return scope.statistics.map(({ shape }) => shape);
    };
    expect(statistics('training')).toEqual([[3], [3]]);
    expect(() => statistics('evaluation')).toThrow(/"norm\.mean" has no value of the batch/);
  });
});
