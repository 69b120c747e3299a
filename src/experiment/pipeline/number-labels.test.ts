import { describe, expect, it } from 'vitest';
import { parseConfig } from '../config/load.js';
import { describeLabel } from './labels.js';
import { checkNetwork, trainingOptionsOf } from './network.js';
import { fitTargetScale, standardised } from './target-scale.js';

const configOf = (changes: object) =>
  parseConfig(
    {
      market: { store: 'a', index: 'b' },
      split: {
        train: ['2016-01-04', '2016-12-30'],
        validate: ['2017-01-02', '2017-05-31'],
        test: ['2017-06-01', '2017-10-31'],
      },
      ...changes,
    },
    'test',
  );

describe('a label that is a number', () => {
  it.each([
    ['return', null, 'huber'],
    ['rank', null, 'mse'],
    ['return', 'mse', 'mse'],
    ['rank', 'huber', 'huber'],
  ])('%s with loss %s is trained by %s', (kind, loss, expected) => {
    const config = configOf({ label: { kind }, training: { loss } });
    expect(() => checkNetwork(config)).not.toThrow();
    expect(trainingOptionsOf(config).loss).toBe(expected);
  });

  it.each<[object, string]>([
    [
      { label: { kind: 'rank' }, training: { labelSmoothing: 0.1 } },
      'training.labelSmoothing: found 0.1, expected 0: a label that is a number has no classes',
    ],
    [
      { label: { kind: 'return' }, training: { classWeights: 'balanced' } },
      'training.classWeights: found "balanced", expected null: a label that is a number has no classes',
    ],
    [
      { label: { kind: 'return' }, portfolio: { policy: 'probability-weighted' } },
      'portfolio.policy: found "probability-weighted", expected a policy that needs no probabilities: a label of kind "return" is a number',
    ],
    [
      { label: { kind: 'rank' }, portfolio: { policy: 'black-litterman' } },
      'portfolio.policy: found "black-litterman", expected a policy that needs no probabilities',
    ],
    [
      { label: { kind: 'rank' }, baselines: { gradientBoosting: {} } },
      'baselines.gradientBoosting: found a model of classes, expected false: a label of kind "rank" is a number',
    ],
    [
      { label: { kind: 'quantile' }, training: { loss: 'mse' } },
      'training.loss: found "mse", expected null: a label of kind "quantile" has classes',
    ],
  ])('%o is refused', (changes, message) => {
    expect(() => checkNetwork(configOf(changes))).toThrow(message);
  });

  it('may be forecast by an ensemble, and by networks that learn on', () => {
    const config = configOf({ label: { kind: 'rank' }, ensemble: {}, online: {} });
    expect(() => checkNetwork(config)).not.toThrow();
  });

  it('has no classes to choose the number of', () => {
    expect(() => configOf({ label: { kind: 'return', classes: 2 } })).toThrow('classes');
    expect('loss' in trainingOptionsOf(configOf({}))).toBe(false);
  });

  it('is described with its span', () => {
    expect(describeLabel({ kind: 'return', horizonDays: 5 })).toBe(
      'return from the open of t+1 to the open of t+6, as a number',
    );
    expect(describeLabel({ kind: 'rank', horizonDays: 1 })).toMatch(
      /^rank of the return from the open of t\+1 to the open of t\+2/,
    );
  });

  it('is standardised by mean and population deviation, a constant one by its mean alone', () => {
    const targets = Float32Array.of(1, 2, 3, 6);
    const scale = fitTargetScale(targets);
    expect(scale).toEqual({ mean: 3, std: Math.sqrt(3.5) });
    expect(Array.from(standardised(targets, scale))).toEqual(
      [-2, -1, 0, 3].map((value) => Math.fround(value / Math.sqrt(3.5))),
    );
    expect(fitTargetScale(Float32Array.of(2, 2))).toEqual({ mean: 2, std: 1 });
  });
});
