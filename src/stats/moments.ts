/** Numbers as statistics read them: plain or typed arrays. NaN in, NaN out; too few values give NaN, never 0. */
export type Numbers = ArrayLike<number>;

export function mean(values: Numbers): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return values.length === 0 ? Number.NaN : sum / values.length;
}

/** Sample variance, divisor n − 1; exactly 0 for a constant series, NaN for fewer than two values. */
export function variance(values: Numbers): number {
  if (values.length < 2) return Number.NaN;
  return isConstant(values) ? 0 : (centralMoment(values, 2) * values.length) / (values.length - 1);
}

/** √variance: divisor n − 1. */
export function standardDeviation(values: Numbers): number {
  return Math.sqrt(variance(values));
}

/** Third standardised moment m₃ / m₂^1.5 with population moments (scipy's default). NaN for a constant series. */
export function skewness(values: Numbers): number {
  if (isConstant(values)) return Number.NaN;
  return centralMoment(values, 3) / centralMoment(values, 2) ** 1.5;
}

/** Fourth standardised moment m₄ / m₂² minus 3, so that a normal distribution has 0. NaN for a constant series. */
export function excessKurtosis(values: Numbers): number {
  if (isConstant(values)) return Number.NaN;
  return centralMoment(values, 4) / centralMoment(values, 2) ** 2 - 3;
}

function centralMoment(values: Numbers, order: number): number {
  const centre = mean(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i] - centre) ** order;
  return sum / values.length;
}

/** The mean of equal floats need not be that float; a constant is told by comparing, so that its spread is 0. */
export function isConstant(values: Numbers): boolean {
  for (let i = 1; i < values.length; i++) if (values[i] !== values[0]) return false;
  return true;
}
