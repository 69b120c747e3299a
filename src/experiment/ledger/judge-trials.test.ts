import { describe, expect, it } from 'vitest';
import type { TrialsReport } from '../../report/index.js';
import { deflatedSharpe, sharpeEstimate, variance } from '../../stats/index.js';
import { createRng } from '../../util/index.js';
import { judgeTrials } from './judge-trials.js';
import type { CountedTrials } from './select-trials.js';
import type { Trial } from './trial.js';

const SESSIONS = 170;
const dates = Int32Array.from({ length: SESSIONS }, (_, t) => 100 + t);
const market = { contentHash: 'h', path: '/stores/csi300', synthetic: false };

function noise(name: string, drift = 0): Float64Array {
  const rng = createRng(3, name);
  return Float64Array.from({ length: SESSIONS }, () => drift + 0.01 * rng.normal());
}

function trial(strategy: string, returns: Float64Array, more: Partial<Trial> = {}): Trial {
  return {
    ...{ source: 'earlier', kind: 'run', experiment: strategy, config: strategy, strategy, role: 'subject', market },
    ...{ judged: [100, 100 + SESSIONS - 1], dates, returns, score: null },
    ...more,
  };
}

const record = (returns: Float64Array) => ({ dates, returns, turnover: null, costs: null, roundTrips: null });
const own = [trial('net', noise('net')), trial('momentum', noise('momentum'))];
const universe = noise('universe');

function judged(others: readonly Trial[], more: Partial<CountedTrials> = {}): TrialsReport {
  const strategies = [
    { role: 'subject', record: record(own[0].returns) },
    { role: 'universe', record: record(universe) },
    { role: 'benchmark', record: record(noise('index')) },
  ] as const;
  const basis = { sessionsPerYear: 252, rng: createRng(1, 'superior ability') };
  return judgeTrials({ own, others, elsewhere: 0, ...more }, strategies, basis);
}

const many = (count: number, of = (name: string) => noise(name)) =>
  Array.from({ length: count }, (_, i) => trial(`other ${i}`, of(`other ${i}`)));

describe('figures in the light of all that was tried', () => {
  it('deflate the Sharpe ratio by number and variance of the trials, as Bailey & López de Prado do', () => {
    const others = many(20);
    const { deflated, independent, sharpeDeviation, own: mine, others: theirs, aligned } = judged(others);
    expect([mine, theirs, aligned]).toEqual([2, 20, 22]);
    // Independent noise: the mean correlation is near 0, and 22 trials are worth nearly 22.
    expect(independent).toBeGreaterThan(20);
    const spread = variance([...own, ...others].map(({ returns }) => sharpeEstimate(returns).sharpe));
    expect(sharpeDeviation).toBeCloseTo(Math.sqrt(252 * spread), 12);
    const expected = deflatedSharpe(own[0].returns, { count: independent, variance: spread });
    expect(deflated.probability).toBe(expected.probability);
    expect(deflated.threshold).toBeCloseTo(Math.sqrt(252) * expected.threshold, 12);
  });

  it('raise the bar as more is tried, and count one idea tried often as little more than one', () => {
    const few = judged(many(3)).deflated;
    const lots = judged(many(18)).deflated;
    expect(lots.threshold).toBeGreaterThan(few.threshold);
    expect(lots.probability).toBeLessThan(few.probability);
    const same = many(18, (name) => noise('idea').map((value, t) => value + 0.02 * noise(name)[t]));
    expect(judged(same).independent).toBeLessThan(8);
  });

  it('count a trial that lacks some of the days or was judged by a score, though it is in no comparison by days', () => {
    const late = trial('late', noise('late').slice(9), { dates: dates.slice(9) });
    const scored = trial('scored', new Float64Array(), {
      dates: new Int32Array(),
      score: { name: 'accuracy', value: 0.4 },
    });
    const { aligned, others, independent } = judged([...many(3), late, scored]);
    expect([aligned, others]).toEqual([5, 5]);
    expect(independent).toBeGreaterThan(judged(many(3)).independent + 1.5);
  });

  it('name the trial that leads furthest, and tell luck from a lead', () => {
    const luck = judged(many(16)).superior;
    expect(luck?.p).toBeGreaterThan(0.05);
    const found = judged([...many(16), trial('found', noise('found', 0.004))]).superior;
    expect(found?.best).toBe('found (earlier)');
    expect(found?.p).toBeLessThan(0.01);
    expect(found?.realityCheckP).toBeLessThan(0.01);
  });

  it('give the probability of overfitting from ten trials and eighty sessions on', () => {
    expect(judged(many(7)).overfitting).toBeNull();
    const noisy = judged(many(16)).overfitting;
    expect(noisy?.blocks).toBe(16);
    expect(noisy?.probability).toBeGreaterThan(0.25);
    const skilled = judged([...many(16), trial('found', noise('found', 0.004))]).overfitting;
    expect(skilled?.probability).toBeLessThan(0.05);
  });

  it('leave undefined what does not vary', () => {
    const still = new Float64Array(SESSIONS);
    const strategies = [
      { role: 'subject', record: record(still) },
      { role: 'benchmark', record: record(still) },
    ] as const;
    const basis = { sessionsPerYear: 252, rng: createRng(1, 'superior ability') };
    const { deflated, deflatedLead, overfitting, superior, aligned, sharpeDeviation } = judgeTrials(
      { own: [trial('net', still)], others: [], elsewhere: 2 },
      strategies,
      basis,
    );
    expect([deflated.sharpe, deflated.probability, deflatedLead.probability, sharpeDeviation]).toEqual(
      Array(4).fill(Number.NaN),
    );
    expect([overfitting, superior, aligned]).toEqual([null, null, 0]);
  });
});
