/** Holm's step-down p-values (Scand. J. Statistics 6 (1979)): the chance of any false rejection is held. NaN stays NaN. */
export function holm(p: readonly number[]): number[] {
  return adjust(p, (sorted, m) => {
    let highest = 0;
    return sorted.map((value, i) => {
      highest = Math.max(highest, Math.min(1, (m - i) * value));
      return highest;
    });
  });
}

/** Benjamini & Hochberg's p-values (J. Royal Statistical Society B 57 (1995)): the false discovery rate is held. */
export function benjaminiHochberg(p: readonly number[]): number[] {
  return adjust(p, (sorted, m) => {
    const adjusted = [...sorted];
    let lowest = 1;
    for (let i = m - 1; i >= 0; i--) {
      lowest = Math.min(lowest, (sorted[i] * m) / (i + 1));
      adjusted[i] = lowest;
    }
    return adjusted;
  });
}

/** @param step from the defined p-values, ascending, to adjusted ones */
function adjust(p: readonly number[], step: (sorted: readonly number[], m: number) => number[]): number[] {
  const order = [...p.keys()].filter((i) => !Number.isNaN(p[i])).sort((a, b) => p[a] - p[b] || a - b);
  const adjusted = step(
    order.map((i) => p[i]),
    order.length,
  );
  const result = p.map(() => Number.NaN);
  for (const [place, i] of order.entries()) result[i] = adjusted[place];
  return result;
}
