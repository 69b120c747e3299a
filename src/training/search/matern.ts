/** Points as rows of one array [n × d]. */
export interface Points {
  readonly values: Float64Array;
  readonly count: number;
  readonly width: number;
}

/** Hyper-parameters of the prior, on standardised values. */
export interface Hyperparameters {
  /** σ_f², variance of the function. */
  readonly signal: number;
  /** σ_n², variance of the noise. */
  readonly noise: number;
  /** One length scale a column (automatic relevance determination; Rasmussen & Williams 2006, section 5.1). */
  readonly lengths: Float64Array;
}

const ROOT_FIVE = Math.sqrt(5);

/** r² between row `a` of one set and row `b` of another, each column in its own length scale. */
function squaredDistance(p: Points, a: number, q: Points, b: number, lengths: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < lengths.length; j++) {
    const difference = (p.values[a * p.width + j] - q.values[b * q.width + j]) / lengths[j];
    sum += difference * difference;
  }
  return sum;
}

/** Matérn covariance with ν = 5/2, σ_f² (1 + √5 r + 5 r²/3) exp(−√5 r) (Rasmussen & Williams 2006, eq. 4.17). */
export function matern(p: Points, a: number, q: Points, b: number, { signal, lengths }: Hyperparameters): number {
  const squared = squaredDistance(p, a, q, b, lengths);
  const r = ROOT_FIVE * Math.sqrt(squared);
  return signal * (1 + r + (5 / 3) * squared) * Math.exp(-r);
}

/**
 * The factor that all its derivatives share, σ_f² (5/3)(1 + √5 r) exp(−√5 r): ∂k/∂x_j is minus it times
 * (x_j − x′_j)/ℓ_j², ∂k/∂ log ℓ_j is it times ((x_j − x′_j)/ℓ_j)².
 */
export function maternSlope(p: Points, a: number, q: Points, b: number, { signal, lengths }: Hyperparameters): number {
  const r = ROOT_FIVE * Math.sqrt(squaredDistance(p, a, q, b, lengths));
  return signal * (5 / 3) * (1 + r) * Math.exp(-r);
}

/** K + σ_n² I, its lower triangle [n × n]. */
export function covarianceOf(points: Points, hyper: Hyperparameters): Float64Array {
  const n = points.count;
  const k = new Float64Array(n * n);
  for (let a = 0; a < n; a++) {
    for (let b = 0; b < a; b++) k[a * n + b] = matern(points, a, points, b, hyper);
    k[a * n + a] = hyper.signal + hyper.noise;
  }
  return k;
}
