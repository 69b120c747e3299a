import { describe, expect, it } from 'vitest';
import { createTableBuilder } from '../../tables/index.js';
import { parseDay } from '../../util/index.js';
import { codedMarket } from '../coded-market.fixture.js';
import { fundamentalsSchema, macroSchema, newsSchema } from '../store-schema.js';
import { BarFlag, type BarMatrix, type MarketTables, type MembershipSpell, ST_UNKNOWN } from '../types.js';
import { mergeMarkets } from './merge-markets.js';

const DAYS = ['2020-01-02', '2020-01-03', '2020-01-06', '2020-01-07'].map((text) => parseDay(text));

/** Bars of one symbol: a close of each day, the other prices 1 around it; NaN is no bar. */
function market(symbol: string, closes: readonly number[], over: Partial<BarMatrix> = {}, days = DAYS): MarketTables {
  const cells = (value: (close: number, d: number) => number) => Float64Array.from(closes, value);
  return {
    ...codedMarket(),
    bars: {
      symbols: [symbol],
      dates: Int32Array.from(days.slice(0, closes.length)),
      open: cells((close) => close),
      high: cells((close) => close + 1),
      low: cells((close) => close - 1),
      close: cells((close) => close),
      volume: cells((close, d) => (Number.isNaN(close) ? Number.NaN : 100 + d)),
      amount: null,
      adjFactor: cells((close) => (Number.isNaN(close) ? Number.NaN : 1)),
      suspended: new Uint8Array(closes.length),
      st: null,
      flags: new Uint8Array(closes.length),
      ...over,
    },
    instruments: [{ ...codedMarket().instruments[0], symbol }],
    members: [],
    benchmarks: [],
    findings: [],
  };
}

const named = (name: string, one: MarketTables) => ({ name, market: one });
const columnOf = (report: ReturnType<typeof mergeMarkets>['disagreements'], column: string) =>
  report.find((one) => one.column === column);

describe('mergeMarkets: bars', () => {
  const a = market('SH600000', [10, 11, Number.NaN, 13]);
  const b = market('SH600000', [10, 12, 14, 13]);

  it('takes what any source has, the first by priority where several do', () => {
    const close = (options = {}) => [...mergeMarkets([named('a', a), named('b', b)], options).market.bars.close];
    expect(close()).toEqual([10, 11, 14, 13]);
    expect(close({ priority: ['b'] })).toEqual([10, 12, 14, 13]);
    expect(close({ partPriority: { prices: ['b'] } })).toEqual([10, 12, 14, 13]);
  });

  it('takes each part of a bar by its own priority', () => {
    const [amountA, amountB] = [Float64Array.of(1, 2, 3, 4), Float64Array.of(5, Number.NaN, 7, 8)];
    const [stA, stB] = [Uint8Array.of(0, 0, 0, ST_UNKNOWN), Uint8Array.of(1, ST_UNKNOWN, 1, 1)];
    const sources = [
      named('a', market('SH600000', [10, 11, 12, 13], { amount: amountA, st: stA })),
      named(
        'b',
        market('SH600000', [10, 11, 12, 13], { amount: amountB, st: stB, volume: Float64Array.of(9, 9, 9, 9) }),
      ),
    ];
    const { bars } = mergeMarkets(sources, { partPriority: { amount: ['b'], volume: ['b'] } }).market;
    expect([...(bars.amount ?? [])]).toEqual([5, 2, 7, 8]);
    expect([...bars.volume]).toEqual([9, 9, 9, 9]);
    expect([...(bars.st ?? [])]).toEqual([0, 0, 0, 1]);
  });

  it('puts a bar of its own before one that the cleaning of another source made up', () => {
    const filled = market('SH600000', [10, 10, 12, 13], {
      flags: Uint8Array.of(0, BarFlag.FILLED, 0, 0),
      suspended: Uint8Array.of(0, 1, 0, 0),
    });
    const { bars } = mergeMarkets([named('a', filled), named('b', b)]).market;
    expect([...bars.close]).toEqual([10, 12, 12, 13]);
    expect([...bars.suspended]).toEqual([0, 0, 0, 0]);
    expect([...bars.flags]).toEqual([0, 0, 0, 0]);
  });

  it('joins calendars: a session between two bars of which no source has one is carried once, then a gap', () => {
    const early = market('SH600000', [10, 11], {}, [DAYS[0], DAYS[3] + 1]);
    const other = market('SZ000001', [1, 2, 3, 4]);
    const { market: merged } = mergeMarkets([named('a', early), named('b', other)]);
    expect(merged.bars.symbols).toEqual(['SH600000', 'SZ000001']);
    expect([...merged.bars.dates]).toEqual([...DAYS, DAYS[3] + 1]);
    const nan = Number.NaN;
    expect([...merged.bars.close]).toEqual([10, 10, nan, nan, 11, 1, 2, 3, 4, nan]);
    expect([...merged.bars.volume.subarray(0, 5)]).toEqual([100, 0, nan, nan, 101]);
    expect([...merged.bars.flags.subarray(0, 5)]).toEqual([0, BarFlag.FILLED, BarFlag.GAP, BarFlag.GAP, 0]);
    expect([...merged.bars.suspended.subarray(0, 5)]).toEqual([0, 1, 1, 1, 0]);
  });

  it('brings the factors of a later source to the basis of the first over the sessions both have', () => {
    const first = market('SH600000', [10, 11], { adjFactor: Float64Array.of(1, 1.1) });
    const second = market('SH600000', [10, 11, 12, 13], { adjFactor: Float64Array.of(4, 4.4, 4.4, 8.8) });
    const { market: merged, disagreements } = mergeMarkets([named('a', first), named('b', second)]);
    expect([...merged.bars.adjFactor].map((factor) => factor.toFixed(6))).toEqual([
      '1.000000',
      '1.100000',
      '1.100000',
      '2.200000',
    ]);
    expect(columnOf(disagreements, 'adj_factor')).toMatchObject({ compared: 2, count: 0 });
    const other = market('SH600000', [10, 11, 12], { adjFactor: Float64Array.of(4, 4, 4) });
    const contradicted = mergeMarkets([named('a', first), named('b', other)]).disagreements;
    expect(columnOf(contradicted, 'adj_factor')).toMatchObject({ compared: 2, count: 1 });
  });
});

describe('mergeMarkets: where sources disagree', () => {
  it('counts the values of both beyond the tolerance, with at most five examples', () => {
    const days = Array.from({ length: 10 }, (_, d) => DAYS[0] + d);
    const closes = days.map((_, d) => 100 + d);
    const a = market('SH600000', closes, {}, days);
    // Off by 1, 2 … per mille.
    const off = market(
      'SH600000',
      closes,
      { close: Float64Array.from(closes, (close, d) => close * (1 + d / 1000)) },
      days,
    );
    const report = (price: number) =>
      columnOf(mergeMarkets([named('a', a), named('b', off)], { tolerance: { price } }).disagreements, 'close');
    expect(report(1e-6)).toMatchObject({ table: 'bars', compared: 10, count: 9, tolerance: 1e-6 });
    expect(report(1e-6)?.examples).toHaveLength(5);
    expect(report(1e-6)?.examples[0]).toEqual({
      key: 'SH600000 2020-01-03',
      values: [
        { source: 'a', value: '101' },
        { source: 'b', value: String(101 * 1.001) },
      ],
    });
    // Relative to the larger of the two: 5 per mille of the larger is a little less than 5 of the smaller.
    expect(report(0.0055)?.count).toBe(4);
    expect(report(1)).toMatchObject({ compared: 10, count: 0, examples: [] });
  });

  it('compares no price where one says traded and the other not, but counts that', () => {
    const a = market('SH600000', [10, 11]);
    const idle = market('SH600000', [10, 10], { suspended: Uint8Array.of(0, 1), volume: Float64Array.of(100, 0) });
    const { market: merged, disagreements } = mergeMarkets([named('a', a), named('idle', idle)]);
    expect(columnOf(disagreements, 'suspended')).toMatchObject({ compared: 2, count: 1 });
    expect(columnOf(disagreements, 'close')).toMatchObject({ compared: 1, count: 0 });
    // A day without trade has no volume, whoever else says so.
    const reversed = mergeMarkets([named('idle', idle), named('a', a)]).market;
    expect([...reversed.bars.volume]).toEqual([100, 0]);
    expect([...merged.bars.volume]).toEqual([100, 101]);
  });

  it('refuses sources without bars, of two rulebooks, twice the same name, and orders of others', () => {
    const a = market('SH600000', [10]);
    const fails = (sources: Parameters<typeof mergeMarkets>[0], options: object, message: RegExp) =>
      expect(() => mergeMarkets(sources, options)).toThrow(
        expect.objectContaining({ code: 'ARGUMENT_INVALID', message: expect.stringMatching(message) }),
      );
    fails([], {}, /found none/);
    fails([named('a', a), named('a', a)], {}, /the name "a"/);
    fails([named('a', a)], { priority: ['b'] }, /priority: found "b", expected names of a/);
    fails([named('a', a)], { partPriority: { price: ['a'] } }, /partPriority: found "price"/);
    fails([named('a', a), named('us', { ...a, rulebook: 'us-equity' })], {}, /us is under the rulebook us-equity/);
    fails([{ name: 'facts', market: { source: 'x', findings: [] } }], {}, /no source with bars/);
  });
});

describe('mergeMarkets: the other tables', () => {
  const base = market('SH600000', [10, 11, 12, 13]);
  const spell = (from: number, to: number): MembershipSpell => ({
    index: 'csi300',
    symbol: 'SH600000',
    from: DAYS[from],
    to: DAYS[to],
  });

  it('is idempotent: a source merged with itself is the source', () => {
    const whole = codedMarket();
    const { market: merged, disagreements } = mergeMarkets([named('a', whole), named('b', whole)]);
    expect(merged.bars).toEqual(whole.bars);
    expect(merged).toMatchObject({
      members: whole.members,
      benchmarks: whole.benchmarks,
      instruments: whole.instruments,
    });
    expect(disagreements.filter(({ count }) => count > 0)).toEqual([]);
  });

  it('keeps the memberships of the first where both know the day, and joins what meets', () => {
    const later = market('SH600000', [12, 13], {}, DAYS.slice(2));
    const merged = (first: MarketTables, second: MarketTables) => mergeMarkets([named('a', first), named('b', second)]);
    const known = { ...market('SH600000', [10, 11]), members: [spell(0, 1)] };
    expect(merged(known, { ...later, members: [spell(2, 3)] }).market.members).toEqual([spell(0, 3)]);
    const contradicting = merged({ ...base, members: [spell(0, 1)] }, { ...base, members: [spell(0, 3)] });
    expect(contradicting.market.members).toEqual([spell(0, 1)]);
    expect(columnOf(contradicting.disagreements, 'member')).toMatchObject({ table: 'members', compared: 4, count: 2 });
  });

  it('takes a membership made of bars as one that says nothing of other days', () => {
    const assumed = { kind: 'members-assumed', title: 't', count: 1, example: 'x', action: 'a' };
    const first = { ...base, members: [spell(0, 1)], findings: [assumed] };
    const { market: merged, disagreements } = mergeMarkets([
      named('a', first),
      named('b', { ...base, members: [spell(3, 3)] }),
    ]);
    expect(merged.members).toEqual([spell(0, 1), spell(3, 3)]);
    expect(columnOf(disagreements, 'member')).toBeUndefined();
  });

  it('fills in what the first leaves empty of an instrument', () => {
    const [one] = base.instruments;
    const first = { ...base, instruments: [{ ...one, name: '', listDate: null, industry: '银行' }] };
    const second = { ...base, instruments: [{ ...one, name: '浦发银行', listDate: DAYS[0], industry: '证券' }] };
    const { market: merged, disagreements } = mergeMarkets([named('a', first), named('b', second)]);
    expect(merged.instruments).toEqual([{ ...one, name: '浦发银行', listDate: DAYS[0], industry: '银行' }]);
    expect(columnOf(disagreements, 'industry')).toMatchObject({ table: 'instruments', count: 1 });
    expect(columnOf(disagreements, 'name')).toBeUndefined();
  });

  it('joins dated tables by their keys: a restatement is a row of its own, a contradiction is counted', () => {
    const disclosed = (rows: readonly (readonly [announced: number, value: number])[]) => {
      const builder = createTableBuilder(fundamentalsSchema);
      for (const [announced, value] of rows) {
        builder.add({ symbol: 'SH600000', period_end: DAYS[0], field: 'roe', announced: DAYS[announced], value });
      }
      return builder.build();
    };
    const published = (score: number, title: string) => {
      const builder = createTableBuilder(newsSchema);
      builder.add({ symbol: 'SH600000', published: 1.6e12, zone: 'Asia/Shanghai', title, body: '', score });
      return builder.build();
    };
    const released = (value: number) => {
      const builder = createTableBuilder(macroSchema);
      builder.add({ series: 'cpi', period_end: DAYS[0], released: DAYS[1], value });
      return builder.build();
    };
    const first = {
      ...base,
      fundamentals: disclosed([[1, 0.1]]),
      news: published(Number.NaN, 'a'),
      macro: released(2),
    };
    const second = {
      ...base,
      fundamentals: disclosed([
        [1, 0.2],
        [2, 0.15],
      ]),
      news: published(0.5, 'a'),
    };
    const { market: merged, disagreements } = mergeMarkets([named('a', first), named('b', second)]);
    expect([...(merged.fundamentals?.columns.value ?? [])]).toEqual([0.1, 0.15]);
    // A score is no contradiction of none.
    expect([...(merged.news?.columns.score ?? [])]).toEqual([0.5]);
    expect([...(merged.macro?.columns.value ?? [])]).toEqual([2]);
    expect(disagreements.filter(({ count }) => count > 0)).toMatchObject([
      {
        table: 'fundamentals',
        column: 'value',
        compared: 1,
        count: 1,
        examples: [{ key: 'SH600000 roe 2020-01-03 2020-01-02' }],
      },
    ]);
    const byPart = mergeMarkets([named('a', first), named('b', second)], {
      partPriority: { fundamentals: ['b'] },
    }).market;
    expect([...(byPart.fundamentals?.columns.value ?? [])]).toEqual([0.2, 0.15]);
  });
});
