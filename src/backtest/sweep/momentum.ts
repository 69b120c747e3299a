import { CandlenetError } from '../../util/index.js';
import type { SweepStrategy } from './strategy.js';

/**
 * Cross-sectional momentum (Jegadeesh & Titman 1993): every `rebalance` sessions the `k` names of the universe with the
 * highest total return over `lookback` sessions, up to `skip` sessions ago (default 0), in equal weights of 1 / k. Only
 * names that traded on the day count; ties go to the first symbol.
 */
export const strategy: SweepStrategy = (market, parameters) => {
  const lookback = whole(parameters, 'lookback', 1);
  const k = whole(parameters, 'k', 1);
  const rebalance = whole(parameters, 'rebalance', 1);
  const skip = parameters.skip === undefined ? 0 : whole(parameters, 'skip', 0);
  const { symbols, dates, adjusted, obstacle, universe } = market;
  const scores = new Float64Array(symbols);
  let asked = 0;
  return (d) => {
    if (asked++ % rebalance !== 0 || d - skip - lookback < 0) return null;
    const now = (d - skip) * symbols;
    const then = (d - skip - lookback) * symbols;
    let count = 0;
    for (let s = 0; s < symbols; s++) {
      const cell = s * dates.length + d;
      const eligible = obstacle[cell] === 0 && (universe === null || universe[cell] === 1);
      scores[s] = eligible ? adjusted[now + s] / adjusted[then + s] : Number.NaN;
      if (!Number.isNaN(scores[s])) count++;
    }
    const sorted = scores.filter((score) => !Number.isNaN(score)).sort();
    const threshold = sorted[Math.max(0, count - k)];
    const named: number[] = [];
    for (let s = 0; s < symbols; s++) if (scores[s] > threshold) named.push(s);
    for (let s = 0; s < symbols && named.length < k; s++) if (scores[s] === threshold) named.push(s);
    const weights = new Float64Array(symbols);
    for (const s of named) weights[s] = 1 / k;
    return { signalDate: dates[d], named, weights };
  };
};

function whole(parameters: Readonly<Record<string, number>>, key: string, least: number): number {
  const value = parameters[key];
  if (Number.isInteger(value) && value >= least) return value;
  throw new CandlenetError('CONFIG_INVALID', `sweep, ${key}: found ${value}, expected a whole number ≥ ${least}`);
}
