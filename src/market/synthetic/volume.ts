import type { Rng } from '../../util/index.js';

export interface VolumeProcess {
  /**
   * Volume of a traded day in shares.
   * @param heavyChance chance that volume surges
   * @param innovation absolute return of the stock's own part in standard deviations
   * @param marketVariance the market's activity, long-run mean 1
   * @param split shares now per share at the start
   */
  next(heavyChance: number, innovation: number, marketVariance: number, split: number): number;
}

/**
 * Lognormal volume: slow swings of interest, the market's activity, more on days of large moves, and now and then a
 * surge. The volume of a day is drawn without regard to the direction of anything.
 */
export function createVolumeProcess(usual: number, rng: Rng): VolumeProcess {
  let interest = 0;
  return {
    next(heavyChance, innovation, marketVariance, split) {
      interest = 0.96 * interest + 0.07 * rng.normal();
      const surge = rng.uniform() < heavyChance ? 1 + 0.5 * rng.uniform() : 0;
      const log = interest + 0.25 * Math.log(marketVariance) + 0.14 * (innovation - 0.75) + 0.16 * rng.normal() + surge;
      return Math.max(100, Math.round(usual * split * Math.exp(log)));
    },
  };
}
