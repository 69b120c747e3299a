import { describe, expect, it } from 'vitest';
import { parseDay } from '../../util/index.js';
import { PAPER_PRESET } from '../config/paper-preset.js';
import { interpolateNaively, withoutDelisted } from './as-written.js';
import { fitBudget, secondsOf } from './budget.js';
import { PUBLISHED_TABLE_3, VARIANTS } from './published.js';
import { configOf, PUBLISHED_OPTIMUM, searchSpan, splitOf } from './variants.js';

const work = { samples: 760_000, validation: 70_000, test: 140_000, samplesPerSecond: 6_000, secondsBeside: 30 };

describe('the budget', () => {
  it('does more with more hours, never more than there are, and says what is less than the paper’s', () => {
    const hours = [0.5, 1, 2, 4, 10, 40, 400];
    const chosen = hours.map((h) => fitBudget(h, work));
    const passes = chosen.map(({ budget }) => (budget.samplesPerEpoch ?? work.samples) * budget.maxEpochs);
    expect(passes).toEqual([...passes].sort((a, b) => a - b));
    expect(new Set(passes).size).toBeGreaterThan(4);
    chosen.forEach(({ budget, seconds }, i) => {
      expect(seconds).toBe(secondsOf(budget, work));
      if (i > 0) expect(seconds).toBeLessThanOrEqual(hours[i] * 3600);
    });
    expect(chosen[2].reductions).toContain('Epochs at most: 6 instead of 200.');
    expect(chosen.at(-1)?.reductions).toEqual([]);
  });

  it('is the least of all where it is quick', () => {
    const quick = fitBudget('quick', work);
    expect(quick.budget).toMatchObject({ samplesPerEpoch: 30_000, maxEpochs: 2, trials: 0 });
    expect(quick.reductions).toContain('Hyper-parameters: the paper’s own optimum, no search.');
    // The paper's 280 stocks on a machine like the one its figures of speed were taken on: under a quarter of an hour.
    expect(quick.seconds).toBeLessThan(900);
  });
});

describe('the experiments', () => {
  const calendar = Int32Array.from({ length: 5200 }, (_, i) => parseDay('2010-01-04') + i);
  const { split } = splitOf(calendar);
  const market = { index: 'csi300', split, seed: 7, workers: 2, names: 50 };
  const { budget } = fitBudget('quick', work);

  it('differ in what the columns of Table 3 say and in nothing else', () => {
    const [original, structural, hyper, comprehensive] = VARIANTS.map((variant) => configOf(variant, market, budget));
    expect(structural).toEqual({
      ...original,
      ...{
        name: structural.name,
        model: structural.model,
        baselines: structural.baselines,
        placebos: structural.placebos,
      },
    });
    expect([original, structural, hyper, comprehensive].map(({ model }) => model.name)).toEqual([
      'cnn-lstm',
      'cnn-lstm-optimised',
      'cnn-lstm',
      'cnn-lstm-optimised',
    ]);
    expect(hyper.training).toMatchObject({ batchSize: 96, labelSmoothing: 0.1, mixup: { alpha: 0.2 } });
    expect(hyper.model).toMatchObject({ filters: PUBLISHED_OPTIMUM.filters, hidden: PUBLISHED_OPTIMUM.hidden });
    expect([hyper.ensemble, hyper.online, hyper.risk.stopLoss]).toEqual([null, null, null]);
    expect(comprehensive.training).toEqual(hyper.training);
    expect(comprehensive.ensemble?.members).toBe(budget.members);
    expect([comprehensive.online?.every, comprehensive.risk.stopLoss === null]).toEqual([242, false]);
  });

  it('are of the preset’s periods where the store spans them', () => expect(split).toEqual(PAPER_PRESET.split));

  it('search the latest days before the test, as many as the budget has', () => {
    const half = searchSpan(calendar, market.split, 0.5);
    expect(half[1]).toBe('2022-01-03');
    const days = parseDay(split.test[0]) - calendar[0];
    expect(parseDay(half[0]) - calendar[0]).toBe(Math.floor(days / 2));
    expect(searchSpan(calendar, market.split, 1)).toEqual(['2010-01-04', '2022-01-03']);
  });

  it('look ahead in the one that does what the paper writes, and nowhere else', () => {
    const asWritten = configOf('as-written', market, budget);
    expect(asWritten.asWritten).toEqual({ macroInterpolation: true, wholeSampleScaler: true, survivors: true });
    expect(VARIANTS.map((variant) => configOf(variant, market, budget).asWritten)).toEqual([null, null, null, null]);
  });

  it('cut a market of other years into the same shares, and say so', () => {
    const start = parseDay('2015-01-05');
    const { split, reduction } = splitOf(Int32Array.from({ length: 1000 }, (_, i) => start + i));
    expect(split).toEqual({
      kind: 'static',
      train: ['2015-01-05', '2017-03-01'],
      validate: ['2017-03-02', '2017-05-11'],
      test: ['2017-05-12', '2017-09-30'],
    });
    expect(reduction).toContain('2015-01-05 … 2017-09-30');
    expect(() => splitOf(Int32Array.from({ length: 299 }, (_, i) => start + i))).toThrow('found 299 sessions');
  });
});

describe('the published figures', () => {
  it('are those of the paper’s text as well', () => {
    const row = (key: string) => PUBLISHED_TABLE_3.find((one) => one.key === key)?.values;
    // Abstract and section 4.2: 75.3 %, 26.8 %, 1.84, 1.28, −10.9 %.
    expect(
      ['accuracy', 'annualisedReturn', 'sharpe', 'informationRatio', 'maxDrawdown'].map((key) => row(key)?.[3]),
    ).toEqual([0.753, 0.268, 1.84, 1.28, -0.109]);
  });
});

describe('the paper as written', () => {
  const day = (text: string) => parseDay(text);

  it('knows the next month’s figure on the way to it', () => {
    const { length, columns } = interpolateNaively({
      length: 2,
      columns: {
        series: ['cpi', 'cpi'],
        period_end: Int32Array.of(day('2020-01-31'), day('2020-02-29')),
        released: Int32Array.of(day('2020-02-10'), day('2020-03-10')),
        value: Float64Array.of(1, 2),
      },
    });
    expect(length).toBe(29);
    const tenth = columns.period_end.indexOf(day('2020-02-10'));
    expect(columns.value[tenth]).toBeCloseTo(1 + 10 / 29, 12);
    expect(columns.released[tenth]).toBe(day('2020-02-09'));
    expect(columns.value[length - 1]).toBe(2);
  });

  it('leaves out from the beginning who is delisted later', () => {
    const kept = withoutDelisted(Uint8Array.of(1, 1, 0, 1, 1, 1), ['A', 'B'], 3, [
      { symbol: 'A', delistDate: day('2021-01-04') },
      { symbol: 'B', delistDate: null },
    ]);
    expect([...kept]).toEqual([0, 0, 0, 1, 1, 1]);
  });
});
