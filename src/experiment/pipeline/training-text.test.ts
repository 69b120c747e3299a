import { expect, it } from 'vitest';
import { parseConfig } from '../config/load.js';
import { describeTraining } from './training-text.js';

const textOf = (training: object, rest: object = {}) => {
  const split = {
    train: ['2016-01-04', '2016-12-30'],
    validate: ['2017-01-02', '2017-05-31'],
    test: ['2017-06-01', '2017-10-31'],
  };
  return describeTraining(parseConfig({ market: { store: 'a', index: 'b' }, split, training, ...rest }, 'test'));
};

it('says what the defaults do and nothing of what is off', () => {
  expect(textOf({})).toBe(
    'Adam (β 0.9 and 0.999, ε 1e-8), rate 0.001, times 0.5 every 5 epochs; batches of 64; gradient clipped to norm 1',
  );
});

it('says everything that is on', () => {
  const text = textOf({
    optimiser: { kind: 'adamw', decayed: 'kernels' },
    schedule: { kind: 'cosine', finalRate: 0.0001 },
    warmUp: { length: 1, unit: 'epochs' },
    clipNorm: null,
    labelSmoothing: 0.1,
    classWeights: [2, 1, 2],
    mixup: { alpha: 0.2 },
    noise: { sigma: 0.05 },
    timeShift: { maxSessions: 2 },
    adversarial: { epsilon: 0.02 },
  });
  expect(text.split('; ')).toEqual([
    'AdamW (β 0.9 and 0.999, ε 1e-8), weight decay 0.01 on kernels only, rate 0.001, along a cosine to 0.0001 over 200 epochs, rising from 1 % of it over the first 1 epoch',
    'batches of 64',
    'label smoothing 0.1',
    'class weights 2 : 1 : 2 (buy : hold : sell)',
    'mixup with α 0.2',
    'normal noise of 0.05 deviations on the inputs',
    'windows up to 2 sessions earlier',
    'fast-gradient-sign examples of 0.02 deviations with weight 0.5',
  ]);
  expect(textOf({ optimiser: { kind: 'sgd', nesterov: true }, classWeights: 'balanced' })).toMatch(
    /^SGD with Nesterov momentum 0\.9, rate .*; balanced class weights$/,
  );
});

it('says what loss a number is forecast by', () => {
  expect(textOf({}, { label: { kind: 'return' } })).toMatch(/^Huber’s loss \(δ 1\) of the standardised label; Adam/);
  expect(textOf({}, { label: { kind: 'rank' } })).toMatch(/^mean squared error of the standardised label; Adam/);
  expect(textOf({ loss: 'mse' }, { label: { kind: 'return' } })).toMatch(/^mean squared error/);
});
