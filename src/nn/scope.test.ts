import { describe, expect, it } from 'vitest';
import { Graph, reachable } from '../tensor/index.js';
import { CandlenetError } from '../util/index.js';
import { batchNorm, dense, dropout, Scope, sequenceOf } from './index.js';

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

  it.each(['evaluation', 'deployment'] as const)('gives running statistics again in %s', (mode) => {
    const scope = fresh(mode);
    const x = sequenceOf(scope, scope.graph.input('x', [2, 5, 3]));
    const first = batchNorm(scope.child('n'), x).value;
    // One graph builds the same operation on the same inputs once.
    expect(batchNorm(scope.again().child('n'), x).value).toBe(first);
    expect(scope.state.map(({ name }) => name)).toEqual(['n.mean', 'n.variance']);
    expect(() => scope.again().running('n.mean', 0, 0.1, [4], null)).toThrow(/"n\.mean" \[4\].*found float\[3\]/);
    expect(() => scope.again().running('m.mean', 0, 0.1, [3], null)).toThrow(/"m\.mean" \[3\].*found nothing/);
  });

  it('refuses a running statistic whose name is taken, or taking its name, also while training', () => {
    const constant = { kind: 'constant', value: 0 } as const;
    for (const mode of ['training', 'evaluation', 'deployment'] as const) {
      const scope = fresh(mode);
      const batch = scope.graph.input('batch', [3]);
      const running = (name: string) => scope.running(name, 0, 0.1, [3], batch);
      running('mean');
      scope.param('scale', [3], constant);
      for (const clash of [
        () => running('mean'),
        () => running('scale'),
        () => running('batch'),
        () => scope.param('mean', [3], constant),
        () => scope.dropoutMask('mean', [3], 0.5),
      ]) {
        expect(clash).toThrow(CandlenetError);
        expect(clash).toThrow(/: the name is taken/);
      }
      expect(scope.state.map(({ name }) => name)).toEqual(['mean']);
    }
    expect(() => fresh('training').again().running('mean', 0, 0.1, [3], null)).toThrow(/"mean" \[3\].*found nothing/);
  });

  it('builds the same layers again with the same parameters and masks, and records statistics of the first time', () => {
    const scope = fresh('training');
    const build = (own: Scope, name: string) => {
      const x = scope.graph.input(name, [2, 5, 3]);
      const normed = batchNorm(own.child('norm'), sequenceOf(own, x)).value;
      return dropout(own, dense(own.child('dense'), normed, 4), 0.5);
    };
    build(scope, 'x');
    const declared = [scope.params, scope.state, scope.random, scope.statistics];
    const second = build(scope.again(), 'other');
    expect([scope.params, scope.state, scope.random, scope.statistics]).toEqual(declared);
    const inputs = reachable([second]).flatMap((node) => (node.op === 'input' ? [node.attributes.name] : []));
    expect(inputs.sort()).toEqual(['dense.bias', 'dense.kernel', 'mask', 'norm.scale', 'norm.shift', 'other']);
    expect(() => dense(scope.again().child('other'), scope.graph.input('z', [2, 3]), 4)).toThrow(
      /"other\.kernel" \[3,4\], built a second time: found nothing from the first time/,
    );
    expect(() => dense(scope.again().child('dense'), scope.graph.input('y', [2, 3]), 5)).toThrow(
      /"dense\.kernel" \[3,5\], built a second time: found float\[3,4\]/,
    );
  });
});
