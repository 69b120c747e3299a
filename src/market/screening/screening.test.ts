import { describe, expect, it } from 'vitest';
import { formatDay, parseDay } from '../../util/index.js';
import { type ScreeningRules, screenUniverse } from './screen-universe.js';

const OFF: ScreeningRules = { minListedYears: null, suspension: null, specialTreatment: false };

/** Two stocks over consecutive days; all of it belongs to the universe unless told otherwise. */
function market(days: number, first = '2020-01-01') {
  const size = 2 * days;
  return {
    symbols: ['SH600001', 'SZ000002'],
    dates: Int32Array.from({ length: days }, (_, t) => parseDay(first) + t),
    close: new Float64Array(size).fill(10),
    suspended: new Uint8Array(size),
    st: new Uint8Array(size) as Uint8Array | null,
    universe: new Uint8Array(size).fill(1),
  };
}
const listedOn = (...days: (string | null)[]) =>
  ['SH600001', 'SZ000002'].map((symbol, s) => ({ symbol, listDate: days[s] === null ? null : parseDay(days[s]) }));
const UNDATED = listedOn(null, null);

describe('listed too short', () => {
  it('keeps a stock out until its anniversary, and says where no date is known', () => {
    const bars = market(5, '2022-12-30');
    const rules = { ...OFF, minListedYears: 3 };
    const { mask, counts, notes, before, after } = screenUniverse(
      bars.universe,
      bars,
      listedOn('2020-01-02', null),
      rules,
    );
    expect(formatDay(bars.dates[3])).toBe('2023-01-02');
    expect([...mask]).toEqual([0, 0, 0, 1, 1, 1, 1, 1, 1, 1]);
    expect(counts).toEqual([{ reason: 'listed-too-short', stockDays: 3, stocks: 1, example: 'SH600001 2022-12-30' }]);
    expect([before, after]).toEqual([10, 7]);
    expect(notes).toEqual([expect.stringContaining('1 stocks whose listing date the store does not have')]);
  });

  it('takes 1 March for the anniversary of a leap day', () => {
    const bars = market(3, '2023-02-27');
    const { mask } = screenUniverse(bars.universe, bars, listedOn('2020-02-29', null), { ...OFF, minListedYears: 3 });
    expect([...mask.subarray(0, 3)]).toEqual([0, 0, 1]);
  });
});

describe('suspended too long', () => {
  it('counts the trailing window, the day included', () => {
    const bars = market(8);
    bars.suspended.set([0, 1, 1, 1, 0, 0, 0, 0]);
    const rules = { ...OFF, suspension: { windowDays: 4, maxSessions: 2 } };
    const { mask, counts } = screenUniverse(bars.universe, bars, UNDATED, rules);
    // Sessions without trade of the last four: 0 1 2 3 3 2 1 0; more than two is too many.
    expect([...mask.subarray(0, 8)]).toEqual([1, 1, 1, 0, 0, 1, 1, 1]);
    expect([...mask.subarray(8)]).toEqual(new Array(8).fill(1));
    expect(counts[0]).toMatchObject({ stockDays: 2, stocks: 1, example: 'SH600001 2020-01-04' });
  });
});

it('drops special treatment on its days, and says when the store has no flag of it', () => {
  const bars = market(3);
  bars.st?.set([0, 1, 0]);
  const rules = { ...OFF, specialTreatment: true };
  expect([...screenUniverse(bars.universe, bars, UNDATED, rules).mask]).toEqual([1, 0, 1, 1, 1, 1]);
  const blind = screenUniverse(bars.universe, { ...bars, st: null }, UNDATED, rules);
  expect([...blind.mask]).toEqual([1, 1, 1, 1, 1, 1]);
  expect(blind.notes).toEqual(['screening of special treatment is off: the store has no such flag']);
});

it('never adds what was not in the universe, leaves it untouched, and counts one drop under each of its reasons', () => {
  const bars = market(2);
  bars.universe.set([0, 1]);
  bars.st?.fill(1);
  bars.suspended.fill(1);
  const rules = { minListedYears: 1, suspension: { windowDays: 1, maxSessions: 0 }, specialTreatment: true };
  const screened = screenUniverse(bars.universe, bars, listedOn('2019-12-31', '2019-12-31'), rules);
  expect([...screened.mask]).toEqual([0, 0, 0, 0]);
  expect([...bars.universe]).toEqual([0, 1, 1, 1]);
  expect(screened.counts.map(({ stockDays }) => stockDays)).toEqual([3, 3, 3]);
  expect([screened.before, screened.after]).toEqual([3, 0]);
});

it('knows no later day: a stock that is delisted afterwards stays in until then', () => {
  const whole = market(40);
  whole.suspended.fill(1, 10, 25);
  whole.st?.fill(1, 50, 60);
  // SH600001 has its last bar on session 29.
  whole.close.fill(Number.NaN, 30, 40);
  whole.universe.fill(0, 30, 40);
  const rules = { minListedYears: 1, suspension: { windowDays: 10, maxSessions: 5 }, specialTreatment: true };
  const instruments = listedOn('2019-01-10', '2015-01-01').map((one) => ({
    ...one,
    delistDate: parseDay('2020-01-31'),
  }));
  const { mask } = screenUniverse(whole.universe, whole, instruments, rules);
  expect(mask[29]).toBe(1);
  for (let days = 1; days < 40; days++) {
    const cut = <T extends Uint8Array | Float64Array>(from: T): T => {
      const out = from.slice(0, 2 * days) as T;
      out.set(from.subarray(0, days), 0);
      out.set(from.subarray(40, 40 + days), days);
      return out;
    };
    const bars = {
      ...whole,
      dates: whole.dates.slice(0, days),
      close: cut(whole.close),
      suspended: cut(whole.suspended),
      st: whole.st && cut(whole.st),
    };
    const early = screenUniverse(cut(whole.universe), bars, instruments, rules).mask;
    for (let s = 0; s < 2; s++) {
      expect([...early.subarray(s * days, (s + 1) * days)]).toEqual([...mask.subarray(s * 40, s * 40 + days)]);
    }
  }
});

it.each([
  [{ ...OFF, minListedYears: -1 }, 'minListedYears'],
  [{ ...OFF, suspension: { windowDays: 0, maxSessions: 0 } }, 'windowDays'],
  [{ ...OFF, suspension: { windowDays: 60, maxSessions: 0.3 } }, 'maxSessions'],
])('refuses rules that mean nothing: %o', (rules, key) => {
  const bars = market(1);
  expect(() => screenUniverse(bars.universe, bars, UNDATED, rules)).toThrow(key);
});
