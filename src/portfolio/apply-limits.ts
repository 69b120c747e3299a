export interface WeightLimits {
  /** Of one name; 1 is no limit. */
  readonly maxWeight: number;
  /** Of one industry together; 1 is no limit. */
  readonly maxIndustryWeight: number;
  /** Empty where it is unknown: such names fall under no industry's limit. */
  readonly industryOf: (symbol: string) => string;
}

/** Of the sum, relative. */
const ROUNDING = 1e-12;
/** Halvings of the interval of λ; 2^-60 is below a double's resolution. */
const STEPS = 60;

/**
 * Weights w within the limits that keep the target's sum, or as much of it as the limits let in: w = min(maxWeight,
 * λ · target) with the smallest λ ≥ 1 that does, and an industry then above its limit scaled down to it. Names below every
 * limit keep their proportions; what finds no place stays in cash.
 */
export function applyLimits(target: ReadonlyMap<string, number>, limits: WeightLimits): Map<string, number> {
  const once = scaled(target, 1, limits);
  // Beyond λ = maxWeight / smallest weight every name stands at a limit.
  let smallest = Number.POSITIVE_INFINITY;
  for (const weight of target.values()) if (weight > 0) smallest = Math.min(smallest, weight);
  let high = Math.max(1, limits.maxWeight / smallest);
  const goal = Math.min(total(target), total(scaled(target, high, limits))) * (1 - ROUNDING);
  if (total(once) >= goal) return once;
  let low = 1;
  for (let step = 0; step < STEPS; step++) {
    const middle = (low + high) / 2;
    if (total(scaled(target, middle, limits)) < goal) low = middle;
    else high = middle;
  }
  return scaled(target, high, limits);
}

function scaled(
  target: ReadonlyMap<string, number>,
  lambda: number,
  { maxWeight, maxIndustryWeight, industryOf }: WeightLimits,
): Map<string, number> {
  const weights = new Map<string, number>();
  const industries = new Map<string, number>();
  for (const [symbol, weight] of target) {
    const capped = Math.min(maxWeight, lambda * weight);
    weights.set(symbol, capped);
    const industry = industryOf(symbol);
    if (industry !== '') industries.set(industry, (industries.get(industry) ?? 0) + capped);
  }
  for (const [symbol, weight] of weights) {
    const together = industries.get(industryOf(symbol)) ?? 0;
    if (together > maxIndustryWeight) weights.set(symbol, (weight * maxIndustryWeight) / together);
  }
  return weights;
}

function total(weights: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const weight of weights.values()) sum += weight;
  return sum;
}
