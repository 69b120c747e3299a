import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRng } from '../../util/index.js';
import { readCheckpoint } from '../checkpoint.js';
import { initialParams, initialState } from '../initialise.js';
import { abortAt, bitsOf, data, hardened, model, options, shiftable } from '../train.fixture.js';
import { train } from '../train.js';
import type { SampleSet } from '../types.js';
import { learnOn } from './learn-on.js';
import { withReplay } from './update-samples.js';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'candlenet-online-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const part = ({ rows, classes }: SampleSet, from: number, to: number): SampleSet => ({
  rows: rows.slice(from, to),
  classes: classes.slice(from, to),
});
const old = part(data.train, 0, 700);
const arrived = part(data.train, 700, 900);
const weights = {
  params: initialParams(model.program.params, model.program.paramCount, 4),
  state: initialState(model.program.state, model.program.stateCount),
};
const online = { epochs: 1, learningRate: 0.001, replayShare: 0.5 };

describe('training that goes on from weights', () => {
  it('starts where they are: with no rate to speak of it ends there too', async () => {
    const still = { ...options, maxEpochs: 1, learningRate: 1e-30 };
    const { params } = await train(model, data, still, {}, weights);
    const furthest = (from: Float32Array) => Math.max(...from.map((value, i) => Math.abs(value - weights.params[i])));
    expect(furthest(params)).toBeLessThan(1e-25);
    expect(furthest((await train(model, data, still)).params)).toBeGreaterThan(0.1);
  });

  it('resumes with the bits of one that never stopped, and knows its checkpoint by the weights', async () => {
    const whole = await train(model, data, options, {}, weights);
    const checkpoint = { directory };
    const controller = new AbortController();
    const hooks = { checkpoint, signal: controller.signal, progress: abortAt(controller, 2) };
    await expect(train(model, data, options, hooks, weights)).rejects.toMatchObject({ code: 'INTERRUPTED' });
    const other = { ...weights, params: weights.params.map((value) => value / 2) };
    await expect(train(model, data, options, { checkpoint }, other)).rejects.toMatchObject({ code: 'RUN_MISMATCH' });
    await expect(train(model, data, options, { checkpoint })).rejects.toMatchObject({ code: 'RUN_MISMATCH' });
    expect(bitsOf(await train(model, data, options, { checkpoint }, weights))).toEqual(bitsOf(whole));
    expect(() => readCheckpoint(directory, 'another')).toThrow(/checkpoint of run/);
  });

  it('refuses the weights of another network, and those that are not finite', async () => {
    const short = { ...weights, params: weights.params.slice(1) };
    await expect(train(model, data, options, {}, short)).rejects.toMatchObject({ code: 'GRAPH_INVALID' });
    const broken = { ...weights, params: weights.params.map((value, i) => (i === 3 ? Number.NaN : value)) };
    await expect(train(model, data, options, {}, broken)).rejects.toMatchObject({ code: 'TRAINING_DIVERGED' });
  });
});

describe('an update', () => {
  it('learns what arrived, without forgetting what it is shown again', async () => {
    const known = { weights, seen: old };
    const first = await learnOn(model, data, known, arrived, options, { ...online, learningRate: 0.01 }, 18_000, {});
    expect([first?.arrived, first?.replayed, first?.seen.rows.length]).toEqual([200, 200, 900]);
    expect(first?.trained.history).toHaveLength(1);
    const [record] = first?.trained.history ?? [];
    expect([record.samples, record.learningRate]).toEqual([384, 0.01]);
    // Its loss falls below that of knowing nothing but three classes.
    expect(record.validationLoss).toBeLessThan(Math.log(3));
    const again = await learnOn(model, data, known, arrived, options, { ...online, learningRate: 0.01 }, 18_000, {});
    expect(again?.weights.params).toEqual(first?.weights.params);
    const other = await learnOn(model, data, known, arrived, options, { ...online, learningRate: 0.01 }, 18_001, {});
    expect(other?.weights.params).not.toEqual(first?.weights.params);
  });

  it('waits while there is not one batch', async () => {
    const few = part(data.train, 700, 715);
    expect(await learnOn(model, data, { weights, seen: old }, few, options, online, 18_000, {})).toBeNull();
    const filled = { ...online, replayShare: 0.6 };
    expect(await learnOn(model, data, { weights, seen: old }, few, options, filled, 18_000, {})).toMatchObject({
      arrived: 15,
    });
  });

  it('works with every training option on, moved windows and adversarial examples included', async () => {
    const shifts = { ...part(data.train, 700, 900), maxShift: shiftable.train.maxShift?.slice(700, 900) };
    const seen = { ...old, maxShift: shiftable.train.maxShift?.slice(0, 700) };
    const settings = { ...options, timeShift: { maxSessions: 2 }, mixup: { alpha: 0.2 }, noise: { sigma: 0.1 } };
    const outcome = await learnOn(hardened, shiftable, { weights, seen }, shifts, settings, online, 18_000, {});
    expect(outcome?.seen.maxShift).toHaveLength(900);
  });
});

describe('replay', () => {
  it('draws its share without repetition, with the seed', () => {
    const draw = (seed: number, share: number) => withReplay(arrived, old, share, createRng(seed)).rows.slice(200);
    expect(draw(1, 0.5)).toHaveLength(200);
    expect(draw(1, 0.2)).toHaveLength(50);
    expect(draw(1, 0)).toHaveLength(0);
    // No more than there are.
    expect([...draw(1, 0.9)]).toEqual([...old.rows]);
    expect(new Set(draw(1, 0.5)).size).toBe(200);
    expect([...draw(1, 0.5)].every((row) => old.rows.includes(row))).toBe(true);
    expect(draw(1, 0.5)).toEqual(draw(1, 0.5));
    expect(draw(2, 0.5)).not.toEqual(draw(1, 0.5));
    expect(() => draw(1, 1)).toThrow(/replayShare/);
  });

  it('keeps each number with its row, where the label is one', () => {
    const numbered = (set: SampleSet): SampleSet => ({
      ...set,
      targets: Float32Array.from(set.rows, (row) => row / 7),
    });
    const { rows, targets } = withReplay(numbered(arrived), numbered(old), 0.5, createRng(4));
    expect(targets).toEqual(Float32Array.from(rows, (row) => row / 7));
    expect(rows).toHaveLength(400);
    expect(withReplay(arrived, numbered(old), 0.5, createRng(4)).targets).toBeUndefined();
  });
});
