import { CandlenetError } from '../../util/index.js';
import { type BlockPlan, blocksOf, complement, foldAround } from './blocks.js';
import type { Fold, FoldRange, Purging, Splitter } from './fold.js';
import { sessionsOf } from './purge.js';

export interface CombinatorialPlan extends BlockPlan {
  readonly groups: number;
  /** Blocks tested at a time. */
  readonly testGroups: number;
}

/**
 * Combinatorial purged cross-validation (López de Prado 2018, chapter 12): every choice of `testGroups` of the blocks is
 * a fold, so that each block is forecast C(groups − 1, testGroups − 1) times, once for each of as many whole paths.
 * @throws CONFIG_INVALID unless fewer blocks are tested than there are; SAMPLES_EMPTY
 */
export function combinatorial(plan: CombinatorialPlan, purging: Purging): Splitter {
  const { groups, testGroups } = plan;
  if (testGroups >= groups) {
    const found = `${testGroups} of ${groups} groups`;
    throw new CandlenetError('CONFIG_INVALID', `split.testGroups: found ${found}, expected fewer`);
  }
  return (dates) => {
    const span = sessionsOf(dates, plan.span, 'split.span');
    const blocks = blocksOf(span, groups);
    return choose(groups, testGroups).map((chosen) => {
      const test = chosen.map((g) => blocks[g]);
      const name = `groups ${chosen.map((g) => g + 1).join(', ')}`;
      return foldAround(name, complement(span, test), test, plan.validateDays, purging);
    });
  };
}

/** One forecast of every block: which fold gives which range. */
export type TestPath = readonly { readonly fold: number; readonly range: FoldRange }[];

/**
 * The paths of a protocol: the p-th takes of every tested range the p-th fold that tests it, in the order of time. One
 * path where each session is tested once.
 */
export function testPaths(folds: readonly Fold[]): TestPath[] {
  const byRange = new Map<number, { fold: number; range: FoldRange }[]>();
  folds.forEach(({ test }, fold) => {
    for (const range of test) {
      const list = byRange.get(range.first) ?? [];
      list.push({ fold, range });
      byRange.set(range.first, list);
    }
  });
  const ranges = [...byRange.keys()].sort((a, b) => a - b);
  const count = Math.min(...ranges.map((first) => byRange.get(first)?.length ?? 0));
  return Array.from({ length: count }, (_, p) => ranges.flatMap((first) => byRange.get(first)?.[p] ?? []));
}

/** All choices of `k` of 0 … n − 1, in lexicographic order. */
function choose(n: number, k: number, from = 0): number[][] {
  if (k === 0) return [[]];
  return Array.from({ length: n - from }, (_, i) => from + i).flatMap((first) =>
    choose(n, k - 1, first + 1).map((rest) => [first, ...rest]),
  );
}
