import { CandlenetError } from '../util/index.js';
import { mean } from './moments.js';
import { ranks } from './ranks.js';
import type { ReturnRows } from './sample-covariance.js';

export interface OverfittingOptions {
  /** Even number of blocks of consecutive sessions; 16 gives the paper's 12,870 splits. */
  readonly blocks?: number;
  /** Return of one session without risk. */
  readonly riskFree?: number;
}

/** What choosing the best trial on one half of the sessions was worth on the other half. */
export interface BacktestOverfitting {
  /** Share of the splits whose best trial in sample falls to the lower half out of sample; NaN without any split. */
  readonly probability: number;
  /** ln(ω / (1 − ω)) of each split, ω the relative rank out of sample of the best in sample. */
  readonly logits: Float64Array;
  /** Share of the splits whose best trial loses money out of sample (Sharpe ratio below 0). */
  readonly probabilityOfLoss: number;
  /** Ordinary regression over the splits of the chosen trial's ratio out of sample on that in sample. */
  readonly degradation: { readonly slope: number; readonly intercept: number };
  readonly trials: number;
  readonly blocks: number;
  /** Sessions used; the oldest that do not fill equal blocks are left out. */
  readonly sessions: number;
}

/** Relative to the sum of squares, a variance below this is what rounding leaves of a constant. */
const ROUNDING = 1e-12;

/**
 * Probability of back-test overfitting by combinatorially symmetric cross-validation (Bailey, Borwein, López de Prado & Zhu,
 * J. Computational Finance 20 (2017), section 3), on Sharpe ratios of a session. A trial without a ratio in one half,
 * because it did not move, is not ranked in that split.
 * @param rows [T × N] daily returns, a column a trial, oldest first
 * @throws ARGUMENT_INVALID for fewer than two trials, an odd number of blocks, or fewer than two sessions a block
 */
export function backtestOverfitting(rows: ReturnRows, options: OverfittingOptions = {}): BacktestOverfitting {
  const { blocks = 16, riskFree = 0 } = options;
  const { assets: trials } = rows;
  const length = Math.floor(rows.periods / blocks);
  check(rows, blocks, length);
  const moments = blockMoments(rows, blocks, length);
  const logits: number[] = [];
  const chosen: { readonly inside: number; readonly outside: number }[] = [];
  for (const half of halves(blocks)) {
    const inside = ratios(moments, trials, half, riskFree, length);
    const outside = ratios(
      moments,
      trials,
      half.map((taken) => !taken),
      riskFree,
      length,
    );
    const ranked = [...inside.keys()].filter((trial) => !Number.isNaN(inside[trial]) && !Number.isNaN(outside[trial]));
    if (ranked.length < 2) continue;
    const best = ranked.reduce((a, b) => (inside[b] > inside[a] ? b : a));
    const order = ranks(ranked.map((trial) => outside[trial]));
    const relative = order[ranked.indexOf(best)] / (ranked.length + 1);
    logits.push(Math.log(relative / (1 - relative)));
    chosen.push({ inside: inside[best], outside: outside[best] });
  }
  return {
    probability: mean(logits.map((logit) => (logit <= 0 ? 1 : 0))),
    logits: Float64Array.from(logits),
    probabilityOfLoss: mean(chosen.map(({ outside }) => (outside < 0 ? 1 : 0))),
    degradation: line(chosen),
    trials,
    blocks,
    sessions: length * blocks,
  };
}

function check({ values, periods, assets }: ReturnRows, blocks: number, length: number): void {
  const invalid = (message: string) => new CandlenetError('ARGUMENT_INVALID', message);
  if (values.length !== periods * assets) {
    throw invalid(`returns: found ${values.length} values, expected ${periods} × ${assets}`);
  }
  if (assets < 2) throw invalid(`returns: found ${assets} trials, expected at least 2`);
  if (!Number.isInteger(blocks) || blocks < 2 || blocks > 20 || blocks % 2 === 1) {
    throw invalid(`blocks: found ${blocks}, expected an even number from 2 to 20`);
  }
  if (length < 2) throw invalid(`returns: found ${periods} sessions, expected at least 2 for each of ${blocks} blocks`);
}

/** Σ(x − x₀) and Σ(x − x₀)² of each block and trial, x₀ the trial's first return; and each x₀. */
interface BlockMoments {
  readonly origin: Float64Array;
  readonly sums: Float64Array;
  readonly squares: Float64Array;
}

function blockMoments({ values, periods, assets }: ReturnRows, blocks: number, length: number): BlockMoments {
  const skipped = periods - blocks * length;
  const origin = values.slice(skipped * assets, (skipped + 1) * assets);
  const sums = new Float64Array(blocks * assets);
  const squares = new Float64Array(blocks * assets);
  for (let t = skipped; t < periods; t++) {
    const block = Math.floor((t - skipped) / length);
    for (let trial = 0; trial < assets; trial++) {
      const value = values[t * assets + trial] - origin[trial];
      sums[block * assets + trial] += value;
      squares[block * assets + trial] += value * value;
    }
  }
  return { origin, sums, squares };
}

/** Sharpe ratio of each trial over the blocks taken; NaN where it did not move. */
function ratios(
  { origin, sums, squares }: BlockMoments,
  trials: number,
  taken: readonly boolean[],
  riskFree: number,
  length: number,
): Float64Array {
  const n = taken.filter(Boolean).length * length;
  const sum = new Float64Array(trials);
  const square = new Float64Array(trials);
  for (const [block, included] of taken.entries()) {
    if (!included) continue;
    for (let trial = 0; trial < trials; trial++) {
      sum[trial] += sums[block * trials + trial];
      square[trial] += squares[block * trials + trial];
    }
  }
  return sum.map((total, trial) => {
    const deviations = square[trial] - (total * total) / n;
    if (!(deviations > ROUNDING * square[trial])) return Number.NaN;
    return (origin[trial] + total / n - riskFree) / Math.sqrt(deviations / (n - 1));
  });
}

/** Every choice of half of the blocks. */
function* halves(blocks: number): Generator<boolean[]> {
  for (let mask = 0; mask < 2 ** blocks; mask++) {
    const taken = Array.from({ length: blocks }, (_, block) => ((mask >> block) & 1) === 1);
    if (taken.filter(Boolean).length === blocks / 2) yield taken;
  }
}

function line(points: readonly { readonly inside: number; readonly outside: number }[]) {
  const meanInside = mean(points.map(({ inside }) => inside));
  const meanOutside = mean(points.map(({ outside }) => outside));
  let spread = 0;
  let common = 0;
  for (const { inside, outside } of points) {
    spread += (inside - meanInside) ** 2;
    common += (inside - meanInside) * (outside - meanOutside);
  }
  const slope = spread > 0 ? common / spread : Number.NaN;
  return { slope, intercept: meanOutside - slope * meanInside };
}
