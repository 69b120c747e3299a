import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Day, parseDay } from '../../util/index.js';
import { combinatorial, testPaths } from './combinatorial.js';
import { crossValidation } from './cross-validation.js';
import { type Fold, type FoldRange, type Period, type Splitter, sessionCount } from './fold.js';
import { walkForward } from './walk-forward.js';

const START = parseDay('2020-01-02');
const dates = Int32Array.from({ length: 1200 }, (_, i) => START + i);
const sessions = (first: number, last: number): Period => [START + first, START + last] as [Day, Day];
const span = sessions(0, 999);
const sessionsIn = (ranges: readonly FoldRange[]) =>
  ranges.flatMap(({ first, last }) => Array.from({ length: last - first + 1 }, (_, i) => first + i));

/**
 * No label of one kind of session is still open when a session of another kind that follows begins: what López de
 * Prado calls purged, with the embargo on top.
 */
function leaks({ train, validate, test }: Fold, clear: number): string[] {
  const kinds = { train, validate: [validate], test };
  const found: string[] = [];
  for (const [kind, ranges] of Object.entries(kinds)) {
    for (const [other, others] of Object.entries(kinds)) {
      if (kind === other) continue;
      for (const a of ranges) {
        for (const b of others) {
          const apart = b.first > a.last ? b.first - a.last - 1 : a.first - b.last - 1;
          if (apart < clear) found.push(`${kind} ${a.first}…${a.last} and ${other} ${b.first}…${b.last}`);
        }
      }
    }
  }
  return found;
}

describe('walk-forward', () => {
  const plan = { test: sessions(252, 999), trainDays: 252, validateDays: 42, testDays: 63 };

  it('tests each session once, from 252 sessions before it, as the paper does', () => {
    const folds = walkForward(plan, { reachDays: 6, embargoDays: 0 })(dates);
    expect(folds).toHaveLength(12);
    expect(folds[0]).toEqual({
      name: '2020-09-10',
      train: [{ first: 0, last: 203 }],
      validate: { first: 210, last: 245 },
      test: [{ first: 252, last: 314 }],
      purged: { train: 6, validate: 6 },
    });
    expect(folds[1].train[0].first).toBe(63);
    expect(folds.flatMap(({ test }) => sessionsIn(test))).toEqual(sessionsIn([{ first: 252, last: 999 }]));
  });

  it('grows from the same start where it is anchored', () => {
    const folds = walkForward({ ...plan, anchored: true }, { reachDays: 6, embargoDays: 0 })(dates);
    expect(folds.map(({ train }) => train[0].first)).toEqual(folds.map(() => 0));
    expect(folds[11].train[0].last).toBe(252 + 11 * 63 - 42 - 6 - 1);
  });

  it('refuses a test that begins before there is a training, and a validation that is all of it', () => {
    const split = (changed: Partial<typeof plan>) => () =>
      walkForward({ ...plan, ...changed }, { reachDays: 6, embargoDays: 0 })(dates);
    expect(split({ test: sessions(251, 999) })).toThrow(
      'split.test: found 251 sessions before 2020-09-09, expected 252',
    );
    expect(split({ validateDays: 252 })).toThrow('split.validateDays: found 252 of 252 training sessions');
    expect(split({ validateDays: 6 })).toThrow('split.validateDays: found 6 sessions, all of which purging removes');
  });
});

describe('cross-validation', () => {
  it('trains on the past alone when it goes forward', () => {
    const split = crossValidation(
      { span, folds: 5, order: 'forward', validateDays: 40 },
      { reachDays: 6, embargoDays: 0 },
    );
    const folds = split(dates);
    expect(folds.map(({ test }) => test[0].first)).toEqual([167, 334, 501, 668, 834]);
    for (const { train, validate, test } of folds) {
      expect(train).toEqual([{ first: 0, last: test[0].first - 47 }]);
      expect(validate).toEqual({ first: test[0].first - 40, last: test[0].first - 7 });
    }
  });

  it('trains on both sides of the test as k-fold, embargoed after it', () => {
    const split = crossValidation(
      { span, folds: 5, order: 'k-fold', validateDays: 40 },
      { reachDays: 6, embargoDays: 10 },
    );
    const middle = split(dates)[2];
    expect(middle.test).toEqual([{ first: 400, last: 599 }]);
    expect(middle.train).toEqual([
      { first: 0, last: 383 },
      { first: 616, last: 943 },
    ]);
    expect(middle.validate).toEqual({ first: 960, last: 999 });
    expect(middle.purged).toEqual({ train: 48, validate: 0 });
  });
});

describe('combinatorial purged cross-validation', () => {
  it('forecasts every session once on each of its paths', () => {
    const folds = combinatorial(
      { span, groups: 6, testGroups: 2, validateDays: 30 },
      { reachDays: 6, embargoDays: 5 },
    )(dates);
    const paths = testPaths(folds);
    // López de Prado (2018), section 12.4.1: 15 splits and φ[6, 2] = 5 paths.
    expect([folds.length, paths.length]).toEqual([15, 5]);
    for (const path of paths) {
      expect(sessionsIn(path.map(({ range }) => range))).toEqual(sessionsIn([{ first: 0, last: 999 }]));
    }
    const used = paths.flat().map(({ fold, range }) => `${fold} ${range.first}`);
    expect(new Set(used).size).toBe(30);
  });

  it('refuses to test everything', () => {
    const split = () =>
      combinatorial({ span, groups: 3, testGroups: 3, validateDays: 30 }, { reachDays: 6, embargoDays: 0 });
    expect(split).toThrow('split.testGroups: found 3 of 3 groups, expected fewer');
  });
});

describe('every protocol', () => {
  const settings = fc.record({
    reachDays: fc.integer({ min: 1, max: 12 }),
    embargoDays: fc.integer({ min: 0, max: 12 }),
    validateDays: fc.integer({ min: 26, max: 60 }),
    folds: fc.integer({ min: 2, max: 7 }),
    length: fc.integer({ min: 700, max: 1000 }),
  });

  it.each<[string, (s: typeof settings extends fc.Arbitrary<infer T> ? T : never) => Splitter]>([
    [
      'walk-forward',
      (s) =>
        walkForward(
          { test: sessions(252, s.length - 1), trainDays: 252, validateDays: s.validateDays, testDays: 20 * s.folds },
          s,
        ),
    ],
    [
      'forward',
      (s) =>
        crossValidation(
          { span: sessions(0, s.length - 1), folds: s.folds, order: 'forward', validateDays: s.validateDays },
          s,
        ),
    ],
    [
      'k-fold',
      (s) =>
        crossValidation(
          { span: sessions(0, s.length - 1), folds: s.folds, order: 'k-fold', validateDays: s.validateDays },
          s,
        ),
    ],
    [
      'combinatorial',
      (s) =>
        combinatorial(
          {
            span: sessions(0, s.length - 1),
            groups: s.folds + 1,
            testGroups: Math.min(2, s.folds),
            validateDays: s.validateDays,
          },
          s,
        ),
    ],
  ])('%s leaves no label open across a boundary, and counts what it cut', (_name, splitter) => {
    fc.assert(
      fc.property(settings, (s) => {
        for (const fold of splitter(s)(dates)) {
          expect(leaks(fold, s.reachDays + s.embargoDays)).toEqual([]);
          expect(sessionCount(fold.validate)).toBeGreaterThan(0);
          expect(fold.purged.train).toBeGreaterThanOrEqual(0);
          expect(fold.train.every((range) => sessionCount(range) > 0)).toBe(true);
        }
      }),
      { numRuns: 60, seed: 7 },
    );
  });
});
