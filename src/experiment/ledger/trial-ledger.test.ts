import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseDay } from '../../util/index.js';
import { type Trial, trialId } from './trial.js';
import { readLedger, recordTrials } from './trial-ledger.js';

let runs: string;
beforeEach(() => {
  runs = mkdtempSync(join(tmpdir(), 'candlenet-ledger-'));
});
afterEach(() => rmSync(runs, { recursive: true }));

const market = { contentHash: 'h', path: '/stores/csi300', synthetic: false };
const dates = Int32Array.of(parseDay('2022-01-04'), parseDay('2022-01-05'), parseDay('2022-01-06'));

const trial = (more: Partial<Trial> = {}): Trial => ({
  source: 'csi300-1f2e3d4c',
  kind: 'run',
  experiment: 'e1',
  config: 'c1',
  strategy: 'cnn-lstm',
  role: 'subject',
  market,
  judged: [dates[0], dates[2]],
  dates,
  returns: Float64Array.of(0.1 + 0.2, -1 / 3, 5e-324),
  score: null,
  ...more,
});

const file = (of: Trial) => join(runs, 'trials', `${trialId(of)}.json`);

describe('the trial ledger', () => {
  it('gives back the very bits it was given', () => {
    recordTrials(runs, [trial()]);
    expect(readLedger(runs, market)).toEqual({ trials: [trial()], damaged: [] });
    expect(JSON.parse(readFileSync(file(trial()), 'utf8'))).toMatchObject({
      dates: ['2022-01-04', '2022-01-05', '2022-01-06'],
    });
  });

  it('is empty where nothing was tried', () => {
    expect(readLedger(join(runs, 'none'), market)).toEqual({ trials: [], damaged: [] });
  });

  it('counts a strategy of an experiment once, however often it is run, and never changes it', () => {
    recordTrials(runs, [trial()]);
    const before = readFileSync(file(trial()), 'utf8');
    recordTrials(runs, [trial({ source: 'csi300-1f2e3d4c.2', returns: Float64Array.of(0, 0, 0) })]);
    expect(readFileSync(file(trial()), 'utf8')).toBe(before);
    recordTrials(runs, [trial({ experiment: 'e2' }), trial({ strategy: 'momentum', role: 'baseline' })]);
    expect(readdirSync(join(runs, 'trials'))).toHaveLength(3);
  });

  it('keeps apart what differs in its name alone, whatever the name', () => {
    recordTrials(runs, [trial({ strategy: '../我的 Model' }), trial({ strategy: '../你的 Model' })]);
    expect(
      readLedger(runs, market)
        .trials.map(({ strategy }) => strategy)
        .sort(),
    ).toEqual(['../你的 Model', '../我的 Model']);
  });

  it('holds a candidate that was judged by a score alone', () => {
    const scored = trial({
      kind: 'search',
      dates: new Int32Array(),
      returns: new Float64Array(),
      score: { name: 'accuracy', value: 0.41 },
    });
    recordTrials(runs, [scored]);
    expect(readLedger(runs, market).trials).toEqual([scored]);
  });

  it('tells markets apart: a real store extended or moved is the same, a synthetic one of another seed is not', () => {
    recordTrials(runs, [trial()]);
    const found = (of: Partial<Trial['market']>) => readLedger(runs, { ...market, ...of }).trials.length;
    expect(found({ contentHash: 'extended' })).toBe(1);
    expect(found({ path: '/moved' })).toBe(1);
    expect(found({ contentHash: 'other', path: '/other' })).toBe(0);
    expect(found({ contentHash: 'other seed', synthetic: true })).toBe(0);
  });

  it('passes over damaged records, names them, and writes such a trial anew', () => {
    recordTrials(runs, [trial(), trial({ experiment: 'e2' }), trial({ experiment: 'e3' })]);
    const changed = trial({ experiment: 'e2' });
    writeFileSync(file(trial()), '{"schemaVersion":1,');
    writeFileSync(file(changed), readFileSync(file(changed), 'utf8').replace('-0.333', '+0.333').replace('+0', '0'));
    const ledger = readLedger(runs, market);
    expect(ledger.trials.map(({ experiment }) => experiment)).toEqual(['e3']);
    expect([...ledger.damaged].sort()).toEqual([file(trial()), file(changed)].sort());
    recordTrials(runs, [trial()]);
    expect(readLedger(runs, market).damaged).toEqual([file(changed)]);
  });

  it('refuses what is no record of days', () => {
    const refused = (more: Partial<Trial>) => () => recordTrials(runs, [trial(more)]);
    expect(refused({ returns: Float64Array.of(0, 0) })).toThrow(/trial of cnn-lstm: found 2 returns for 3 days/);
    expect(refused({ returns: Float64Array.of(0, Number.NaN, 0) })).toThrow(/found NaN on 2022-01-05/);
    expect(refused({ judged: [dates[1], dates[2]] })).toThrow(
      /found a return of 2022-01-04, expected days from 2022-01-05/,
    );
    expect(refused({ judged: [dates[2], dates[0]] })).toThrow(/found days 2022-01-06 … 2022-01-04/);
    expect(refused({ dates: dates.slice().reverse() })).toThrow(
      /found 2022-01-05 after 2022-01-06, expected days that ascend/,
    );
    expect(readLedger(runs, market).trials).toEqual([]);
  });
});
