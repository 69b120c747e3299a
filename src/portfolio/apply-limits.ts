export interface WeightLimits {
  /** Of one name; 1 is no limit. */
  readonly maxWeight: number;
  /** Of one industry together; 1 is no limit. */
  readonly maxIndustryWeight: number;
  /** Empty where it is unknown: such names fall under no industry's limit. */
  readonly industryOf: (symbol: string) => string;
}

/** Of a sum, relative. */
const ROUNDING = 1e-12;
/** Halvings of an interval of multipliers. */
const STEPS = 60;

/**
 * Weights within the limits that keep the target's sum, or as much of it as the limits let in: min(maxWeight, λ · target)
 * with one λ ≥ 1 for all but the industries that stand at their limit, whose own λ is the one that brings them there.
 * So what is cut goes to the others in proportion to their weights, and what finds no place stays in cash.
 */
export function applyLimits(target: ReadonlyMap<string, number>, limits: WeightLimits): Map<string, number> {
  const { maxWeight, maxIndustryWeight, industryOf } = limits;
  const groups = new Map<string, number[]>();
  for (const [symbol, weight] of target) {
    const industry = industryOf(symbol);
    groups.set(industry, [...(groups.get(industry) ?? []), weight]);
  }
  const ceilings = new Map<string, number>();
  for (const [industry, weights] of groups) {
    const limit = industry === '' ? Number.POSITIVE_INFINITY : maxIndustryWeight;
    ceilings.set(industry, reaching(limit, weights, maxWeight));
  }
  const at = (lambda: number) => {
    const weights = new Map<string, number>();
    for (const [symbol, weight] of target) {
      const own = Math.min(lambda, ceilings.get(industryOf(symbol)) ?? lambda);
      weights.set(symbol, Math.min(maxWeight, own * weight));
    }
    return weights;
  };
  const high = saturation([...target.values()], maxWeight);
  const goal = Math.min(total(target.values()), total(at(high).values()));
  return at(smallest((lambda) => total(at(lambda).values()), goal, 1, high));
}

/** The multiplier at which Σ min(maxWeight, λ · w) comes to a limit; ∞ where it never does. */
function reaching(limit: number, weights: readonly number[], maxWeight: number): number {
  const sum = (lambda: number) => weights.reduce((all, weight) => all + Math.min(maxWeight, lambda * weight), 0);
  const high = saturation(weights, maxWeight);
  return sum(high) <= limit ? Number.POSITIVE_INFINITY : smallest(sum, limit, 0, high);
}

/** The multiplier, at least 1, beyond which every weight above 0 stands at the limit. */
function saturation(weights: readonly number[], maxWeight: number): number {
  return Math.max(1, ...weights.filter((weight) => weight > 0).map((weight) => maxWeight / weight));
}

/** The smallest λ of [low, high] for which a growing function reaches a goal, by halving. */
function smallest(grow: (lambda: number) => number, goal: number, low: number, high: number): number {
  const enough = goal * (1 - ROUNDING);
  if (grow(low) >= enough) return low;
  let below = low;
  let above = high;
  for (let step = 0; step < STEPS; step++) {
    const middle = (below + above) / 2;
    if (grow(middle) < enough) below = middle;
    else above = middle;
  }
  return above;
}

function total(weights: Iterable<number>): number {
  let sum = 0;
  for (const weight of weights) sum += weight;
  return sum;
}
